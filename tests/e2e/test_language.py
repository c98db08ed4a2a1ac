"""The site's language: all of its text is in the catalogue, and every language has all of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests import messages
from tests.e2e.greek import Greek, demo_in_greek, greek, latin_left
from vsmdocs.language import ENGLISH, LANGUAGES, languages
from vsmdocs.site.build import build_site
from vsmdocs.workspace.workspace import open_workspace

SETTINGS = f"""\
[site]
title = "{greek("Payments")}"
language = "he"
base_url = "https://example.org/payments/"
repository = "https://github.com/example/payments/"
"""
OTHERS = [one for one in LANGUAGES if one != ENGLISH.code]
# What is not ours to say: where files are, which commit, which tag of a map, whose forge, and a
# number as its author wrote it.
THEIRS = re.compile(
    r"[0-9a-f]{7,40}|maps/[\w/.-]*|vsmdocs|on-call|payments|workshop"
    r"|GitHub|Merge pull request #\d+ from|\d+/month"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site, in which only what never went through `tr` is in Latin letters."""
    folder = tmp_path_factory.mktemp("greek") / "payments"
    demo_in_greek(folder)
    (folder / "vsmdocs.toml").write_text(SETTINGS, "utf-8")
    (folder / "maps" / "broken.md").write_text("---\nsteps: 3\n---\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "catalogue_of", lambda language: Greek())
        patch.setattr(languages, "digest_of", lambda language: b"Greek")
        # A template that is compiled holds what it says.
        patch.setattr("sys.dont_write_bytecode", True)
        build_site(open_workspace(folder, explicit=True), folder / "site", today=date(2026, 11, 1))
    return folder / "site"


def test_all_text_of_every_page_is_in_the_catalogue(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 80
    left = [
        f"{path.relative_to(site)}: {where}: {text}"
        for path in pages
        for where, text in latin_left(path.read_text("utf-8"))
        if re.search("[A-Za-z]", THEIRS.sub("", text))
    ]
    assert not left, "\n".join(left[:20])


def test_pages_say_their_language_and_read_its_way(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert re.search(r'<html lang="he"[^>]* dir="rtl"', path.read_text("utf-8")), path


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_is_up_to_date_and_whole(code: str) -> None:
    path = messages.CATALOGUES / f"{code}.po"
    catalogue = messages.updated(path, messages.found())
    written = path.read_bytes()
    assert messages.as_po(catalogue) == written, "run: make messages"
    assert path.with_suffix(".mo").read_bytes() == messages.as_mo(catalogue), "run: make messages"
    for message in catalogue:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else message.id
        told = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        said = [text or "" for text in told]
        assert all(said), message.id
        wanted = messages.names(ids[-1])
        # The form for one may do without its number.
        assert all(wanted - {"n"} <= messages.names(text) <= wanted for text in said), message.id
        assert messages.names(said[-1]) == wanted, message.id


def test_every_language_has_a_catalogue() -> None:
    assert {path.stem for path in messages.CATALOGUES.glob("*.po")} == set(OTHERS)
    for path in messages.CATALOGUES.glob("*.po"):
        with path.open("rb") as file:
            assert read_po(file).plural_expr
