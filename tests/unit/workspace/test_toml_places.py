"""Places of keys and values in TOML, checked against what the parser reads."""

from __future__ import annotations

import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from vsmdocs.workspace.toml_places import Place, scan

names = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@example({}, {"b": "'''", "a": ""})
@example({"a": "x '''"}, {"b": "y"})
@given(st.dictionaries(names, texts, max_size=4), st.dictionaries(names, texts, max_size=4))
def test_every_value_is_found_where_it_stands(top: dict[str, str], below: dict[str, str]) -> None:
    table = "a-table-of-its-own"
    lines = [f"{key} = {quoted(value)} # {value}" for key, value in top.items()]
    lines += [f"[{table}]", *(f"  {key}={quoted(value)}" for key, value in below.items())]
    text = "\n".join(lines)
    assert tomllib.loads(text) == {**top, table: below}
    places = scan(text)
    for where, value in (
        *(((key,), value) for key, value in top.items()),
        *(((table, key), value) for key, value in below.items()),
    ):
        place = places.find(where)
        written = lines[place.line - 1][place.column - 1 : place.end_column - 1]
        assert written == quoted(value)
        key = places.find(where, key=True)
        assert lines[key.line - 1][key.column - 1 : key.end_column - 1] == where[-1]


def test_what_is_not_written_leads_to_its_ancestor() -> None:
    places = scan("[a.b]\nc = 1\n")
    assert places.find(("a", "b", "x", "y"), key=True) == Place(1, 2, 5)
    assert places.find(("z",)) == Place(1, 1, 1)


@given(
    st.lists(st.lists(texts, max_size=3), min_size=1, max_size=3),
    st.sampled_from([", ", ",\n  ", "\n,  ", ", # ] ' \"\n"]),
)
def test_every_item_is_found_in_the_table_that_it_stands_in(
    tables: list[list[str]], between: str
) -> None:
    blocks = [f"[[a.b]]\nc = [{between.join(quoted(t) for t in one)}\n]" for one in tables]
    text = "\n".join(blocks) + "\n[a.b.below]\nd = 1"
    assert [one["c"] for one in tomllib.loads(text)["a"]["b"]] == tables
    places, lines = scan(text), text.split("\n")
    for number, items in enumerate(tables):
        for item, value in enumerate(items):
            place = places.find(("a", "b", str(number), "c", str(item)))
            written = lines[place.line - 1][place.column - 1 : place.end_column - 1]
            assert written == quoted(value)
    assert places.find(("a", "b", str(len(tables) - 1), "below", "d")).line == len(lines)


@given(st.text(max_size=200))
def test_any_text_can_be_scanned(text: str) -> None:
    scan(text)
