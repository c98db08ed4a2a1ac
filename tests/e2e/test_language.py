"""The site's language: all of its text is in the catalogue, and every language has all of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests import messages
from tests.e2e.greek import latin_left, site_in_greek
from vsmdocs.language import ENGLISH, LANGUAGES
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

OTHERS = [one for one in LANGUAGES if one != ENGLISH.code]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site, in which only what never went through `tr` is in Latin letters."""
    return site_in_greek(tmp_path_factory.mktemp("greek") / "payments")


def test_all_text_of_every_page_is_in_the_catalogue(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 80
    left = [
        f"{path.relative_to(site)}: {where}: {text}"
        for path in pages
        for where, text in latin_left(path.read_text("utf-8"))
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
        if wanted:
            assert all(text.format(**dict.fromkeys({*wanted, "n"}, "x")) for text in said)


def test_a_site_in_hebrew(tmp_path: Path) -> None:
    (tmp_path / "vsmdocs.toml").write_text('[site]\nlanguage = "he"\n', "utf-8")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "delivery.md").write_text(
        "---\ntitle: Delivery {n}\nsteps:\n  - {id: a, process_time: 1h, wait_time: 2d}\n---\n",
        "utf-8",
    )
    build_site(open_workspace(tmp_path, explicit=True), tmp_path / "site")
    page = (tmp_path / "site/streams/delivery/current.html").read_text("utf-8")
    assert '<html lang="he" dir="rtl">' in page
    assert "זמן אספקה" in page
    assert "Delivery {n}" in page
    assert not re.search(r"\{(?!n\})\w+\}", re.sub(r"(?s)<script>.*?</script>", "", page))
    script = next((tmp_path / "site/assets").glob("script.*.js")).read_text("utf-8")
    assert "form = (n) => Number((n != 1));" in script
    said = json.loads(script.partition("const SAID = ")[2].partition(", form =")[0])
    assert len(said["{n} result"]) == 2


def test_every_language_has_a_catalogue() -> None:
    assert {path.stem for path in messages.CATALOGUES.glob("*.po")} == set(OTHERS)
    for path in messages.CATALOGUES.glob("*.po"):
        with path.open("rb") as file:
            assert read_po(file).plural_expr
