"""What the search loads: the library as it was published, and data that is nothing but data."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.unit.model.strategies import make
from vsmdocs.rendering.pages.past_view import VersionEntry
from vsmdocs.rendering.pages.search_entries import found_stream
from vsmdocs.rendering.pages.search_index import (
    FoundOwner,
    FoundPage,
    found_changes,
    found_terms,
    index_script,
    pointer_script,
    stream_json,
)
from vsmdocs.rendering.pages.theme import templates_folder

_VENDOR = templates_folder() / "vendor"
_DATA = Path(__file__).parents[3] / "data"
HOSTILE = json.loads((_DATA / "hostile-strings.json").read_text("utf-8"))


@pytest.mark.parametrize("file", ["minisearch.js", "minisearch-LICENSE.txt"])
def test_the_code_of_others_is_as_it_was_published(file: str) -> None:
    rows = (_VENDOR / "README.md").read_text("utf-8").splitlines()
    (row,) = (row for row in rows if row.startswith(f"| `{file}`"))
    (stated,) = re.findall(r"`([0-9a-f]{64})`", row)
    assert hashlib.sha256((_VENDOR / file).read_bytes()).hexdigest() == stated
    assert "7.2.0" in row


def test_nothing_of_others_is_there_without_a_line() -> None:
    stated = re.findall(r"^\| `([^`]+)`", (_VENDOR / "README.md").read_text("utf-8"), re.M)
    assert {*stated, "README.md"} == {path.name for path in _VENDOR.iterdir()}


def test_the_licence_stands_at_the_head_and_the_library_before_the_data() -> None:
    script = index_script([], [], [], [])
    assert script.startswith("/*! MiniSearch 7.2.0\nCopyright 2022 Luca Ongaro\n")
    assert script.index("THE SOFTWARE IS PROVIDED") < script.index("*/")
    assert script.index("factory()") < script.index("globalThis.vsmdocsSearch")
    assert "sourceMappingURL" not in script
    assert pointer_script("search.0a.js") == 'globalThis.vsmdocsIndex = "search.0a.js";\n'


def _data(script: str) -> list[list[list[object]]]:
    text = script.rpartition("globalThis.vsmdocsSearch = ")[2].removesuffix(";\n")
    return json.loads(text)  # type: ignore[no-any-return]


def test_every_string_comes_back_as_it_was() -> None:
    texts = [row["text"] for row in HOSTILE]
    owners = [FoundOwner(text, "teams/a.html", (0, 2)) for text in texts]
    pages = [FoundPage(text, "index.html", "page") for text in texts]
    data = _data(index_script([], owners, [], pages))
    assert [row[0] for row in data[1]] == texts
    assert data[1][0] == [texts[0], "teams/a.html", [0, 2]]
    assert [row[0] for row in data[3]] == texts


def test_a_stream_is_a_row_of_arrays_in_the_order_that_the_script_reads() -> None:
    improvement = {"id": "i", "title": "Pair", "step": "a", "hypothesis": "Faster"}
    steps = [{"id": "a", "name": "</script>", "owner": "QA", "systems": ["Mail"]}]
    one = make(steps, title="T", stream="s", improvements=[improvement], tags=["web"])
    part = stream_json(found_stream("T", "Ops", [one]))
    assert _data(index_script([part, part], [], [], []))[0][1] == [
        "s", "T", "Ops", "web", [["current", "Current"]],
        [["a", "</script>", "QA", "Mail", [0]]],
        [["i", "Pair", "", "Faster", [0], "idea", "</script>"]],
    ]  # fmt: skip


def _version(**values: object) -> VersionEntry:
    given = {
        "stream": "s", "title": "T", "name": "current", "state": "Current", "anchor": "current-1",
        "date": "2026-01-02", "author": "Ada", "subject": "Less", "request": "#4", "commit": "1",
        "headline": "lead time shorter", "milestones": ("v1",), "href": "",
    }  # fmt: skip
    rest = dict.fromkeys(VersionEntry._fields, "")
    return VersionEntry(**{**rest, **given, **values})  # type: ignore[arg-type]


def test_a_change_leads_to_its_page_or_to_its_line() -> None:
    first, second = found_changes([_version(), _version(href="streams/s/versions/current/1.html")])
    assert first == (
        "lead time shorter", "streams/s/changelog.html#current-1", "T, Current", "Less #4 1 v1",
        "2026-01-02", "Ada",
    )  # fmt: skip
    assert second.href == "streams/s/versions/current/1.html"


def test_terms_are_found_where_they_are_explained() -> None:
    assert FoundPage("Activity ratio", "method/index.html#activity-ratio", "term") in found_terms()
