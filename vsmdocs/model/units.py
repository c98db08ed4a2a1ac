"""Durations, percentages, rates and the working calendar, as people type them.

Everything is reckoned in working hours. A duration keeps its text and its parts, since a
day is as long as the map's calendar says; `hours()` turns it into a number.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

WEEKS_PER_MONTH = 52 / 12
_LONGEST_HOURS = 1_000_000.0
_NUMBER = r"(?:[0-9]{1,12}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})"
_PART = re.compile(rf"({_NUMBER})\s*(mo|[smhdw])(?![a-z])\s*")
_ISO = re.compile(
    rf"P(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(T(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?"
)
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_BARE = re.compile(_NUMBER)
_SIGNED_PERCENT = re.compile(rf"([+-])\s*({_NUMBER})\s*%")
_RATE = re.compile(rf"({_NUMBER})\s*/\s*([a-z]+)")
_WHOLE = re.compile(r"[0-9]{1,9}")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_UNITS_HINT = "write a number with s, m, h, d, w or mo, such as 30m, 4h, 1.5d or 1d 4h"

_EXAMPLES = {
    "a duration": "4h or 2d, say",
    "a percentage": "80%, say",
    "a rate": "12/month, say",
    "a whole number": "12, say",
    "a number": "8 or 7.5, say",
    "a date": "2026-09-30, say",
    "a short name": "code-review, say",
}


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"


def problem(rule: str, message: str, hint: str) -> PydanticCustomError:
    """Return an error that pydantic passes through with its rule and its hint."""
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


def each(items: Iterable[tuple[Any, Callable[[], Any]]]) -> dict[Any, Any]:
    """Read every item, and raise what all of them complain of, each at its own key.

    `items` are pairs of a key and a function that reads the value behind it. A problem with
    the key itself goes to `(key, "[key]")`, as pydantic does for keys of mappings.
    """
    values: dict[Any, Any] = {}
    errors: list[InitErrorDetails] = []
    for key, read in items:
        try:
            values[key] = read()
        except PydanticCustomError as error:
            about_key = (error.context or {}).get("about_key", False)
            errors.append(
                {"type": error, "loc": (key, "[key]") if about_key else (key,), "input": None}
            )
    if errors:
        raise ValidationError.from_exception_data("value", errors)
    return values


def key_problem(rule: str, message: str, hint: str) -> PydanticCustomError:
    """Return an error about a key rather than about its value."""
    context = {"message": message, "hint": hint, "about_key": True}
    return PydanticCustomError(rule, "{message}", context)


def _text_of(value: Any, what: str, longest: int = 200) -> str:
    hint = f"write {_EXAMPLES.get(what, what)}"
    if isinstance(value, str):
        if len(value) > longest:
            raise problem("too-long", f"{what} is not {len(value):,} characters long", hint)
        return value.strip()
    shapes: dict[type[Any], str] = {dict: "a mapping", list: "a list"}
    shape = shapes.get(type(value), "nothing")
    raise problem("wrong-type", f"{what} is expected here, not {shape}", hint)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time: how long a day and a week are."""

    hours_per_day: float = 8.0
    days_per_week: float = 5.0

    def period_hours(self, unit: str) -> float:
        """Return the working hours in an hour, day, week, month, quarter or year."""
        week = self.hours_per_day * self.days_per_week
        return {
            "hour": 1.0,
            "day": self.hours_per_day,
            "week": week,
            "month": week * WEEKS_PER_MONTH,
            "quarter": week * 13,
            "year": week * 52,
        }[unit]


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of working time; parts are kept apart because days follow the calendar."""

    text: str
    fixed_hours: float = 0.0
    days: float = 0.0
    weeks: float = 0.0
    months: float = 0.0

    def hours(self, calendar: Calendar) -> float:
        """Return working hours on `calendar`."""
        days = self.days + (self.weeks + self.months * WEEKS_PER_MONTH) * calendar.days_per_week
        return self.fixed_hours + days * calendar.hours_per_day


@dataclass(frozen=True, slots=True)
class Estimate:
    """A duration, a range (uniform) or a least..likeliest..most estimate (triangular).

    The mean is `(a + b) / 2` or `(a + m + b) / 3`, the means of those distributions, so that
    a simulation converges to what is calculated.
    """

    text: str
    points: tuple[Duration, ...]
    """One, two or three durations, least first."""

    def hours(self, calendar: Calendar) -> float:
        """Return the mean in working hours on `calendar`."""
        if len(self.points) == 1:
            return self.points[0].hours(calendar)
        return sum(point.hours(calendar) for point in self.points) / len(self.points)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many items in a period of working time."""

    text: str
    count: float
    unit: str

    def per_hour(self, calendar: Calendar) -> float:
        """Return items per working hour on `calendar`."""
        return self.count / calendar.period_hours(self.unit)


@dataclass(frozen=True, slots=True)
class RelativeChange:
    """A change by a share of the value that it finds: -0.7 for `-70%`."""

    text: str
    share: float


def parse_duration(value: Any) -> Duration:
    """Read `30m`, `1d 4h`, `1.5d`, `0` or ISO 8601 such as `PT4H`."""
    return _duration(_text_of(value, "a duration"))


