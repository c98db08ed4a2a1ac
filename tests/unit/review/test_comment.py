"""The comment: what it says, how long it is, and that no text becomes anything but text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Golden
from tests.unit.rendering.test_diff_hostile import usable, versions
from tests.unit.review.reports import NEW, OLD, data, everything, with_text
from tests.unit.review.safe_markdown import HOSTILE, TELLING, assert_no_commands, see, shown
from vsmdocs.analysis.diff import diff
from vsmdocs.errors import Finding
from vsmdocs.review.comment import MARKER, NO_CHANGES, comment
from vsmdocs.review.make import make_report
from vsmdocs.review.report import MapChange, Report, SentencePart, read_report, report_json

LINK = "https://github.com/team/maps/actions/runs/77"
NUMBERS = [str(number) for number in range(len(HOSTILE))]


def read(values: dict[str, Any]) -> Report:
    return read_report(json.dumps(values).encode())


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_everything(golden: Golden) -> None:
    report = everything()
    golden("review-everything", "comment.md", comment(report, LINK))
    golden("review-everything", "report.json", report_json(report))


def test_one_map(golden: Golden) -> None:
    """One map needs no column that says which."""
    report = make_report(OLD, None, [_delivery("5d", "2d")], {}, [])
    golden("review-one-map", "comment.md", comment(report))


def _delivery(before: str, after: str) -> tuple[str, Any]:
    from tests.unit.model.strategies import make

    def one(wait: str) -> Any:
        steps = [{"id": "build", "process_time": "2d"},
                 {"id": "review", "wait_time": wait, "process_time": "2h"}]  # fmt: skip
        return make(steps, title="Delivery", stream="delivery")

    return "maps/delivery/current.md", diff(one(before), one(after))


def test_only_what_is_ours_is_markup() -> None:
    seen = see(comment(everything(), LINK))
    assert seen.links == [LINK]
    assert comment(everything()).startswith(f"{MARKER}\n")
    assert see(comment(everything())).links == []


def test_nothing_changed_nothing_said() -> None:
    finding = Finding("vsmdocs.toml", 1, 1, "x", "error", "x")
    assert comment(make_report(OLD, NEW, [], {}, [finding])) == ""
    assert see(NO_CHANGES).code == []
    assert NO_CHANGES.startswith(MARKER)


def test_better_and_worse_are_words_and_arrows() -> None:
    for before, after, words in (
        ("5d", "2d", "7 d 2 h → 4 d 2 h<br>▼ −3 d (−41 %), better"),
        ("2d", "5d", "4 d 2 h → 7 d 2 h<br>▲ +3 d (+71 %), worse"),
        ("5d", "5d", "7 d 2 h, unchanged"),
    ):
        text = plain(comment(make_report(OLD, NEW, [_delivery(before, after)], {}, [])))
        assert words in text


def test_what_mattered_stands_apart_from_the_rest() -> None:
    text = comment(everything())
    open_part, _, folded = text.partition("<details>")
    assert "rework removed" in open_part
    assert "gained nothing" in open_part
    assert "improvement begun" not in open_part
    assert "improvement begun" in folded
    assert "`nobody owns “Ship”`" in open_part
    assert "`it does not say where it starts`" in folded
    assert text.count("<details>") == text.count("</details>") == 2


@pytest.mark.parametrize("text", HOSTILE, ids=NUMBERS)
def test_a_map_with_any_text(text: str) -> None:
    written = usable(text)
    found = diff(*versions(written, f"{written[::-1].strip()}x"))
    finding = Finding(f"maps/{written}.md", 3, 1, "no-owner", "error", f"“{written}” {written}")
    report = make_report(OLD, NEW, [(f"maps/{written}.md", found)], {f"{written}.md": True},
                         [finding])  # fmt: skip
    made = report_json(report)
    assert made.isascii()
    assert_no_commands(made)
    said = comment(read_report(made.encode("ascii", "backslashreplace")), LINK)
    seen = see(said)
    assert seen.links == [LINK]
    if written.isprintable() and "\u3164" not in written:
        assert any(shown(f"maps/{written}.md:3") == shown(code) for code in seen.code)


@pytest.mark.parametrize("text", HOSTILE, ids=NUMBERS)
def test_a_report_with_any_text_in_every_place(text: str) -> None:
    """Whoever writes the report says of any text that it is ours."""
    text = text[:290]
    if "\ud800" in text:
        return
    values = with_text(data(everything()), text)
    for one in values["maps"]:
        for part in [
            *one["headline"],
            *(p for c in one["changes"] for p in (*c["place"], *c["text"])),
        ]:
            part["said"] = False
    for changed in (values, with_text(data(everything()), text)):
        assert see(comment(read(changed), LINK)).links == [LINK]


PARTS = (
    "GH-", "12", "@", "a", "`", "``", "www", ".x", "abcdef1", "#", "\\", "", " ", "|", "$",
    "<br>", "h", "ttp://x", "!", "[a](b)", "\u200b", "\n", "##", "[x]", "::", "JIRA-", "1.", "-",
    ", 2 d",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.booleans()), max_size=8))
def test_parts_that_are_harmless_alone(parts: list[tuple[str, bool]]) -> None:
    sentence = tuple(SentencePart(text=text, said=said) for text, said in parts)
    report = everything()
    changed = report.maps[-1].model_copy(update={"headline": sentence})
    told = MapChange(kind="changed", step=None, to=None, improvement=None, field=None,
                     place=sentence, text=sentence, note=sentence, effect=None)  # fmt: skip
    first = report.maps[2].model_copy(update={"changes": (told, told), "headline": sentence})
    see(comment(report.model_copy(update={"maps": (first, changed)})))


@given(st.lists(st.tuples(st.text(max_size=6), st.booleans()), max_size=5))
def test_sentences_of_any_text(parts: list[tuple[str, bool]]) -> None:
    sentence = tuple(SentencePart(text=text, said=said) for text, said in parts)
    one = everything().maps[-1].model_copy(update={"headline": sentence})
    see(comment(everything().model_copy(update={"maps": (one,)})))


@pytest.mark.parametrize(
    ("maps", "changes"), [(1, 0), (1, 900), (40, 0), (40, 30), (40, 300), (900, 0), (900, 20)]
)
def test_cut_by_whole_rows(maps: int, changes: int) -> None:
    report = everything()
    wide = next(one for one in report.maps if one.changes)
    many = wide.model_copy(update={"changes": (wide.changes * 50)[:changes]})
    finding = report.findings[0].model_copy(update={"message": "\U0001f600" * 250})
    big = report.model_copy(
        update={"maps": (many,) * maps, "findings": (finding,) * 900, "findings_left_out": 5_000}
    )
    text = comment(big)
    assert len(text.encode("utf-16-le")) / 2 < 60_000
    seen = see(text)
    rows = [line for line in text.splitlines() if line.startswith("| error |")]
    assert len(rows) > 5
    assert f"… and {5_900 - len(rows):,} more." in seen.text
    assert sum(line.startswith("- ") for line in text.splitlines()) >= min(maps, 20)
    assert text.count("<details>") == text.count("</details>")
    # Room is used: had all of one part been cut, the others would have more.
    assert len(text) > 20_000


def test_left_out_of_the_report_is_counted() -> None:
    report = everything()
    cut = [one.model_copy(update={"changes_left_out": 7} if one.changes else {})
           for one in report.maps]  # fmt: skip
    text = comment(report.model_copy(update={"maps": tuple(cut), "maps_left_out": 3}))
    changed = sum(bool(one.changes) for one in report.maps)
    assert "… and 3 more." in text
    assert f"… and {7 * changed} more." in text
    see(text)


def test_figures_at_the_ends_of_their_bounds() -> None:
    values = data(everything())
    for number in (1e15, 0.0, 5e-324, 1e6):
        for one in values["maps"]:
            for side in ("before", "after"):
                if one[side]:
                    for key in ("lead_time_hours", "expected_lead_time_hours"):
                        one[side][key] = number
                    one[side]["hours_per_day"] = 0.01
                    one[side]["activity_ratio"] = min(number, 1e6)
            if one["change"]:
                one["change"] = dict.fromkeys(one["change"], -1e6)
        seen = see(comment(read(values)))
        assert not TELLING.search(seen.text)
