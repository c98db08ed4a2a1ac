"""Where a forge shows, edits and discusses what is in a repository: one function an address.

A forge is told by its host's name, or by the settings. Every function gives nothing where the
forge has no such page, so that a page has no link that leads nowhere.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from vsmdocs.rendering.pages.remotes import Remote, parse_remote

LONGEST = 8_000
"""Characters of an address that every forge and browser takes."""
_NAMES = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea", "bitbucket": "Bitbucket"}
_HOSTS = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "gitea.com": "gitea",
    "codeberg.org": "gitea",
    "bitbucket.org": "bitbucket",
}
_ALIKE = {"forgejo": "gitea"}
_TWO_PARTS = ("github", "bitbucket")
_VIEW = {
    "github": "blob/{branch}/",
    "gitlab": "-/blob/{branch}/",
    "gitea": "src/branch/{branch}/",
    "bitbucket": "src/{branch}/",
}
_EDIT = {"github": "edit/{branch}/", "gitlab": "-/edit/{branch}/", "gitea": "_edit/{branch}/"}
_NEW_FILE = {
    "github": ("new/{branch}/", "filename", "value"),
    "gitlab": ("-/new/{branch}/", "file_name", ""),
    "gitea": ("_new/{branch}/", "", ""),
}
_COMMIT = {
    "github": "commit/",
    "gitlab": "-/commit/",
    "gitea": "commit/",
    "bitbucket": "commits/",
}
_REQUEST = {
    "github": "pull/",
    "gitlab": "-/merge_requests/",
    "gitea": "pulls/",
    "bitbucket": "pull-requests/",
}
_ISSUE = {
    "github": ("issues/new", "title", "body"),
    "gitlab": ("-/issues/new", "issue[title]", "issue[description]"),
    "gitea": ("issues/new", "title", "body"),
}


class Forge(NamedTuple):
    """A repository on the web, and where the project lies in it."""

    kind: str
    """`github`, `gitlab`, `gitea` or `bitbucket`; empty for an address before all paths."""
    address: str
    """The repository's, with a slash at its end."""
    branch: str = ""
    """Empty where it is not known."""
    folder: str = ""
    """Where the project lies in the repository: empty or with a slash at its end."""

    @property
    def name(self) -> str:
        """What people call it."""
        host = urlsplit(self.address).hostname or ""
        known = _HOSTS.get(host) == self.kind and host != "codeberg.org"
        return _NAMES[self.kind] if known else host


def forge_of(
    repository: str | None,
    kind: str | None,
    branch: str | None,
    *,
    remote: str = "",
    default_branch: str = "",
    folder: str = "",
) -> Forge | None:
    """Return where a repository lives; None where that is not known, or nobody is to know.

    `repository`, `kind` and `branch` are what the settings say, and go before what the repository
    knows of itself: the address of its remote, as it was configured, and its default branch.
    """
    if kind == "none":
        return None
    branch = branch or (default_branch if _is_branch(default_branch) else "")
    if repository is not None:
        host = (urlsplit(repository).hostname or "").lower()
        kind = kind or kind_of(host)
        # What people clone is not quite what they look at.
        address = repository.removesuffix("/").removesuffix(".git") + "/" if kind else repository
        return Forge(kind, address, branch, folder)
    found = parse_remote(remote)
    if found is None:
        return None
    kind = kind or kind_of(found.host)
    return Forge(kind, found.web_address, branch, folder) if _fits(found, kind) else None


def kind_of(host: str) -> str:
    """Return which forge answers at a host, by its name; empty where that does not tell."""
    known = _HOSTS.get(host)
    if known is not None:
        return known
    if host.endswith(".ghe.com"):
        return "github"
    first = host.partition(".")[0]
    words = first.split("-")[0]
    return _ALIKE.get(words, words if words in _NAMES else "")


def view(forge: Forge, path: str) -> str:
    """Return where a file of the project can be read."""
    if not forge.kind:
        return forge.address + _quoted(path)
    if forge.kind == "gitea" and not forge.branch:
        return ""
    return _below(forge, _VIEW) + _quoted(forge.folder + path)


def edit(forge: Forge, path: str) -> str:
    """Return the editor with a file of the project."""
    # No forge edits `HEAD`: a change goes to a branch by its name.
    if not forge.branch:
        return ""
    if forge.kind == "bitbucket":
        at = urlencode({"mode": "edit", "at": forge.branch}, quote_via=quote)
        return f"{view(forge, path)}?{at}"
    return _below(forge, _EDIT) + _quoted(forge.folder + path) if forge.kind in _EDIT else ""


def new_file(forge: Forge, path: str, text: str = "") -> str:
    """Return the editor with a file that is not there yet, and `text` in it where it can be."""
    if forge.kind not in _NEW_FILE or not forge.branch:
        return ""
    _, named, filled = _NEW_FILE[forge.kind]
    folder, _, name = (forge.folder + path).rpartition("/")
    below = {kind: parts[0] for kind, parts in _NEW_FILE.items()}
    address = _below(forge, below) + _quoted(folder)
    if not named:
        return address
    address += f"?{urlencode({named: name}, quote_via=quote)}"
    more = f"&{urlencode({filled: text}, quote_via=quote)}" if filled and text else ""
    return address + more if len(address + more) <= LONGEST else address


def new_issue(forge: Forge, title: str, body: str) -> str:
    """Return the form for an issue, filled in; nothing where it would be too long."""
    if forge.kind not in _ISSUE:
        return ""
    below, titled, filled = _ISSUE[forge.kind]
    query = urlencode({titled: title, filled: body}, quote_via=quote, safe="[]")
    address = f"{forge.address}{below}?{query}"
    return address if len(address) <= LONGEST else ""


def commit(forge: Forge | None, id: str) -> str:
    """Return the page of a commit."""
    return f"{forge.address}{_COMMIT[forge.kind]}{id}" if forge and forge.kind in _COMMIT else ""


def request(forge: Forge | None, number: int) -> str:
    """Return the page of a pull or merge request."""
    if forge is None or forge.kind not in _REQUEST:
        return ""
    return f"{forge.address}{_REQUEST[forge.kind]}{number}"


def request_mark(forge: Forge | None) -> str:
    """Return the sign before the number of a pull or merge request."""
    return "!" if forge is not None and forge.kind == "gitlab" else "#"


def _fits(remote: Remote, kind: str) -> bool:
    """Return whether a remote can be a repository there; short names of hosts are ssh's own."""
    if not kind or ("." not in remote.host and not remote.origin):
        return False
    return kind not in _TWO_PARTS or remote.path.count("/") == 1


def _is_branch(name: str) -> bool:
    # What git refuses does not come here; what could not be decoded may.
    return bool(name) and len(name) <= 250 and name.isprintable() and "\ufffd" not in name


def _below(forge: Forge, form: dict[str, str]) -> str:
    # A branch is one part of the path on Bitbucket, and may be several elsewhere.
    safe = "" if forge.kind == "bitbucket" else "/"
    branch = quote(forge.branch or "HEAD", safe=safe)
    return forge.address + form[forge.kind].format(branch=branch)


def _quoted(path: str) -> str:
    return quote(path, errors="replace")
