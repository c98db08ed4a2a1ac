"""What each commit of a branch did to Markdown files, newest first, in one streamed walk.

Only the first parent is followed: one point for each merge, as the branch itself would say.
Renames are found among Markdown files everywhere, because maps move in from other folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from tempfile import TemporaryFile
from typing import BinaryIO

from vsmdocs.errors import HistoryError
from vsmdocs.history.repository import Repository
from vsmdocs.model.snapshot import Milestone, Revision

MARKDOWN = ":(glob)**/*.md"
_HEAD = "%H%x00%P%x00%cd%x00%an%x00%s%x00%b"
_FIELDS = 6
_CHUNK = 1 << 16
_LINK, FILE_MODES = "120000", ("100644", "100755", "100664")
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
_PULL_REQUEST = (
    re.compile(r"^Merge pull request #(\d{1,9})\b"),  # GitHub, Gitea
    re.compile(r"\(pull request #(\d{1,9})\)"),  # Bitbucket
    re.compile(r"\(#(\d{1,9})\)$"),  # squashed: the last thing in the subject
    re.compile(r"\(!(\d{1,9})\)$"),
)
_MERGE_REQUEST = re.compile(r"^See merge request \S*!(\d{1,9})\s*$", re.MULTILINE)  # GitLab


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that a commit changed."""

    path: str
    old_path: str
    """Where it was before: another path when it was renamed, empty when it is new."""
    blob: str
    """Its content; empty when it was deleted."""
    kind: str = "file"
    """`file`, `link` or `submodule`."""
    old_blob: str = ""
    """Its content before; empty where it is new."""


@dataclass(frozen=True, slots=True)
class CommitChanges:
    """A commit and the Markdown files that it changed against its first parent."""

    revision: Revision | None
    """None for what was not committed yet."""
    changes: tuple[FileChange, ...]


def first_parents(repository: Repository, tip: str) -> tuple[list[str], str]:
    """Return the commits of a branch, newest first, and why there are no more, if git fails."""
    commits: list[str] = []
    try:
        with repository.reading(["rev-list", "--first-parent", tip]) as output:
            commits.extend(line.decode().strip() for line in output)
    except HistoryError as error:
        return commits, str(error)
    return commits, ""


def walk(
    repository: Repository, commits: Sequence[str], *, renames: bool = True
) -> Iterator[CommitChanges]:
    """Yield those of some commits, in their order, that changed Markdown files.

    Without `renames` only files whose content is the very same are found to have moved, and no
    content is looked at.

    Raises
    ------
    HistoryError
        When git cannot go on, as with a damaged commit. What came before is good.
    """
    similar = "--find-renames=50%" if renames else "--find-renames=100%"
    arguments = [
        "diff-tree", "--stdin", "-r", "--root", "-z", "--raw", "--no-abbrev", similar, "-l1000",
        "--diff-merges=first-parent", "--no-textconv", "--no-ext-diff", "--encoding=UTF-8",
        "--date=raw", f"--format={_HEAD}", "--", MARKDOWN,
    ]  # fmt: skip
    places = {commit: place for place, commit in enumerate(reversed(commits))}
    with TemporaryFile() as names:
        names.write("".join(f"{commit}\n" for commit in commits).encode())
        names.seek(0)
        with repository.reading(arguments, names) as output:
            yield from _parse(_tokens(output), places)


def _tokens(output: BinaryIO) -> Iterator[str]:
    rest = b""
    while chunk := output.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        for token in whole:
            yield token.decode("utf-8", "surrogateescape")


def _parse(tokens: Iterator[str], places: Mapping[str, int]) -> Iterator[CommitChanges]:
    """Read records: a head of six fields, then files, each `:modes ids status` and its paths."""
    head: list[str] = []
    changes: list[FileChange] = []
    for token in tokens:
        if not token.lstrip("\n").startswith(":") or len(head) < _FIELDS:
            if len(head) == _FIELDS:
                yield CommitChanges(_revision(head, places), tuple(changes))
                head, changes = [], []
            head.append(token)
            continue
        _, mode, old_blob, blob, status = token.lstrip("\n").removeprefix(":").split(" ")
        path = next(tokens)
        old_path = "" if status[0] == "A" else path
        if status[0] in "RC":
            # A copy leaves its source where it is, so it is a file of its own.
            old_path, path = (path if status[0] == "R" else ""), next(tokens)
        gone = status[0] == "D"
        kind = "file" if mode in FILE_MODES or gone else "link" if mode == _LINK else "submodule"
        before = old_blob if old_path else ""
        changes.append(FileChange(path, old_path, "" if gone else blob, kind, before))
    if len(head) == _FIELDS:
        yield CommitChanges(_revision(head, places), tuple(changes))


def _revision(head: list[str], places: Mapping[str, int]) -> Revision:
    commit, parents, date, author, subject, body = (clean(field) for field in head)
    request, merged = _request(subject, body), " " in parents
    at, place = parse_date(date), places.get(commit, 0)
    return Revision(commit, at, author.strip(), subject, request, place, merged)


def clean(text: str) -> str:
    """Return text in which bytes that are no UTF-8 stand as replacement characters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def parse_date(raw: str) -> datetime:
    """Read git's raw date, seconds and offset; what is absurd becomes the nearest sane time."""
    seconds, _, offset = raw.strip().partition(" ")
    try:
        at = datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        at = _LATEST if len(seconds) > 12 and not seconds.startswith("-") else _EARLIEST
    at = min(max(at, _EARLIEST), _LATEST)
    if re.fullmatch(r"[+-]\d{4}", offset):
        minutes = int(offset[1:3]) * 60 + int(offset[3:])
        if minutes < 24 * 60:
            sign = -1 if offset[0] == "-" else 1
            return at.astimezone(timezone(timedelta(minutes=sign * minutes)))
    return at


def _request(subject: str, body: str) -> int | None:
    for pattern in _PULL_REQUEST:
        if found := pattern.search(subject):
            return int(found[1])
    found = _MERGE_REQUEST.search(body) if "merge request" in body else None
    return int(found[1]) if found else None


def milestones(repository: Repository, commits: Sequence[str]) -> tuple[Milestone, ...]:
    """Return the tags of some commits, newest first as given, oldest first."""
    places = {commit: place for place, commit in enumerate(commits)}
    fields = ("objectname", "*objectname", "creatordate:raw", "refname")
    form = "|".join(f"%({field})" for field in fields)
    found = []
    listed = repository.ask("for-each-ref", f"--format={form}", "refs/tags/") or ""
    for line in listed.splitlines():
        commit, target, date, *name = line.split("|", 3)
        commit = target or commit
        if commit in places:
            mark = Milestone(clean(name[0].removeprefix("refs/tags/")), commit, parse_date(date))
            found.append((-places[commit], mark.at, mark.name, mark))
    return tuple(mark for *_, mark in sorted(found, key=lambda entry: entry[:3]))
