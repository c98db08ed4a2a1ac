"""What the scripts say: found as the catalogue finds it, and said in its language."""

from __future__ import annotations

import json
import re
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.extract import extract

from tests.e2e.greek import Greek, greek
from tests.messages import _KEYWORDS
from vsmdocs.language import languages, speaking
from vsmdocs.rendering.pages.script_texts import said_in, script_texts
from vsmdocs.rendering.pages.theme import templates_folder

SCRIPTS = sorted((templates_folder() / "script").iterdir())


class Arabic(NullTranslations):
    """A catalogue with a form for none, one, two, few, many and any other number."""

    def info(self) -> dict[str, str]:
        return {
            "plural-forms": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
            " n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
        }

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"form of {n}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_babel_and_we_find_the_same_texts(path: Path) -> None:
    with path.open("rb") as file:
        extracted = [
            (message, "") if isinstance(message, str) else tuple(message[:2])
            for _, message, _, _ in extract("javascript", file, _KEYWORDS)
        ]
    assert sorted(set(said_in(path.read_text("utf-8")))) == sorted(set(extracted))
    # What is not written out would be found by neither.
    calls = re.findall(r"\btr(?:_n|_parts)?\(\s*(.)", path.read_text("utf-8"))
    assert set(calls) <= {'"'}


def test_a_text_is_either_for_numbers_or_not() -> None:
    found = {text for path in SCRIPTS for text in said_in(path.read_text("utf-8"))}
    assert len({text for text, _ in found}) == len(found)


def test_texts_are_said_in_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "catalogue_of", lambda _: Greek())
    script = 'tr("One \\u2212 {x}"), tr_n(\n"{n} result", "{n} results", 2), tr_parts("since {d}")'
    with speaking("he"):
        said, rule = re.fullmatch(
            r"const SAID = (.*), form = \(n\) => Number\((.*)\);\n", script_texts(script)
        ).groups()  # type: ignore[union-attr]
    assert json.loads(said) == {text: greek(text) for text in ("One − {x}", "since {d}")} | {
        "{n} result": [greek("{n} result"), greek("{n} results")]
    }
    assert rule == "(n != 1)"
    assert script_texts(script) == "const SAID = {}, form = (n) => Number(n !== 1);\n"


def test_every_form_of_a_language_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "catalogue_of", lambda _: Arabic())
    with speaking("he"):
        text = script_texts('tr_n("{n} result", "{n} results", 2)')
    assert json.loads(text.partition("= ")[2].partition(", form")[0]) == {
        "{n} result": [f"form of {n}" for n in (0, 1, 2, 3, 11, 100)]
    }
