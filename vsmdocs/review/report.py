"""The report: everything that a comment says about a change, as data with a version.

One definition serves both ends. `vsmdocs review` writes a report in a job that runs code of
whoever opened the pull request; `vsmdocs comment` reads it where a token is at hand. So it is
read as if an enemy had written it: exactly these keys, lengths with an end, numbers with one
too, and everything that is shown is put into words again from what stands here.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vsmdocs.analysis.diff import Kind
from vsmdocs.errors import Severity, VsmdocsError

SCHEMA_VERSION = 1
MOST_BYTES = 5_000_000
MOST_ROWS = 1000
"""Maps, changes of one map, or findings."""
MOST_PIECES = 60
PIECE, LINE, PATH = 300, 1000, 1000
"""The most characters of a part of a sentence, of a sentence, and of a path."""
LEAST_HOURS_PER_DAY = 0.01

Status = Literal["added", "removed", "changed", "unreadable"]
STATUSES: tuple[Status, ...] = get_args(Status)

_Name = Annotated[str, Field(max_length=LINE)]
_Path = Annotated[str, Field(max_length=PATH)]
_Count = Annotated[int, Field(ge=0, le=10**9)]
_Hours = Annotated[float, Field(ge=0, le=1e15)]
_Fraction = Annotated[float, Field(ge=0, le=1e6)]
_HoursChange = Annotated[float, Field(ge=-1e15, le=1e15)]
_FractionChange = Annotated[float, Field(ge=-1e6, le=1e6)]
_Commit = Annotated[str, Field(pattern=r"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class SentencePart(_Part):
    """A part of a sentence; `said` is text out of a map."""

    text: Annotated[str, Field(max_length=PIECE)]
    said: bool = False


Sentence = Annotated[tuple[SentencePart, ...], Field(max_length=MOST_PIECES)]


class Figures(_Part):
    """The four figures of a map; of a time, whether steps without one are left out of it."""

    lead_time_hours: _Hours | None
    expected_lead_time_hours: _Hours | None
    activity_ratio: _Fraction | None
    complete_accurate: _Fraction | None
    lead_time_left_out: _Count
    hours_per_day: Annotated[float, Field(ge=LEAST_HOURS_PER_DAY, le=24)]


class FigureChange(_Part):
    """By how much the four figures change; null where nobody knows."""

    lead_time_hours: _HoursChange | None
    expected_lead_time_hours: _HoursChange | None
    activity_ratio: _FractionChange | None
    complete_accurate: _FractionChange | None


class MapChange(_Part):
    """One change of a map in the terms of the stream, with what it did."""

    kind: Kind
    step: _Name | None
    to: _Name | None
    improvement: _Name | None
    field: _Name | None
    place: Sentence
    text: Sentence
    note: Sentence
    effect: FigureChange | None
    """Null where it is counted with that of a later change."""


class MapReport(_Part):
    """One map that changed, came, went or cannot be read."""

    stream: _Name | None
    state: _Name | None
    variant: _Name | None
    path: _Path
    title: _Name | None
    status: Status
    headline: Sentence
    before: Figures | None
    after: Figures | None
    change: FigureChange | None
    changes: Annotated[tuple[MapChange, ...], Field(max_length=MOST_ROWS)]
    changes_left_out: _Count


class FindingReport(_Part):
    """One thing that this change brings in, at its place."""

    path: _Path
    line: _Count
    column: _Count
    rule: _Name
    severity: Severity
    message: _Name
    hint: _Name


class Counts(_Part):
    """How many there are, those left out of the lists included."""

    added: _Count
    removed: _Count
    changed: _Count
    unreadable: _Count
    error: _Count
    warning: _Count
    info: _Count


class Report(_Part):
    """What lies between two commits; the newer one is null where it is the working tree."""

    schema_version: Annotated[int, Field(ge=SCHEMA_VERSION, le=SCHEMA_VERSION)]
    base: _Commit
    head: _Commit | None
    counts: Counts
    maps: Annotated[tuple[MapReport, ...], Field(max_length=MOST_ROWS)]
    maps_left_out: _Count
    findings: Annotated[tuple[FindingReport, ...], Field(max_length=MOST_ROWS)]
    findings_left_out: _Count


class InvalidReport(VsmdocsError):
    """A file that is no report; the message says where it is not, in our words alone."""


def report_json(report: Report) -> str:
    """Return the report as JSON with a line feed at its end.

    It is ASCII, and has no `##[` that a log would obey if somebody printed it.
    """
    import json

    text = json.dumps(report.model_dump(mode="json"), indent=1, allow_nan=False)
    return text.replace("##[", "##\\u005b") + "\n"


def read_report(data: bytes) -> Report:
    """Read a report that anyone may have written.

    Raises
    ------
    InvalidReport
        When it is none, with the first reason.
    """
    if len(data) > MOST_BYTES:
        raise InvalidReport(f"the report is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        return Report.model_validate_json(data)
    except ValidationError as error:
        raise InvalidReport(_reason(error)) from None


def _reason(error: ValidationError) -> str:
    """Return the first reason; names of keys and values stay out of it, for anyone wrote them."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return "the report is not valid JSON"
    known = _keys()
    parts = [f"[{key}]" if isinstance(key, int) else f".{key}" if key in known else ".?"
             for key in first["loc"]]  # fmt: skip
    place = "".join(parts).removeprefix(".") or "the report"
    why = _REASONS.get(first["type"], "is not what a report has there")
    if place == "schema_version":
        return f"this is no report of version {SCHEMA_VERSION}: use the same vsmdocs for both ends"
    return f"{place} {why}"


_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is no key of a report",
    "string_too_long": "is too long",
    "too_long": "has too many entries",
    "finite_number": "is no finite number",
}


def _keys() -> set[str]:
    models = (SentencePart, Figures, FigureChange, MapChange, MapReport, FindingReport, Counts)
    return {name for model in (*models, Report) for name in model.model_fields}
