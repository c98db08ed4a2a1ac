"""A value stream map as it was written: one definition for validation and for the rest.

Nothing here is calculated. References between the parts (flow, rework, improvements) are
checked in `vsmdocs.model.structure`, because they need the whole map.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from vsmdocs.model.units import (
    Calendar,
    Count,
    Day,
    Estimate,
    ItemRate,
    Label,
    Percent,
    Percents,
    Positive,
    Prose,
    RelativeChange,
    Sentence,
    Slug,
    Span,
    Time,
    each,
    key_problem,
    nearest,
    one_of,
    parse_count,
    parse_estimate,
    parse_number,
    parse_percent,
    parse_relative,
    problem,
)

StateName = Literal["current", "future", "ideal"]
StepKind = Literal["work", "approval", "queue"]
Automation = Literal["manual", "assisted", "automated"]
ValueClass = Literal["adding", "necessary", "waste"]
Grade = Literal["measured", "sampled", "estimated", "assumed"]
EdgeKind = Literal["push", "pull", "fifo"]
Status = Literal["idea", "trial", "adopted", "rejected"]
Waste = Literal[
    "partially-done",
    "extra-features",
    "relearning",
    "handoffs",
    "waiting",
    "task-switching",
    "defects",
    "unused-talent",
]
STATES: tuple[str, ...] = get_args(StateName)

TIME_METRICS = (
    "lead_time",
    "process_time",
    "wait_time",
    "effort",
    "labour",
    "expected_lead_time",
    "expected_process_time",
    "lead_time_sd",
    "takt_time",
)
RATIO_METRICS = ("activity_ratio", "value_adding_ratio", "complete_accurate", "first_pass")
COUNT_METRICS = ("handoffs", "approvals", "manual_steps", "rework_loops", "wip", "steps")
METRICS = (*TIME_METRICS, *RATIO_METRICS, *COUNT_METRICS)

MOST_STEPS = 1_000
CHANGEABLE = ("process_time", "wait_time", "lead_time", "complete_accurate", "people", "wip",
              "batch_size", "automation", "owner", "kind", "value", "capacity")  # fmt: skip


def _choice(what: str, literal: Any) -> Any:
    return BeforeValidator(one_of(what, get_args(literal)))


class _Part(BaseModel):
    # Validators are built when they are used: that of the map has those of its parts in it.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, value: Any) -> Any:
        """Take a known key with nothing behind it, such as `ended:`, for one not given."""
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {k: v for k, v in value.items() if v is not None or k not in known}


class Evidence(_Part):
    """How well a number is known, where it comes from and when that was."""

    grade: Annotated[Grade, _choice("a grade of evidence", Grade)]
    source: Sentence | None = None
    on: Day | None = None


EVIDENCE_NUMBERS = (
    "process_time",
    "wait_time",
    "lead_time",
    "complete_accurate",
    "people",
    "wip",
    "batch_size",
    "capacity",
)


def _evidence_shape(value: Any) -> Any:
    """Bring the ways of writing evidence into one: number (or "all") to grade."""
    if not isinstance(value, dict):
        return {"all": {"grade": value}}
    if "grade" in value:
        return {"all": value}

    def read(key: str) -> Any:
        if key not in EVIDENCE_NUMBERS:
            raise key_problem(
                "unknown-key",
                f"“{key[:60]}” is not a number that evidence can be given for",
                f"write grade, or one of {', '.join(EVIDENCE_NUMBERS)}",
            )
        return value[key] if isinstance(value[key], dict) else {"grade": value[key]}

    grades = each((key, partial(read, key)) for key in value)
    return {key: grade for key, grade in grades.items() if value[key] is not None}


EvidenceByNumber = Annotated[dict[str, Evidence], BeforeValidator(_evidence_shape)]


class Step(_Part):
    """One step of the stream, its times, quality and people."""

    id: Slug
    name: Label | None = None
    owner: Label | None = None
    kind: Annotated[StepKind, _choice("a kind of step", StepKind)] = "work"
    process_time: Time | None = None
    wait_time: Time | None = None
    lead_time: Time | None = None
    complete_accurate: Percents | None = None
    people: Positive | None = None
    wip: Count | None = None
    batch_size: Positive | None = None
    capacity: ItemRate | None = None
    automation: Annotated[Automation, _choice("a degree of automation", Automation)] | None = None
    value: Annotated[ValueClass, _choice("a class of value", ValueClass)] | None = None
    wastes: tuple[Annotated[Waste, _choice("a waste", Waste)], ...] = ()
    systems: tuple[Label, ...] = ()
    evidence: EvidenceByNumber | None = None
    notes: Prose | None = None

    @property
    def title(self) -> str:
        """The name, or one made from the id."""
        return self.name or self.id.replace("-", " ").capitalize()


class FlowEdge(_Part):
    """One edge in the long form: a wait on the way, a kind of arrow, a label."""

    source: Slug = Field(alias="from")
    target: Slug = Field(alias="to")
    wait: Time | None = None
    kind: Annotated[EdgeKind, _choice("a kind of arrow", EdgeKind)] | None = None
    label: Label | None = None


class Rework(_Part):
    """After `source`, `rate` of the items go back to `target` and come through again."""

    source: Slug = Field(alias="from")
    target: Slug = Field(alias="to")
    rate: Percent
    passes: Positive | None = None
    reason: Label | None = None
    wait: Time | None = None


class StepChange(_Part):
    """A new value for one number of one step, absolute or relative to what it finds."""

    step: str
    field: str
    value: str
    relative: RelativeChange | None = None


def _read_change(key: str, value: Any) -> StepChange:
    hint = "write step.number: value, such as review.wait_time: -70%"
    step, dot, field = key.partition(".")
    if not dot or field not in CHANGEABLE:
        near = nearest(field, CHANGEABLE) if dot else None
        raise key_problem(
            "bad-change",
            f"“{key[:60]}” names no number of a step",
            f"did you mean {step}.{near}?" if near else hint,
        )
    if not isinstance(value, str) or not value.strip():
        raise problem("bad-change", f"“{key[:60]}” has no new value", hint)
    if len(value) > 200:
        raise problem("too-long", f"a new value is not {len(value):,} characters long", hint)
    relative = parse_relative(value)
    if relative is None and field.endswith("_time"):
        parse_estimate(value)
    if relative is None and field == "complete_accurate":
        parse_percent(value)
    return StepChange(step=step, field=field, value=value.strip(), relative=relative)


def _read_changes(value: Any) -> tuple[StepChange, ...]:
    if not isinstance(value, dict) or not value:
        raise problem(
            "bad-change",
            "a change is a mapping of numbers to new values",
            "write {review.wait_time: -70%}, say",
        )
    return tuple(each((k, partial(_read_change, k, v)) for k, v in value.items()).values())


class Improvement(_Part):
    """A kaizen burst: what is being tried, where, by whom and how far it is."""

    id: Slug
    title: Label
    step: Slug | None = None
    owner: Label | None = None
    status: Annotated[Status, _choice("a status", Status)] = "idea"
    hypothesis: Sentence | None = None
    change: Annotated[tuple[StepChange, ...], PlainValidator(_read_changes)] = ()
    started: Day | None = None
    ended: Day | None = None
    effort: Span | None = None


def parse_metric_value(metric: str, value: Any) -> Estimate | float:
    """Read a value of the kind that `metric` has: a duration, a fraction or a number."""
    if metric in TIME_METRICS:
        return parse_estimate(value)
    if metric in RATIO_METRICS:
        return parse_percent(value)
    return float(parse_count(value))


_metric = one_of("a metric", METRICS)


class Target(_Part):
    """A budget that `check` holds the map to."""

    metric: Annotated[str, BeforeValidator(_metric)]
    at_most: Estimate | float | None = None
    at_least: Estimate | float | None = None
    by: Day | None = None

    @field_validator("at_most", "at_least", mode="before")
    @classmethod
    def _read_bound(cls, value: Any, info: ValidationInfo) -> Any:
        # Without a metric that was understood, the kind of the bound cannot be told.
        return parse_metric_value(info.data["metric"], value) if "metric" in info.data else None

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.at_most is None) == (self.at_least is None):
            raise problem(
                "bad-target",
                "a target has either at_most or at_least",
                "write at_most: 10d or at_least: 25%, say",
            )
        return self


def _read_stated(value: Any) -> dict[str, Estimate | float]:
    if not isinstance(value, dict):
        raise problem(
            "wrong-type",
            "stated totals are a mapping of metrics to values",
            "write {lead_time: 9.5w}, say",
        )

    def read(metric: str) -> Estimate | float | None:
        try:
            _metric(metric)
        except PydanticCustomError as error:
            context = error.context or {}
            raise key_problem(error.type, context["message"], context["hint"]) from None
        found = value[metric]
        return None if found is None else parse_metric_value(metric, found)

    totals = each((key, partial(read, key)) for key in value)
    return {key: total for key, total in totals.items() if total is not None}


def _read_calendar(value: Any) -> Calendar:
    limits = {"hours_per_day": 24.0, "days_per_week": 7.0}
    if not isinstance(value, dict):
        raise problem(
            "bad-calendar",
            "a calendar is a mapping",
            "write {hours_per_day: 8, days_per_week: 5}",
        )

    def read(key: str) -> float | None:
        if key not in limits:
            raise key_problem(
                "unknown-key",
                f"“{key[:60]}” is not a key of a calendar",
                "a calendar has hours_per_day and days_per_week",
            )
        if value[key] is None:
            return None
        number = parse_number(value[key])
        if not 0 < number <= limits[key]:
            raise problem(
                "bad-calendar",
                f"{key} cannot be {number:g}",
                f"write a number above 0 and up to {limits[key]:g}",
            )
        return number

    hours = each((key, partial(read, key)) for key in value)
    return Calendar(**{key: number for key, number in hours.items() if number is not None})


def _some_steps(value: Any) -> Any:
    if not isinstance(value, list):
        raise problem(
            "wrong-type",
            "steps are a list",
            "write one item a step: - id: build, on lines of its own",
        )
    if not 1 <= len(value) <= MOST_STEPS:
        raise problem(
            "no-steps" if not value else "too-many-steps",
            f"a map has from 1 to {MOST_STEPS} steps, this one has {len(value)}",
            "list the steps that the work goes through",
        )
    return value


def _flow_shape(value: Any) -> str | None:
    shapes: dict[type[Any], str] = {str: "line", dict: "edge", FlowEdge: "edge"}
    return shapes.get(type(value))


def _read_version(value: Any) -> int:
    if parse_count(value) != 1:
        raise problem(
            "schema-version",
            f"version {value} of the map format is not known here",
            "write 1, or update vsmdocs",
        )
    return 1


def _refuse(value: Any) -> Any:
    raise problem(
        "not-yet",
        "future states by extends and changes are not supported by this version",
        "write the future state as a whole map of its own, with its steps",
    )


FlowItem = Annotated[
    Annotated[Sentence, Tag("line")] | Annotated[FlowEdge, Tag("edge")],
    Discriminator(
        _flow_shape,
        custom_error_type="wrong-type",
        custom_error_message="a line of the flow is text or a mapping",
    ),
]


class ValueStreamMap(_Part):
    """A map: who answers for it, its steps, how they follow one another, what is planned."""

    schema_version: Annotated[int, PlainValidator(_read_version)] = 1
    title: Label
    owner: Label | None = None
    stream: Slug
    state: Annotated[StateName, _choice("a state", StateName)] = "current"
    variant: Slug | None = None
    unit: Label | None = None
    trigger: Label | None = None
    customer: Label | None = None
    outcome: Sentence | None = None
    demand: ItemRate | None = None
    calendar: Annotated[Calendar, PlainValidator(_read_calendar)] = Calendar()
    mapped_on: Day | None = None
    review_by: Day | None = None
    target_date: Day | None = None
    extends: Annotated[None, BeforeValidator(_refuse)] = None
    changes: Annotated[None, BeforeValidator(_refuse)] = None
    steps: Annotated[tuple[Step, ...], BeforeValidator(_some_steps)]
    flow: tuple[FlowItem, ...] | None = None
    rework: tuple[Rework, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    targets: tuple[Target, ...] = ()
    stated_totals: Annotated[dict[str, Estimate | float], PlainValidator(_read_stated)] = {}
    tags: tuple[Slug, ...] = ()

    @property
    def name(self) -> str:
        """State and variant in one word, such as `future-q2`; unique within the stream."""
        return f"{self.state}-{self.variant}" if self.variant else self.state

    @property
    def identity(self) -> tuple[str, str, str]:
        """What history follows: stream, state and variant."""
        return (self.stream, self.state, self.variant or "")
