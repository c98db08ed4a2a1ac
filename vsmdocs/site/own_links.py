"""What a page of the project's own leads to or shows: found, or told at the line that names it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from vsmdocs.errors import Finding
from vsmdocs.model.units import nearest
from vsmdocs.reading.pictures import SUFFIXES, BadPicture
from vsmdocs.rendering.pages.own_page import Place, Target
from vsmdocs.site.folder import SiteFolder
from vsmdocs.site.own_pages import OwnPage, OwnPages
from vsmdocs.workspace.files import UnreadableFile


@dataclass(slots=True)
class Resolver:
    """Finds what one page names."""

    own: OwnPages
    folder: SiteFolder | None
    """Where pictures are put; None where no site is made."""
    shown: str
    page: OwnPage
    maps: Mapping[str, str]
    known: Collection[str] | None
    """All addresses of the site; None where no site is made, and they cannot be known."""
    found: list[Finding]

    def resolve(self, target: Target) -> Place | None:
        """Return where something is; None where it is nowhere, which is told."""
        if target.picture:
            return self._picture(target)
        path, _, fragment = target.written.partition("#")
        if not path:
            anchor = self._anchor(target, self.page, fragment)
            return Place(f"#{anchor}") if anchor else None
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.shown), path))
        if file in self.own.pages:
            other = self.own.pages[file]
            if not fragment:
                return Place(self._relative(other.href))
            anchor = self._anchor(target, other, fragment)
            return Place(f"{self._relative(other.href)}#{anchor}") if anchor else None
        ending = f"#{fragment}" if re.fullmatch(r"[\w.-]+", fragment) else ""
        for href in self._addresses(file, path):
            if self.known is None or href in self.known:
                return Place(self._relative(href) + ending)
        if file.lower().endswith(SUFFIXES):
            return self._picture(target)
        names = [posixpath.relpath(name, posixpath.dirname(self.shown))
                 for name in (*self.own.pages, *self.maps)]  # fmt: skip
        near = nearest(path, tuple(names))
        hint = f"did you mean {near}?" if near else (
            "write the way from this file to another page or to a map, as ../maps/…/current.md"
        )  # fmt: skip
        self._tell(target, "page-link", f"this leads to no page: {path[:120]}", hint)
        return None

    def _addresses(self, file: str, path: str) -> Iterable[str]:
        """Yield where a file of the project is on the site, and what an address may mean there."""
        if file in self.maps:
            yield self.maps[file]
        if self.known is None and file.lower().endswith((".md", *SUFFIXES)):
            # Whatever else the site has, it has no Markdown, and pictures have to be looked at.
            return
        maps = f"{self.own.workspace.settings.maps}/"
        if file.startswith(maps):
            yield f"streams/{file.removeprefix(maps)}/index.html"
        here = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.href), path))
        yield here
        yield f"{here}/index.html".removeprefix("./")

    def _anchor(self, target: Target, page: OwnPage, fragment: str) -> str:
        anchor = page.document.anchors.get(fragment.lower(), "")
        if not anchor:
            near = nearest(fragment, tuple(page.document.anchors))
            hint = f"did you mean #{near}?" if near else "take a heading in small letters, as #a-b"
            message = f"{page.text.path} has no heading for #{fragment[:80]}"
            self._tell(target, "page-link", message, hint)
        return anchor

    def _picture(self, target: Target) -> Place | None:
        top = self.own.workspace.settings.site.pages
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.shown), target.written))
        if re.match(r"[a-z][a-z0-9+.-]*:|/", target.written, re.I) or not path.startswith(
            f"{top}/"
        ):
            message = f"no picture is shown from outside of {top}/: {target.written[:120]}"
            self._tell(target, "page-picture", message, "put it beside the page")
            return None
        try:
            href, width, height = self.own.picture(self.folder, path)
        except UnreadableFile as error:
            self._tell(target, "page-picture", f"{path[:120]}: {error.message}", error.hint)
        except BadPicture as error:
            # A page can be read without it; a logo that cannot be shown ends the build.
            self.found.append(replace(error.finding, rule="page-picture", severity="warning"))
        else:
            return Place(self._relative(href), width, height)
        return None

    def _relative(self, href: str) -> str:
        return posixpath.relpath(href, posixpath.dirname(self.page.href))

    def _tell(self, target: Target, rule: str, message: str, hint: str) -> None:
        line = self.page.text.body_line + target.line
        source = self.page.text.source
        text = source.lines[min(line, len(source.lines)) - 1]
        at = text.find(target.written)
        found = source.finding(
            line, at + 1, rule, message, hint, end_column=at + 1 + len(target.written)
        )
        self.found.append(replace(found, severity="warning"))