# People write the same few durations over and over; the values are frozen, so they are shared.
@lru_cache(maxsize=4_096)
def _duration(text: str) -> Duration:
    if text == "0":
        return Duration("0")
    totals = dict.fromkeys(("s", "m", "h", "d", "w", "mo"), 0.0)
    if text.startswith("P") and (match := _ISO.fullmatch(text)) and text[-1] not in "PT":
        months, weeks, days, _, hours, minutes, seconds = match.groups()
        parts = (seconds, minutes, hours, days, weeks, months)
        totals = dict(zip(totals, (float(part or 0) for part in parts), strict=True))
    else:
        position = 0
        for match in _PART.finditer(text):
            if match.start() != position:
                break
            totals[match[2]] += float(match[1])
            position = match.end()
        if position != len(text) or not text:
            raise _duration_problem(text)
    fixed = totals["h"] + totals["m"] / 60 + totals["s"] / 3600
    duration = Duration(text, fixed, totals["d"], totals["w"], totals["mo"])
    if duration.hours(Calendar(24.0, 7.0)) > _LONGEST_HOURS:
        raise problem("bad-duration", f"{_quoted(text)} is longer than a century", _UNITS_HINT)
    return duration


def _duration_problem(text: str) -> PydanticCustomError:
    if _BARE.fullmatch(text):
        return problem(
            "bad-duration",
            f"{_quoted(text)} has no unit, so it could be minutes or days",
            f"units are s, m, h, d, w and mo: write {text}h or {text}d, say",
        )
    if "," in text:
        return problem(
            "bad-duration",
            f"{_quoted(text)} has a comma",
            f"write the decimal with a point: {text.replace(',', '.')[:40]}",
        )
    if text.startswith("-"):
        return problem("bad-duration", f"{_quoted(text)} is less than nothing", _UNITS_HINT)
    compact = re.sub(r"\s+", "", text.lower())
    words = (
        ("months", "mo"), ("month", "mo"), ("weeks", "w"), ("week", "w"), ("days", "d"),
        ("day", "d"), ("hours", "h"), ("hour", "h"), ("hrs", "h"), ("hr", "h"),
        ("minutes", "m"), ("minute", "m"), ("mins", "m"), ("min", "m"),
        ("seconds", "s"), ("second", "s"), ("secs", "s"), ("sec", "s"),
    )  # fmt: skip
    for word, unit in words:
        compact = compact.replace(word, unit)
    if re.fullmatch(rf"(?:{_NUMBER}(?:mo|[smhdw]))+", compact):
        return problem(
            "bad-duration", f"{_quoted(text)} is not how a duration is written", f"write {compact}"
        )
    return problem("bad-duration", f"{_quoted(text)} is not a duration", _UNITS_HINT)


def parse_estimate(value: Any) -> Estimate:
    """Read a duration, `2h..8h` or `2h..4h..12h`, in order from least to most."""
    return _estimate(_text_of(value, "a duration"))


@lru_cache(maxsize=4_096)
def _estimate(text: str) -> Estimate:
    if ".." not in text:
        return Estimate(text, (parse_duration(text),))
    parts = text.split("..")
    # Three dots are a slip of the hand, not a range to a decimal without its 0.
    if len(parts) > 3 or "..." in text or not all(part.strip() for part in parts):
        raise problem(
            "bad-estimate",
            f"{_quoted(text)} is not an estimate",
            "write least..most or least..likeliest..most, such as 2h..8h or 2h..4h..12h",
        )
    points = tuple(parse_duration(part) for part in parts)
    lengths = [point.hours(Calendar()) for point in points]
    if lengths != sorted(lengths):
        ordered = [part.strip() for _, part in sorted(zip(lengths, parts, strict=True))]
        raise problem(
            "bad-estimate",
            f"{_quoted(text)} does not go from least to most",
            f"write {'..'.join(ordered)}",
        )
    return Estimate(text, points)


def parse_percent(value: Any) -> float:
    """Read `80%` or a number from 0 to 1 as a fraction from 0 to 1."""
    text = _text_of(value, "a percentage")
    if match := _PERCENT.fullmatch(text):
        share = float(match[1]) / 100
        hint = "a percentage goes from 0% to 100%"
    elif _BARE.fullmatch(text):
        share = float(text)
        hint = f"write {text}%, or a number from 0 to 1"
    else:
        raise problem(
            "bad-percent",
            f"{_quoted(text)} is not a percentage",
            "write 80%, or a number from 0 to 1 such as 0.8",
        )
    if share > 1:
        raise problem("bad-percent", f"{_quoted(text)} is more than 100 %", hint)
    return share


def parse_percents(value: Any) -> tuple[float, ...]:
    """Read one percentage, or a list of what several receivers say."""
    if isinstance(value, list):
        if not value:
            raise problem("bad-percent", "the list of percentages is empty", "write 80%")
        read = each((i, partial(parse_percent, item)) for i, item in enumerate(value))
        return tuple(read.values())
    return (parse_percent(value),)


