"""Pages of the project's own: which there are, where they stand, and what they lead to."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.language import tr
from vsmdocs.rendering.pages.pages import HOME, Link, PageContext, Pages
from vsmdocs.site.folder import SiteFolder
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.files import UnreadableFile, is_prose

if TYPE_CHECKING:
    from vsmdocs.reading.own_page import OwnText
    from vsmdocs.rendering.pages.own_page import OwnDocument

FOLDER = "pages"
"""Where they stand on a site."""
_MOST_PAGES = 300
_PAGE_BYTES = 400_000
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|files")
"""Names that no file may have on some systems, and the folder of pictures."""


class OwnLink(NamedTuple):
    """A page for whoever lists them: the search, the map of the site."""

    href: str
    title: str
    description: str


@dataclass(slots=True)
class OwnPage:
    """A page, and where it stands."""

    name: str
    """Below the folder of pages, as `guide/start.md`."""
    href: str
    text: OwnText
    document: OwnDocument

    @property
    def part(self) -> str:
        """The first folder that it is in; nothing for one at the top."""
        return self.name.partition("/")[0] if "/" in self.name else ""

    @property
    def order(self) -> tuple[int, bool, str, str]:
        """Where it comes: as it says, a part's first page first, then by title."""
        first = posixpath.basename(self.name).lower() == "index.md"
        return self.text.order, not first, self.document.title.casefold(), self.name


