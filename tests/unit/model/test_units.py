"""Durations, percentages, rates and dates as people type them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from vsmdocs.model.units import (
    Calendar,
    nearest,
    parse_count,
    parse_date,
    parse_duration,
    parse_estimate,
    parse_number,
    parse_percent,
    parse_percents,
    parse_positive,
    parse_rate,
    parse_relative,
    parse_slug,
    slugify,
)

USUAL = Calendar()
CALENDARS = st.builds(
    Calendar,
    st.floats(0.25, 24, allow_nan=False),
    st.floats(0.5, 7, allow_nan=False),
)
UNITS = ("s", "m", "h", "d", "w", "mo")
AMOUNTS = st.decimals(0, 999, places=2, allow_nan=False).map(str)


def hours_in(unit: str, calendar: Calendar) -> float:
    day = calendar.hours_per_day
    week = day * calendar.days_per_week
    return {"s": 1 / 3600, "m": 1 / 60, "h": 1, "d": day, "w": week, "mo": week * 52 / 12}[unit]


def refused(read: Callable[[Any], Any], value: Any) -> tuple[str, str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        read(value)
    context = caught.value.context or {}
    return caught.value.type, context["message"], context["hint"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("0", 0),
        ("45s", 0.0125),
        ("30m", 0.5),
        ("4h", 4),
        ("3d", 24),
        ("2w", 80),
        ("1mo", 40 * 52 / 12),
        ("1d 4h", 12),
        ("1d4h", 12),
        (" 1.5d ", 12),
        (".5h", 0.5),
        ("2 h", 2),
        ("1h 1h", 2),
        ("PT4H", 4),
        ("PT1H30M", 1.5),
        ("P1DT4H", 12),
        ("P2W", 80),
        ("P1M", 40 * 52 / 12),
        ("PT0.5H", 0.5),
        ("PT30S", 30 / 3600),
    ],
)
def test_durations(text: str, hours: float) -> None:
    assert parse_duration(text).hours(USUAL) == pytest.approx(hours)
    assert parse_duration(text).text == text.strip()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("4", "write 4h or 4d"),
        ("0.0", "write 0.0h"),
        ("1,5d", "1.5d"),
        ("-1h", "write a number with"),
        ("2 hours", "write 2h"),
        ("1 day 4 hrs", "write 1d4h"),
        ("3H", "write 3h"),
        ("3 months", "write 3mo"),
        ("", "write a number with"),
        ("soon", "write a number with"),
        ("1y", "write a number with"),
        ("h", "write a number with"),
        ("4h3", "write a number with"),
        ("P", "write a number with"),
        ("PT", "write a number with"),
        ("P1DT", "write a number with"),
        ("1e3h", "write a number with"),
        ("٣h", "write a number with"),
        ("1h\u00a0x", "write a number with"),
        ("nan", "write a number with"),
        ("2000000h", "write a number with"),
        ("999999999999mo", "write a number with"),
    ],
)
def test_no_durations(text: str, hint: str) -> None:
    rule, message, said = refused(parse_duration, text)
    assert rule == "bad-duration"
    assert message
    assert hint in said


@pytest.mark.parametrize("value", [None, [], {}, ["1h"]])
@pytest.mark.parametrize(
    "read", [parse_duration, parse_estimate, parse_percent, parse_rate, parse_count, parse_number,
             parse_date, parse_slug]
)  # fmt: skip
def test_only_text_is_read(read: Callable[[Any], Any], value: Any) -> None:
    assert refused(read, value)[0] == "wrong-type"


@pytest.mark.parametrize("read", [parse_duration, parse_estimate, parse_percent, parse_slug])
def test_no_value_is_longer_than_a_line(read: Callable[[Any], Any]) -> None:
    assert refused(read, "1h " * 100)[0] == "too-long"


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(UNITS)), min_size=1, max_size=6), CALENDARS)
def test_a_duration_is_the_sum_of_its_parts(
    parts: list[tuple[str, str]], calendar: Calendar
) -> None:
    total = sum(float(amount) * hours_in(unit, calendar) for amount, unit in parts)
    assume(sum(float(a) * hours_in(u, Calendar(24, 7)) for a, u in parts) <= 1_000_000)
    for joined in (" ", ""):
        duration = parse_duration(joined.join(amount + unit for amount, unit in parts))
        assert duration.hours(calendar) == pytest.approx(total, rel=1e-9, abs=1e-9)


@given(st.tuples(st.integers(0, 99), *[st.integers(0, 500)] * 5), CALENDARS)
def test_iso_equals_plain(amounts: tuple[int, ...], calendar: Calendar) -> None:
    months, weeks, days, hours, minutes, seconds = amounts
    iso = f"P{months}M{weeks}W{days}DT{hours}H{minutes}M{seconds}S"
    plain = f"{months}mo {weeks}w {days}d {hours}h {minutes}m {seconds}s"
    assert parse_duration(iso).hours(calendar) == parse_duration(plain).hours(calendar)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_duration_or_refused(text: str) -> None:
    with suppress(PydanticCustomError):
        assert 0 <= parse_duration(text).hours(Calendar(24, 7)) <= 1_000_000


@pytest.mark.parametrize(
    ("text", "hours"),
    [("4h", 4), ("2h..8h", 5), ("2h..4h..12h", 6), ("1d .. 3d", 16), ("0..1h", 0.5), ("1h..1h", 1)],
)
def test_estimates_count_by_their_mean(text: str, hours: float) -> None:
    assert parse_estimate(text).hours(USUAL) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("text", "rule", "hint"),
    [
        ("8h..2h", "bad-estimate", "write 2h..8h"),
        ("2h..1h..8h", "bad-estimate", "write 1h..2h..8h"),
        ("2h..", "bad-estimate", "least..most"),
        ("..", "bad-estimate", "least..most"),
        ("1h..2h..3h..4h", "bad-estimate", "least..most"),
        ("1m...2h", "bad-estimate", "least..most"),
        ("1h..2", "bad-duration", "write 2h or 2d"),
    ],
)
def test_no_estimates(text: str, rule: str, hint: str) -> None:
    found, _, said = refused(parse_estimate, text)
    assert found == rule
    assert hint in said


@given(st.lists(st.integers(0, 999), min_size=2, max_size=3), CALENDARS)
def test_an_estimate_lies_between_its_ends(hours: list[int], calendar: Calendar) -> None:
    least, *_, most = ordered = sorted(hours)
    estimate = parse_estimate("..".join(f"{h}h" for h in ordered))
    assert estimate.hours(calendar) == pytest.approx(sum(hours) / len(hours))
    assert least <= estimate.hours(calendar) <= most or least == most


@pytest.mark.parametrize(
    ("text", "share"),
    [("80%", 0.8), ("80 %", 0.8), ("0%", 0), ("0", 0), ("1", 1), ("0.8", 0.8), (".5", 0.5),
     ("100%", 1), ("12.5%", 0.125)],
)  # fmt: skip
def test_percentages(text: str, share: float) -> None:
    assert parse_percent(text) == pytest.approx(share)
    assert parse_percents(text) == (parse_percent(text),)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("80", "write 80%"),
        ("101%", "from 0% to 100%"),
        ("-5%", "write 80%"),
        ("", "write 80%"),
        ("many", "write 80%"),
        ("8,5%", "write 80%"),
        ("1e-1", "write 80%"),
    ],
)
def test_no_percentages(text: str, hint: str) -> None:
    rule, _, said = refused(parse_percent, text)
    assert rule == "bad-percent"
    assert hint in said


@given(st.decimals(0, 100, places=4, allow_nan=False))
def test_a_percentage_equals_its_fraction(percent: Any) -> None:
    share = parse_percent(f"{percent:f}%")
    assert 0 <= share <= 1
    assert parse_percent(f"{percent / 100:.9f}") == pytest.approx(share, abs=1e-9)


def test_what_several_receivers_say() -> None:
    assert parse_percents(["90%", "0.5"]) == (0.9, 0.5)
    assert refused(parse_percents, [])[0] == "bad-percent"


@pytest.mark.parametrize(
    ("text", "per_hour"),
    [("8/day", 1), ("40/week", 1), ("2/hour", 2), ("520 / quarter", 1), ("2080/year", 1),
     ("0.5/day", 0.0625)],
)  # fmt: skip
def test_rates(text: str, per_hour: float) -> None:
    assert parse_rate(text).per_hour(USUAL) == pytest.approx(per_hour)


@pytest.mark.parametrize(
    "text", ["12", "12/", "/day", "0/day", "12/fortnight", "-1/day", "1/1/day"]
)
def test_no_rates(text: str) -> None:
    rule, _, hint = refused(parse_rate, text)
    assert rule == "bad-rate"
    assert "12/month" in hint


@given(st.integers(1, 99_999), CALENDARS)
def test_a_year_is_twelve_months_and_four_quarters(count: int, calendar: Calendar) -> None:
    yearly = parse_rate(f"{count}/year").per_hour(calendar)
    for unit, times in (("month", 12), ("quarter", 4), ("week", 52)):
        periodic = parse_rate(f"{count}/{unit}").per_hour(calendar)
        assert periodic == pytest.approx(yearly * times)


def test_numbers() -> None:
    assert parse_count("012") == 12
    assert parse_number("7.5") == 7.5
    assert parse_positive("1") == 1
    for text in ("", "1.5", "-1", "1e3", "1234567890", "²", "٣"):
        assert refused(parse_count, text)[0] == "bad-number"
    assert refused(parse_positive, "0")[0] == "bad-number"
    assert refused(parse_number, "x")[0] == "bad-number"


@given(st.dates(min_value=date(1, 1, 1)))
def test_dates(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-1-2", "01/02/2026", "20260102", "0000-01-01", "", "2026-01-01x"]
)
def test_no_dates(text: str) -> None:
    assert refused(parse_date, text)[0] == "bad-date"


def test_relative_changes() -> None:
    down, up = parse_relative("-70%"), parse_relative("+ 10 %")
    assert down is not None
    assert up is not None
    assert (down.share, up.share) == (-0.7, 0.1)
    assert parse_relative("70%") is None
    assert parse_relative("3d") is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Code Review", "write code-review"),
        ("a_b", "write a-b"),
        ("-a-", "write a"),
        ("a--b", "write a-b"),
        ("漢字", "lower-case letters"),
        ("", "lower-case letters"),
        ("x" * 65, "write " + "x" * 64),
    ],
)
def test_no_slugs(text: str, hint: str) -> None:
    rule, _, said = refused(parse_slug, text)
    assert rule == "bad-slug"
    assert hint in said


@given(st.text())
def test_a_suggested_slug_is_one(text: str) -> None:
    better = slugify(text)
    if better:
        assert parse_slug(better) == better


@given(st.text(max_size=100), st.lists(st.text(max_size=20), max_size=5))
def test_the_nearest_word_is_a_known_one(word: str, known: list[str]) -> None:
    assert nearest(word, tuple(known)) in {*known, None}