_PERIODS = ("hour", "day", "week", "month", "quarter", "year")


def parse_rate(value: Any) -> Rate:
    """Read `12/month` or `920/day`."""
    text = _text_of(value, "a rate")
    hint = f"write items per period, such as 12/month (periods: {', '.join(_PERIODS)})"
    match = _RATE.fullmatch(text)
    if not match or match[2] not in _PERIODS:
        raise problem("bad-rate", f"{_quoted(text)} is not a rate", hint)
    if float(match[1]) == 0:
        raise problem("bad-rate", f"{_quoted(text)} is no rate at all", hint)
    return Rate(text, float(match[1]), match[2])


def parse_count(value: Any) -> int:
    """Read a whole number of at most nine digits."""
    text = _text_of(value, "a whole number")
    if not _WHOLE.fullmatch(text):
        raise problem(
            "bad-number", f"{_quoted(text)} is not a whole number", "write digits alone, such as 12"
        )
    return int(text)


def parse_positive(value: Any) -> int:
    """Read a whole number above 0."""
    count = parse_count(value)
    if count == 0:
        raise problem("bad-number", "0 is not possible here", "write 1 or more")
    return count


def parse_number(value: Any) -> float:
    """Read a plain decimal number."""
    text = _text_of(value, "a number")
    if not _BARE.fullmatch(text):
        raise problem("bad-number", f"{_quoted(text)} is not a number", "write 8 or 7.5, say")
    return float(text)


def parse_date(value: Any) -> date:
    """Read `2026-09-30`."""
    text = _text_of(value, "a date")
    match = _ISO_DATE.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise problem(
        "bad-date", f"{_quoted(text)} is not a date", "write year-month-day, such as 2026-09-30"
    )


def parse_relative(text: str) -> RelativeChange | None:
    """Read `-70%` or `+10%`; None where the text is no relative change."""
    match = _SIGNED_PERCENT.fullmatch(text.strip())
    if not match:
        return None
    share = float(match[2]) / 100
    return RelativeChange(text, -share if match[1] == "-" else share)


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str) -> str:
    """Return the slug nearest to `text`, or nothing where there is none."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].rstrip("-")


def parse_slug(value: Any) -> str:
    """Read lower-case letters and digits, joined by single hyphens."""
    text = _text_of(value, "a short name")
    if not _SLUG.fullmatch(text) or len(text) > 64:
        better = slugify(text)
        raise problem(
            "bad-slug",
            f"{_quoted(text)} cannot be a name that others refer to"
            if text
            else "a name is expected here, not nothing",
            f"write {better}"
            if better and better != text
            else "use at most 64 lower-case letters, digits and single hyphens",
        )
    return text


def one_of(what: str, choices: tuple[str, ...]) -> Callable[[Any], str]:
    """Return a reader of one word out of `choices`, which suggests the nearest."""

    def read(value: Any) -> str:
        text = _text_of(value, what)
        if text in choices:
            return text
        near = nearest(text, choices)
        listed = ", ".join(choices[:-1]) + " or " + choices[-1]
        raise problem(
            "bad-choice",
            f"{_quoted(text)} is not {what}",
            f"did you mean {near}? Possible are {listed}" if near else f"write {listed}",
        )

    return read


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """Return the known word that looks most like `word`, if any does."""
    from difflib import get_close_matches

    plain = word.strip().lower().replace("-", "_").replace(" ", "_")[:80]
    plainer = {name.lower().replace("-", "_"): name for name in known}
    found = get_close_matches(plain, plainer, n=1, cutoff=0.6)
    return plainer[found[0]] if found else None


def _text(longest: int) -> Any:
    def read(value: Any) -> str:
        text = _text_of(value, "text", sys.maxsize)
        if not text:
            raise problem(
                "empty-text", "nothing is written here", "write some text, or drop the key"
            )
        if len(text) > longest:
            raise problem(
                "too-long",
                f"this is {len(text):,} characters long",
                f"keep it under {longest:,}; longer prose belongs below the frontmatter",
            )
        return text

    return BeforeValidator(read)


Label = Annotated[str, _text(200)]
Sentence = Annotated[str, _text(2_000)]
Prose = Annotated[str, _text(20_000)]
Slug = Annotated[str, PlainValidator(parse_slug)]
Count = Annotated[int, PlainValidator(parse_count)]
Positive = Annotated[int, PlainValidator(parse_positive)]
Percent = Annotated[float, PlainValidator(parse_percent)]
Percents = Annotated[tuple[float, ...], PlainValidator(parse_percents)]
Time = Annotated[Estimate, PlainValidator(parse_estimate)]
Span = Annotated[Duration, PlainValidator(parse_duration)]
ItemRate = Annotated[Rate, PlainValidator(parse_rate)]
Day = Annotated[date, PlainValidator(parse_date)]

__all__ = [
    "Calendar", "Count", "Day", "Duration", "Estimate", "ItemRate", "Label", "Percent",
    "Percents", "Positive", "Prose", "Rate", "RelativeChange", "Sentence", "Slug", "Span",
    "Time",
]  # fmt: skip