@dataclass(slots=True)
class OwnPages:
    """The pages of a project's own; most projects have none."""

    workspace: Workspace
    pages: dict[str, OwnPage] = field(default_factory=dict)
    """By path below the root."""
    findings: list[Finding] = field(default_factory=list)
    files: tuple[str, ...] = ()
    """All files that lie beside the pages or are some, by path below the root."""
    _written: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, workspace: Workspace) -> OwnPages:
        """Read all of them; what is wrong with one keeps no other from being shown."""
        own = cls(workspace)
        top = workspace.settings.site.pages
        if not (workspace.root / top).is_dir():
            return own
        from vsmdocs.workspace.own_files import list_own

        listed = list_own(workspace, top)
        own.files = tuple(f"{top}/{name}" for name in listed)
        names = [
            name
            for name in listed
            if name.lower().endswith(".md") and not is_prose(posixpath.basename(name))
        ]
        for name in names[_MOST_PAGES:][:1]:
            message, hint = f"this folder has more than {_MOST_PAGES} pages", "write fewer"
            own.findings.append(Finding(f"{top}/{name}", 0, 0, "page-many", "error", message, hint))
        hrefs: dict[str, str] = {}
        for name in names[:_MOST_PAGES]:
            own._read(top, name, hrefs)
        return own

    def _read(self, top: str, name: str, hrefs: dict[str, str]) -> None:
        from vsmdocs.reading.own_page import read_own_page
        from vsmdocs.rendering.pages.own_page import OwnDocument
        from vsmdocs.workspace.own_files import read_inside

        shown, href = f"{top}/{name}", address(name)
        folder = self.workspace.root / top
        try:
            text = read_own_page(shown, read_inside(folder, folder / name, _PAGE_BYTES))
        except UnreadableFile as error:
            self.findings.append(
                Finding(shown, 0, 0, error.rule, "error", error.message, error.hint)
            )
            return
        except InvalidMap as invalid:
            self.findings += invalid.findings
            return
        if href in hrefs:
            message = f"this page would have the same address as {hrefs[href]}"
            self.findings.append(
                Finding(shown, 0, 0, "page-address", "error", message, "give it another name")
            )
            return
        hrefs[href] = shown
        self.findings += text.findings
        stem = posixpath.basename(name).rpartition(".")[0]
        fallback = stem.replace("-", " ").replace("_", " ").strip().capitalize() or tr("Page")
        self.pages[shown] = OwnPage(name, href, text, OwnDocument(text.body, text.title, fallback))

    @property
    def listed(self) -> tuple[OwnLink, ...]:
        """All of them, in order."""
        return tuple(
            OwnLink(one.href, one.document.title, one.text.description or one.document.description)
            for one in self._ordered()
        )

    @property
    def nav(self) -> tuple[Link, ...]:
        """Links for the top of every page: one for each at the top, and one for each folder."""
        found: dict[str, Link] = {}
        for one in self._ordered():
            if one.text.nav:
                name = self._part_title(one.part) if one.part else one.document.title
                found.setdefault(one.part or one.name, Link(name, one.href, _section(one)))
        return tuple(found.values())

    def _ordered(self) -> list[OwnPage]:
        return sorted(self.pages.values(), key=lambda one: one.order)

    def _part_title(self, part: str) -> str:
        index = next(
            (one for one in self.pages.values() if one.name.lower() == f"{part}/index.md".lower()),
            None,
        )
        return index.document.title if index else part.replace("-", " ").capitalize()

    def write(
        self, folder: SiteFolder, pages: Pages, maps: Mapping[str, str], known: Collection[str]
    ) -> list[Finding]:
        """Write all pages; return what they lead to and is not there.

        `maps` gives the page of a map's file, and `known` are all addresses of the site.
        """
        if not self.pages:
            return []
        from vsmdocs.site.own_links import Resolver

        found: list[Finding] = []
        for shown, one in self.pages.items():
            resolver = Resolver(self, folder, shown, one, maps, known, found)
            body = one.document.render(resolver.resolve)
            self._write(folder, pages, one, body)
        return found

    def check(self, maps: Collection[str]) -> list[Finding]:
        """Return what can be told of all pages with no site at hand.

        `maps` are the files of maps. Whatever may be an address of the site is let be.
        """
        from vsmdocs.site.own_links import Resolver

        found = list(self.findings)
        hrefs = dict.fromkeys(maps, "index.html")
        for shown, one in self.pages.items():
            resolver = Resolver(self, None, shown, one, hrefs, None, found)
            for target in one.document.targets():
                resolver.resolve(target)
        return found

    def _write(self, folder: SiteFolder, pages: Pages, one: OwnPage, body: object) -> None:
        from vsmdocs.rendering.pages.own_page import OwnPageView, PartLink

        beside = [other for other in self._ordered() if one.part and other.part == one.part]
        links = tuple(PartLink(o.document.title, o.href, o is one) for o in beside)
        view = OwnPageView(
            one.document.title,
            one.text.description or one.document.description,
            body,  # type: ignore[arg-type]
            self._part_title(one.part) if one.part else "",
            links if len(links) > 1 else (),
        )
        page = PageContext(
            "../" * one.href.count("/"),
            _section(one),
            view.title,
            (HOME,),
            canonical=pages.address(one.href),
        )
        folder.write(one.href, pages.render("own", page, own=view))

    def picture(self, folder: SiteFolder | None, path: str) -> tuple[str, int, int]:
        """Publish a picture once, where there is a folder; return its address and its size.

        Raises
        ------
        UnreadableFile
            When it cannot be had.
        BadPicture
            When it is none that is shown.
        """
        if path in self._written:
            return self._written[path]
        from vsmdocs.reading.pictures import MOST_BYTES, read_picture
        from vsmdocs.workspace.own_files import read_inside

        root = self.workspace.root
        data = read_inside(root / self.workspace.settings.site.pages, root / path, MOST_BYTES)
        info = read_picture(path, data)
        stem = slug(posixpath.basename(path).rpartition(".")[0])
        digest = hashlib.sha256(data).hexdigest()[:10]
        href = f"{FOLDER}/files/{stem}.{digest}.{info.suffix}"
        made = href, info.width, info.height
        if folder is not None and made not in self._written.values():
            folder.write(href, data)
        self._written[path] = made
        return made


def address(name: str) -> str:
    """Return where a page stands on the site."""
    *folders, file = name.split("/")
    return "/".join([FOLDER, *map(slug, folders), f"{slug(file.rpartition('.')[0])}.html"])


def slug(name: str) -> str:
    """Return a name that is the same on every system and in every address."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:80].strip("-")
    if not plain or _RESERVED.fullmatch(plain):
        return f"{plain or 'page'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return plain


def _section(page: OwnPage) -> str:
    return f"own:{page.part or page.name}"
