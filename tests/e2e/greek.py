"""A language in which all that is ours, and all that users wrote, is in Greek letters.

What is in Latin letters on a page of it was never given to `tr`: so it shows that all text of the
site is in its catalogue.
"""

from __future__ import annotations

import re
import string
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import html5lib
import pytest

from vsmdocs.demo import fast_import, story
from vsmdocs.demo.commits import Commit, Tag
from vsmdocs.language import languages
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

_LATIN = string.ascii_lowercase + string.ascii_uppercase
_LETTERS = "αβψδεφγηιξκλμνοπϊρστθωςχυζ"
_GREEK = str.maketrans(_LATIN, _LETTERS + _LETTERS.upper())
_PLACE = re.compile(r"(\{\w*\})")
_MERGE = re.compile(r"Merge pull request #\d+ from payments/")
_WORDS = re.compile(r"[A-Za-z]{2,}|\b[A-Za-z]\b")
_TOLD = re.compile(
    r"((?:^|[ {,])(?:title|owner|name|unit|trigger|customer|outcome|source|reason|notes"
    r"|hypothesis): )((?:[^,}\n]|, (?![a-z_]+: ))+)",
    re.MULTILINE,
)
_LISTED = re.compile(r"^(\s*systems: )(\[.*\])$", re.MULTILINE)
_HEARD = (
    "title", "alt", "placeholder", "label", "aria-label", "aria-description",
    "aria-roledescription", "aria-valuetext", "data-label", "data-copy",
)  # fmt: skip
_META = ("description", "og:title", "og:description", "og:image:alt", "twitter:title")
_UNSEEN = ("script", "style", "code", "pre", "samp", "kbd", "template")
# What is not ours to say: where files are, which commit, which tag of a map, whose forge, and a
# number as its author wrote it.
_THEIRS = re.compile(
    r"[0-9a-f]{7,40}|maps/[\w/.-]*|vsmdocs|on-call|payments|workshop"
    r"|GitHub|Merge pull request #\d+ from|\d+/month"
)


def greek(text: str) -> str:
    """Return a text in Greek letters, with what is to be filled into it as it was."""
    parts = _PLACE.split(text)
    return "".join(p if n % 2 else p.translate(_GREEK) for n, p in enumerate(parts))


class Greek(NullTranslations):
    """A catalogue with every text there could be."""

    def info(self) -> dict[str, str]:
        """Return what a catalogue says of itself."""
        return {"plural-forms": "nplurals=2; plural=(n != 1);"}

    def gettext(self, message: str) -> str:
        """Return a text."""
        return greek(message)

    def pgettext(self, context: str, message: str) -> str:
        """Return a text that is another elsewhere."""
        return greek(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return a text for a number."""
        return greek(msgid1 if n == 1 else msgid2)


def greek_map(text: str) -> str:
    """Return a map whose author writes in Greek letters."""
    head, fence, body = text.partition("\n---\n")
    head = _TOLD.sub(lambda found: found[1] + greek(found[2]), head)
    head = _LISTED.sub(lambda found: found[1] + greek(found[2]), head)
    return head + fence + greek(body)


def demo_in_greek(folder: Path) -> None:
    """Make the demonstration's repository, by people who write in Greek letters."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    told = fast_import([_commit_in_greek(commit) for commit in story()])
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=told, check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard", "main"], check=True)


def site_in_greek(folder: Path, more: Mapping[str, str] | None = None) -> Path:
    """Build the demonstration's site in Greek letters, read from right to left; return where it is.

    One of its maps cannot be read. `more` gives further ones by their paths.
    """
    demo_in_greek(folder)
    files = {"vsmdocs.toml": _settings(), "maps/broken.md": "---\nsteps: 3\n---\n", **(more or {})}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "catalogue_of", lambda language: Greek())
        patch.setattr(languages, "digest_of", lambda language: b"Greek")
        # A template that is compiled holds what it says.
        patch.setattr("sys.dont_write_bytecode", True)
        build_site(open_workspace(folder, explicit=True), folder / "site", today=date(2026, 11, 1))
    return folder / "site"


def _settings() -> str:
    return f"""\
[site]
title = "{greek("Payments")}"
language = "he"
base_url = "https://example.org/payments/"
repository = "https://github.com/example/payments/"
"""


def _commit_in_greek(commit: Commit) -> Commit:
    # What a forge says of a merge names the pull request.
    start = _MERGE.match(commit.message)
    end = start.end() if start else 0
    return replace(
        commit,
        author=replace(commit.author, name=greek(commit.author.name)),
        message=commit.message[:end] + greek(commit.message[end:]),
        files=tuple(
            (path, text and ("---\n" + greek_map(text[4:]) if text.startswith("---\n") else text))
            for path, text in commit.files
        ),
        tags=tuple(Tag(greek(tag.name), greek(tag.message)) for tag in commit.tags),
    )


def latin_left(page: str) -> Iterator[tuple[str, str]]:
    """Yield what is ours and in Latin letters on a page, each text with where it stands."""
    for where, text in _left(html5lib.parse(page, namespaceHTMLElements=False), ""):
        if re.search("[A-Za-z]", _THEIRS.sub("", text)):
            yield where, text


def _left(element: object, where: str) -> Iterator[tuple[str, str]]:
    tag = element.tag  # type: ignore[attr-defined]
    if not isinstance(tag, str):
        return
    tag = tag.rpartition("}")[2]
    given = element.attrib  # type: ignore[attr-defined]
    if given.get("lang") == "en" and tag != "html":
        return
    here = f"{where} {tag}{'.' + given['class'] if given.get('class') else ''}".strip()
    if tag == "meta" and (given.get("name") or given.get("property")) in _META:
        yield from _words(given.get("content", ""), f"{here}[content]")
    for name in _HEARD:
        if name in given and not (name == "label" and tag == "track"):
            yield from _words(given[name], f"{here}[{name}]")
    if tag not in _UNSEEN:
        yield from _words(element.text or "", here)  # type: ignore[attr-defined]
        for child in element:  # type: ignore[attr-defined]
            yield from _left(child, " ".join(here.split()[-3:]))
            yield from _words(child.tail or "", here)


def _words(text: str, where: str) -> Iterator[tuple[str, str]]:
    if _WORDS.search(text):
        yield where, " ".join(text.split())
