"""Dates are marked and can be heard, and nothing else in a text changes."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from tests.unit.rendering.pages.safe_html import parse
from vsmdocs.rendering.pages.dates import date_title, dated, dated_name, spoken, spoken_in

HEARD = '<time datetime="{0}"><span aria-hidden="true">{0}</span><span class="visually-hidden">{1}</span></time>'  # noqa: E501
days = st.dates(min_value=date(1000, 1, 1))


def test_a_date_has_its_spoken_form() -> None:
    assert spoken("2026-03-01") == "1 March 2026"
    assert spoken("2026-02-30") == "2026-02-30"
    assert dated("since 2026-10-30.") == f"since {HEARD.format('2026-10-30', '30 October 2026')}."
    assert dated_name("2026-10-30 →") == '<time datetime="2026-10-30">2026-10-30</time> →'
    assert date_title("2026-10-30 →") == ' title="30 October 2026 →"'
    assert spoken_in("2026-01-02 to 2026-03-04") == "2 January 2026 to 4 March 2026"


def test_what_only_looks_like_a_date_is_text() -> None:
    for text in ("2026-02-30", "v2026-10-30", "2026-10-301", "12026-10-30", "1.2026-10-30",
                 "2026-10-30-rc1", "x-2026-10-30", "", "٢٠٢٦-١٠-٣٠"):  # fmt: skip
        assert dated(text) == dated_name(text) == text
        assert date_title(text) == ""


def test_text_stays_text_and_markup_markup() -> None:
    # One is equal to the other, and remembered apart.
    assert dated("<b>2026-01-02").startswith("&lt;b&gt;<time")
    assert dated(Markup("<b>2026-01-02")).startswith("<b><time")
    assert dated("<b>2026-01-02").startswith("&lt;b&gt;<time")
    assert date_title('2026-01-02"><script>') == ' title="2 January 2026&#34;&gt;&lt;script&gt;"'


@given(st.text(), days, st.text())
def test_what_was_written_is_what_is_shown(before: str, day: date, after: str) -> None:
    text = f"{before} {day.isoformat()} {after}"
    shown = dated_name(text)
    assert isinstance(shown, Markup)
    assert shown.replace("</time>", "").count("<") == shown.count("<time")
    assert re.sub(r"</?time[^>]*>", "", shown) == escape(text)


@given(days)
def test_every_day_can_be_heard(day: date) -> None:
    head = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><p>'
    tree = parse(f"{head}{dated(day.isoformat())}</p></body></html>")
    assert "".join(tree.itertext()).endswith(day.isoformat() + spoken(day.isoformat()))
    assert str(day.year) in spoken(day.isoformat())
