"""The macros: valid markup, no way for a stranger's text to act, ids that are unique."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

from hypothesis import given

from tests.unit.analysis.histories import DAY, START, every, pair, trend
from tests.unit.rendering.charts.strategies import NAMES, pairs
from tests.unit.rendering.pages.safe_html import check_harmless, name_of, parse
from vsmdocs.analysis.trend.burndown import find_burndown
from vsmdocs.analysis.trend.trends import Trend
from vsmdocs.model.snapshot import Milestone
from vsmdocs.rendering.charts.burndown_chart import burndown_chart
from vsmdocs.rendering.charts.run_chart import TargetLine, run_chart
from vsmdocs.rendering.charts.sparkline import HEIGHT, WIDTH, sparkline
from vsmdocs.rendering.pages.theme import Theme

THEME = Theme()
PAGE = """<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>
{% from "parts/charts.html.j2" import run_chart, burndown_chart %}
{% from "parts/bits.html.j2" import sparkline %}
{% if run %}{{ run_chart(page, run, "a") }}{% endif %}
{% if burn %}{{ burndown_chart(page, burn, "b") }}{% endif %}
{% if spark %}{{ sparkline(spark) }}{% endif %}
</body></html>"""


def render(**values: Any) -> ElementTree.Element:
    names = {"run": None, "burn": None, "spark": None, **values}
    template = THEME._environment.from_string(PAGE)
    return parse(template.render(page=SimpleNamespace(root="../"), **names))


def words(tree: ElementTree.Element, name: str) -> list[str]:
    return ["".join(found.itertext()) for found in tree.iter() if name_of(found) == name]


@given(pairs(), NAMES, NAMES)
def test_every_chart_is_valid_and_harmless(
    drawn: tuple[Trend, Trend], name: str, href: str
) -> None:
    tags = [Milestone(name, "c", START + DAY)]
    links = {("current", f"{n:040x}"): f"v/{n}.html" for n in range(3)}
    found = find_burndown(*drawn)
    tree = render(
        run=run_chart(drawn[0], drawn[1], [TargetLine(0.5, "at least")], tags, links),
        burn=burndown_chart(found, tags, links) if found else None,
        spark=sparkline(drawn[0]),
    )
    check_harmless(tree)
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert all(count == 1 for count in ids.values())
    for element in tree.iter():
        for attribute in ("aria-labelledby", "aria-describedby"):
            if value := element.get(attribute):
                assert value in ids


def test_hostile_words_are_only_text() -> None:
    evil = "</title><script>alert(1)</script>"
    found = trend(every(9, [9.0, 8.0]), subject=evil, author=evil)
    chart = run_chart(found, milestones=[Milestone(evil, "c", START + DAY)])
    tree = render(run=chart)
    check_harmless(tree)
    # The authors' cells and a subject; beside the other one stands a pull request's number.
    assert words(tree, "td").count(evil) == 3
    assert any(evil in title for title in words(tree, "title"))


def test_marks_are_links_for_the_mouse_alone() -> None:
    found = trend(every(9, [9.0, 8.0]))
    tree = render(run=run_chart(found, links={("current", "0" * 40): "v.html"}))
    links = [e for e in tree.iter() if name_of(e) == "a" and e.get("href") == "v.html"]
    # One in each drawing, and one in the table for the keyboard.
    assert [link.get("tabindex") for link in links] == ["-1", "-1", None]
    for image in (e for e in tree.iter() if e.get("role") == "img"):
        assert not [e for e in image.iter() if name_of(e) == "a"]


def test_the_description_is_there_for_those_who_listen() -> None:
    current, future = pair(every(30, [80.0, 60.0]), [(START, 40.0)])
    chart = run_chart(current, future)
    assert words(render(run=chart), "desc") == [chart.description] * 2


def test_a_sparkline_says_it_in_a_sentence() -> None:
    spark = sparkline(trend(every(30, [80.0, 60.0, 40.0])))
    assert spark.sentence.replace("\u00a0", " ") == (
        "Lead time: 10 d on 6 Jan 2025, now 5 d, −5 d (−50 %), better"
    )
    (svg,) = (e for e in render(spark=spark).iter() if e.get("role") == "img")
    assert svg.get("aria-label") == spark.sentence


@given(pairs())
def test_a_sparkline_stays_small(drawn: tuple[Trend, Trend]) -> None:
    spark = sparkline(drawn[0])
    if spark.dot is not None:
        assert 0 <= spark.dot[0] <= WIDTH
        assert 0 <= spark.dot[1] <= HEIGHT
    assert (spark.dot is None) == (drawn[0].present is None)
    assert bool(spark.line) == (drawn[0].newest is not None)
    assert "None" not in spark.sentence


def test_what_is_unknown_has_no_dot() -> None:
    assert sparkline(trend([(START, "?")])).sentence == "Lead time: unknown"
    now = sparkline(trend(every(1, [8.0, None])))
    assert now.sentence.startswith("Lead time: unknown now, 1")
    assert sparkline(trend([(START, 8.0)])).sentence.endswith("one version so far")
