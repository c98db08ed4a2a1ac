"""A run chart in which nothing collides, nothing is lost and nothing is invented."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.histories import DAY, START, every, pair, trend
from tests.unit.model.strategies import make
from tests.unit.rendering.charts.strategies import (
    box,
    collisions,
    many,
    milestones,
    outside,
    pairs,
    targets,
)
from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.model.snapshot import Milestone
from vsmdocs.model.units import Calendar
from vsmdocs.rendering.charts.parts import Plot, RunChart
from vsmdocs.rendering.charts.run_chart import TargetLine, run_chart, target_lines

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def coordinates(path: str) -> list[tuple[float, float]]:
    """Return the corners of a path of M, L, H, V and Z with absolute coordinates."""
    found, x, y = [], 0.0, 0.0
    for command, rest in re.findall(r"([MLHVZ])([^MLHVZ]*)", path):
        numbers = [float(n) for n in NUMBER.findall(rest)]
        if command in "ML":
            x, y = numbers
        elif command == "H":
            (x,) = numbers
        elif command == "V":
            (y,) = numbers
        found.append((x, y))
    return found


def line(plot: Plot, kind: str = "line real") -> str:
    return next((shape.path for shape in plot.shapes if shape.kind == kind), "")


def labels(plot: Plot, kind: str) -> list[str]:
    found = [text.text for text in plot.texts if text.kind.startswith(kind)]
    return [text.replace("\u00a0", " ") for text in found]


def assert_sound(plot: Plot) -> None:
    assert collisions(plot.texts) == []
    assert outside(plot) == []
    for shape in plot.shapes:
        for x, y in coordinates(shape.path):
            assert -0.1 <= x <= plot.width
            assert -0.1 <= y <= plot.height
    for mark in plot.marks:
        assert 0 <= mark.x <= plot.width
        assert 0 <= mark.y <= plot.height


@given(pairs(), milestones, st.data())
def test_nothing_collides_and_nothing_leaves_the_picture(
    drawn: tuple[Trend, Trend], tags: tuple[Milestone, ...], data: st.DataObject
) -> None:
    aims = data.draw(targets(drawn[0].key))
    chart = run_chart(drawn[0], drawn[1], aims, tags)
    for plot in (chart.wide, chart.narrow):
        assert_sound(plot)
        cross_names(plot)
        highest = min((mark.y for mark in plot.marks), default=0)
        assert all(y >= highest - 0.1 for _, y in coordinates(line(plot)))


def cross_names(plot: Plot) -> None:
    """Fail when the line of a milestone runs through a name."""
    names = [box(text) for text in plot.texts if text.kind.startswith("milestone")]
    for shape in plot.shapes:
        if shape.kind.startswith("upright"):
            (x, top), (_, bottom) = coordinates(shape.path)
            for left, above, right, below in names:
                assert not (left < x < right and top < below and above < bottom)


@pytest.mark.parametrize("count", [1, 2, 40, 1000])
def test_the_extremes_are_always_drawn_and_marks_never_merge(count: int) -> None:
    found = many(count) if count > 2 else trend(every(9, [30.0, 20.0][:count]))
    chart = run_chart(found)
    known = [value for value in found.values if value is not None]
    for plot in (chart.wide, chart.narrow):
        assert_sound(plot)
        heights = {y for _, y in coordinates(line(plot))}
        spots = {(mark.x, mark.y) for mark in plot.marks}
        assert {max(heights), min(heights)} <= {y for _, y in spots}
        top, base = min(heights), max(heights)
        assert (top == base) == (max(known) == min(known))
        assert len(plot.marks) <= 200
        assert len(line(plot)) < 20_000
        assert len(spots) == len(plot.marks)
    if count <= 2:
        assert len(chart.wide.marks) == count


def test_a_mark_between_two_extremes_gives_way() -> None:
    marks = run_chart(many(1000)).wide.marks
    quiet = [mark for mark in marks if "quiet" in mark.kind]
    # What always shows: the first, the last and both extremes.
    assert len(marks) - len(quiet) == 4
    for mark in quiet:
        near = [m for m in marks if abs(m.x - mark.x) < 6.9 and abs(m.y - mark.y) < 6.9]
        assert near == [mark]


def test_a_gap_is_a_gap() -> None:
    chart = run_chart(trend(every(10, [10.0, None, 20.0]), until=START + 30 * DAY))
    path = line(chart.wide)
    assert path.count("M") == 2
    first, second = (coordinates("M" + part) for part in path.split("M")[1:])
    assert first[-1][0] < second[0][0]
    crosses = [mark for mark in chart.wide.marks if "nothing" in mark.kind]
    assert [mark.x for mark in crosses] == [first[-1][0]]
    assert "unreadable" in crosses[0].title
    axis = coordinates(line(chart.wide, "axis"))
    assert crosses[0].y == axis[0][1]


def test_steps_hold_until_the_next_value() -> None:
    chart = run_chart(trend(every(10, [10.0, 5.0]), until=START + 20 * DAY))
    corners = coordinates(line(chart.wide))
    axis = coordinates(line(chart.wide, "axis"))
    left, right = axis[0][0], axis[1][0]
    middle = (left + right) / 2
    assert [x for x, _ in corners] == pytest.approx([left, middle, middle, right], abs=0.1)
    assert corners[0][1] == corners[1][1] < corners[2][1] == corners[3][1]
    base = axis[0][1]
    # From 0: half the value is half the height.
    assert (base - corners[0][1]) == pytest.approx(2 * (base - corners[3][1]), abs=0.2)


def test_the_second_line_ends_with_its_own_label() -> None:
    current, future = pair(every(100, [80.0, 60.0]), [(START, 40.0)])
    chart = run_chart(current, future)
    assert line(chart.wide, "line planned")
    assert labels(chart.wide, "value") == ["7 d 4 h", "5 d"]
    assert labels(chart.wide, "name") == ["current", "future"]
    assert "Dashed: Future" in chart.description


def test_a_target_has_its_name() -> None:
    stream = make(
        "a",
        targets=[
            {"metric": "lead_time", "at_most": "5d", "by": "2027-03-31"},
            {"metric": "activity_ratio", "at_least": "25%"},
        ],
    )
    aims = target_lines(stream.targets, "lead_time", stream.calendar)
    assert aims == (TargetLine(40, "at most", stream.targets[0].by),)
    share = target_lines(stream.targets, "activity_ratio", stream.calendar)
    assert [(aim.value, aim.bound) for aim in share] == [(0.25, "at least")]
    chart = run_chart(trend([(START, 80.0)]), targets=aims)
    assert labels(chart.wide, "value of-target") == ["≤ 5 d"]
    assert labels(chart.wide, "name of-target") == ["target by", "31 Mar 2027"]
    assert "Target: at most 5 d by 31 Mar 2027." in chart.description.replace("\u00a0", " ")


def test_a_target_above_everything_fits_the_axis() -> None:
    chart = run_chart(trend([(START, 8.0)]), targets=[TargetLine(800, "at most")])
    (_, y), _ = coordinates(line(chart.wide, "level target"))
    assert 0 < y < chart.wide.height


def test_a_long_name_is_cut_and_told_in_full() -> None:
    tag = Milestone("release-" + "x" * 90, "c", START + 50 * DAY)
    chart = run_chart(trend(every(100, [9.0, 8.0])), milestones=[tag])
    (text,) = (text for text in chart.wide.texts if text.kind.startswith("milestone"))
    assert text.text.endswith("…")
    assert text.full == tag.name
    (upright,) = (shape for shape in chart.wide.shapes if "upright" in shape.kind)
    assert upright.title == f"{tag.name}, 25\u00a0Feb\u00a02025"


def test_text_from_right_to_left_takes_the_same_place() -> None:
    at = START + 20 * DAY
    texts = []
    for name in ("שחרור", "abcde"):
        chart = run_chart(trend(every(100, [9.0, 8.0])), milestones=[Milestone(name, "c", at)])
        texts += [text for text in chart.wide.texts if text.kind.startswith("milestone")]
    assert [text.rtl for text in texts] == [True, False]
    assert [text.svg_anchor for text in texts] == ["end", "start"]
    assert texts[0].x == texts[1].x


def test_milestones_outside_the_axis_are_not_drawn() -> None:
    tags = [Milestone("before", "c", START - DAY), Milestone("within", "c", START + DAY)]
    chart = run_chart(trend(every(10, [9.0, 8.0])), milestones=tags)
    assert labels(chart.wide, "milestone") == ["within"]


def test_links_lead_to_versions() -> None:
    found = trend(every(10, [9.0, None, 8.0]))
    commit = "0" * 39 + "1"
    chart = run_chart(found, links={("current", commit): "v/1.html", ("future", commit): "no"})
    assert [mark.href for mark in chart.wide.marks] == ["", "v/1.html", ""]
    assert [row.href for row in chart.table.rows] == ["", "v/1.html", ""]


def told(chart: RunChart) -> tuple[str, str, str, str]:
    return chart.now, chart.change, chart.tone, chart.note.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([80.0, 60.0], ("7 d 4 h", "−2 d 4 h (−25 %)", "better",
                        "than 10 d on 6 Jan 2025. As now since 16 Jan 2025.")),
        ([80.0], ("10 d", "", "", "Unchanged since 6 Jan 2025.")),
        ([80.0, 60.0, 80.0], ("10 d", "", "",
                              "The same as on 6 Jan 2025. As now since 26 Jan 2025.")),
        ([80.0, (60.0, 1)], ("≥ 7 d 4 h", "−2 d 4 h (−25 %)", "",
                             "from 10 d on 6 Jan 2025. As now since 16 Jan 2025.")),
        ([80.0, None], ("unknown", "", "",
                        "It was 10 d, and has been unknown since 16 Jan 2025.")),
        ([80.0, "gone"], ("removed", "", "",
                          "It was 10 d; the map was removed on 16 Jan 2025.")),
        ([None, "?"], ("unknown", "", "", "No version says it.")),
    ],
)  # fmt: skip
def test_the_headline(values: list[Any], expected: tuple[str, str, str, str]) -> None:
    found = told(run_chart(trend(every(10, values))))
    assert tuple(text.replace("\u00a0", " ") for text in found) == expected


def test_all_unknown_says_so() -> None:
    chart = run_chart(trend(every(10, [None, "?"])))
    assert line(chart.wide) == ""
    assert "unknown so far" in labels(chart.wide, "tick")
    assert "none of which says it" in chart.description


def test_dates_out_of_order_are_told() -> None:
    found = trend([(START, 9.0), (START.replace(year=2099), 8.0), (START + DAY, 7.0)])
    assert "1 commit with a date out of order" in run_chart(found).description


def test_times_are_told_on_the_maps_own_calendar() -> None:
    assert trend([(START, 9.0)]).calendar == Calendar()
    assert run_chart(trend([(START, 16.0)])).now == "2\u00a0d"


def test_the_table_lists_changes_newest_first() -> None:
    found = trend(every(1, [9.0, 9.0, 8.0, None, None, 8.0, (7.0, 1), "gone"]))
    table = run_chart(found).table
    assert [row.value.replace("\u00a0", " ") for row in table.rows] == [
        "removed", "≥ 7 h", "1 d", "unreadable", "1 d", "1 d 1 h",
    ]  # fmt: skip
    assert [row.tone for row in table.rows] == ["", "", "", "", "better", ""]
    assert table.rows[2].change == "unchanged"
    assert table.rows[3].note == "3:1: a line that cannot be read"
    assert table.rows[0].note == ""
    assert table.left_out == ""
    assert [row.date for row in table.rows[-2:]] == ["2025-01-08", "2025-01-06"]
    assert [row.pull_request for row in table.rows[:3]] == ["#7", "", "#5"]


def test_a_long_table_says_what_it_leaves_out() -> None:
    table = run_chart(many(300), most_rows=100).table
    assert len(table.rows) == 100
    assert table.left_out == "200 older changes not listed here."


def test_strangers_words_become_one_harmless_line() -> None:
    found = trend([(START, 9.0)], subject="a\u202eb\x07\nc\u200cd", author="\u2066K\x00im")
    chart = run_chart(found)
    assert (chart.table.rows[0].subject, chart.table.rows[0].author) == ("ab c\u200cd", "K im")
    assert chart.wide.marks[0].title.endswith("ab c\u200cd · K im")
