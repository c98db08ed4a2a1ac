"""Random maps, random edits of them, and what a map means whatever its spelling."""

from __future__ import annotations

import copy
import re
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from tests.unit.model.strategies import drawn_maps
from vsmdocs.errors import CalculationError
from vsmdocs.model.flow import build_flow
from vsmdocs.model.metrics import measure
from vsmdocs.model.stream import FlowEdge, Step, StepChange, ValueStreamMap
from vsmdocs.model.structure import find_problems
from vsmdocs.model.times import step_times
from vsmdocs.model.units import Calendar, Estimate, parse_estimate

Data = dict[str, Any]


def meaning(stream_map: ValueStreamMap) -> Data:
    """Return what a map says: numbers in hours, order only where it counts."""
    calendar = stream_map.calendar
    flow = build_flow(stream_map)
    return {
        **{
            field: getattr(stream_map, field)
            for field in ("title", "owner", "unit", "trigger", "customer", "outcome", "calendar",
                          "mapped_on", "review_by", "target_date")
        },
        "demand": stream_map.demand and round(stream_map.demand.per_hour(calendar), 9),
        "steps": [_step(step, calendar) for step in stream_map.steps],
        "edges": {(e.source, e.target): _edge(e, stream_map) for e in flow.edges},
        "choices": sorted(
            (
                sorted(choice.sources),
                sorted(
                    {
                        (e.target, round(choice.shares[e.option], 9))
                        for e in flow.edges
                        if e.choice == index
                    }
                ),
            )
            for index, choice in enumerate(flow.choices)
        ),
        "rework": {
            (r.source, r.target): (
                round(r.rate, 9), r.passes, r.reason, _hours(r.wait, calendar) or (0.0,)
            )
            for r in stream_map.rework
        },
        "improvements": {
            item.id: (item.title, item.step, item.status, item.hypothesis, item.started,
                      [(c.step, c.field, _change(c, calendar)) for c in item.change])
            for item in stream_map.improvements
        },
        "targets": sorted((t.metric, _figure(t.at_most, calendar), _figure(t.at_least, calendar))
                          for t in stream_map.targets),
        "stated": {k: _figure(v, calendar) for k, v in stream_map.stated_totals.items()},
        "tags": set(stream_map.tags),
    }  # fmt: skip


def _step(step: Step, calendar: Calendar) -> Data:
    times = step_times(step, calendar)
    ranges = {
        field: _hours(value, calendar)
        for field in ("process_time", "wait_time", "lead_time")
        if (value := getattr(step, field)) and len(value.points) > 1
    }
    return {
        "id": step.id,
        "title": step.title,
        "times": [
            None if hours is None else round(hours, 6)
            for hours in (times.process, times.wait, times.lead)
        ],
        "ranges": ranges,
        "quality": step.complete_accurate,
        "lists": (set(step.wastes), set(step.systems)),
        "capacity": step.capacity and round(step.capacity.per_hour(calendar), 9),
        **{
            field: getattr(step, field)
            for field in ("owner", "kind", "people", "wip", "batch_size", "automation", "value",
                          "evidence", "notes")
        },
    }  # fmt: skip


def _edge(edge: Any, stream_map: ValueStreamMap) -> tuple[Any, ...]:
    items = (item for item in stream_map.flow or () if isinstance(item, FlowEdge))
    wait = next((i.wait for i in items if (i.source, i.target) == (edge.source, edge.target)), None)
    hours = _hours(wait, stream_map.calendar) or (0.0,)
    return round(edge.wait_hours, 6), hours, edge.kind, edge.label, edge.choice is not None


def _hours(value: Estimate | None, calendar: Calendar) -> tuple[float, ...] | None:
    if value is None:
        return None
    return tuple(round(point.hours(calendar), 6) for point in value.points)


def _change(change: StepChange, calendar: Calendar) -> float | str:
    if change.relative or not change.field.endswith("_time"):
        return change.value
    return parse_estimate(change.value).hours(calendar)


def _figure(value: Estimate | float | None, calendar: Calendar) -> tuple[float, ...]:
    if isinstance(value, Estimate):
        return _hours(value, calendar) or ()
    return () if value is None else (value,)


def usable(data: Data) -> ValueStreamMap | None:
    """Return the map where it is one that can be calculated."""
    stream_map = ValueStreamMap.model_validate(data)
    if find_problems(stream_map):
        return None
    try:
        measure(stream_map)
    except CalculationError:
        return None
    return stream_map


TIMES = st.sampled_from(["0h", "1h", "60m", "2h", "8h", "1d", "3d", "2h..4h", "1h..2h..9h", "2d"])
WORDS: dict[str, list[Any]] = {
    "name": ["Code review", "Review", "Build it", "Sign off", "Ship"],
    "owner": ["Ops", "Legal", "Engineering"],
    "kind": ["work", "approval", "queue"],
    "complete_accurate": ["80%", "0.8", "100%", "0%", ["90%", "50%"]],
    "people": ["1", "4"],
    "wip": ["0", "7"],
    "capacity": ["10/day", "50/week", "1/hour"],
    "automation": ["manual", "automated"],
    "value": ["adding", "waste"],
    "wastes": [["waiting", "defects"], ["defects", "waiting"], ["relearning"]],
    "systems": [["Jira"], ["Git", "Jira"]],
    "evidence": ["measured", {"wip": "assumed"}],
    "notes": ["One.", "Two."],
}
MAP_WORDS: dict[str, list[Any]] = {
    "title": ["Delivery", "Support"],
    "owner": ["Payments"],
    "demand": ["10/day", "50/week"],
    "calendar": [{"hours_per_day": "6"}, {"hours_per_day": "8", "days_per_week": "5"}],
    "review_by": ["2027-01-01"],
    "targets": [[{"metric": "lead_time", "at_most": "10d"}], [{"metric": "wip", "at_least": "3"}]],
    "stated_totals": [{"lead_time": "80h"}, {"lead_time": "10d"}, {"activity_ratio": "10%"}],
    "tags": [["a", "b"], ["b", "a"], ["c"]],
}


@st.composite
def maps(draw: st.DrawFn) -> Data:
    """Draw the keys of a map, whose flow is written out or follows its steps."""
    data = draw(drawn_maps(most_steps=6)).data()
    if draw(st.booleans()):
        del data["flow"]
    for step in data["steps"]:
        for _ in range(draw(st.integers(0, 3))):
            _word(draw, step, WORDS)
        if draw(st.booleans()):
            _times(draw, step)
    for _ in range(draw(st.integers(0, 2))):
        _word(draw, data, MAP_WORDS)
    if draw(st.booleans()):
        _improve(draw, data)
    return data


def _word(draw: st.DrawFn, where: Data, words: dict[str, list[Any]]) -> None:
    key = draw(st.sampled_from(sorted(words)))
    where[key] = draw(st.sampled_from(words[key]))


def _times(draw: st.DrawFn, step: Data) -> None:
    for key in ("process_time", "wait_time", "lead_time"):
        step.pop(key, None)
    for key in draw(st.sets(st.sampled_from(["process_time", "wait_time", "lead_time"]))):
        step[key] = draw(TIMES)


def _improve(draw: st.DrawFn, data: Data) -> None:
    items = data.setdefault("improvements", [])
    name = draw(st.sampled_from(["sla", "pairing"]))
    if name in [item["id"] for item in items]:
        items[:] = [item for item in items if item["id"] != name]
        if draw(st.booleans()):
            return
    step = draw(st.sampled_from(data["steps"]))["id"]
    status = draw(st.sampled_from(["idea", "trial", "adopted", "rejected"]))
    change = {f"{step}.wait_time": draw(st.sampled_from(["-70%", "8h", "1d"]))}
    items.append({"id": name, "title": "T", "step": step, "status": status, "change": change})


@st.composite
def edited(draw: st.DrawFn, data: Data) -> Data:
    """Draw the same map after up to five edits."""
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(0, 5))):
        draw(st.sampled_from(_EDITS))(draw, data)
    return data


def _edit_step(draw: st.DrawFn, data: Data) -> None:
    step = draw(st.sampled_from(data["steps"]))
    if draw(st.booleans()):
        _word(draw, step, WORDS)
    else:
        step[draw(st.sampled_from(["process_time", "wait_time"]))] = draw(TIMES)


def _edit_times(draw: st.DrawFn, data: Data) -> None:
    _times(draw, draw(st.sampled_from(data["steps"])))


def _edit_map(draw: st.DrawFn, data: Data) -> None:
    _word(draw, data, MAP_WORDS)


def _move(draw: st.DrawFn, data: Data) -> None:
    step = data["steps"].pop(draw(st.integers(0, len(data["steps"]) - 1)))
    data["steps"].insert(draw(st.integers(0, len(data["steps"]))), step)


def _add(draw: st.DrawFn, data: Data) -> None:
    name = draw(st.sampled_from(["new", "newer", "newest"]))
    if name in [step["id"] for step in data["steps"]]:
        return
    place = draw(st.integers(0, len(data["steps"])))
    data["steps"].insert(place, {"id": name, "process_time": draw(TIMES)})
    if "flow" in data:
        others = [step["id"] for step in data["steps"] if step["id"] != name]
        before = draw(st.sampled_from([*others, None]))
        after = draw(st.sampled_from([*others, None]))
        chain = [step for step in (before, name, after) if step]
        line = f"{before} -> {after}"
        if line in data["flow"] and draw(st.booleans()):
            data["flow"].remove(line)
        data["flow"].append(" -> ".join(chain))


def _remove(draw: st.DrawFn, data: Data) -> None:
    if len(data["steps"]) == 1:
        return
    step = data["steps"].pop(draw(st.integers(0, len(data["steps"]) - 1)))["id"]
    data["rework"] = [r for r in data["rework"] if step not in (r["from"], r["to"])]
    data["improvements"] = [i for i in data.get("improvements", []) if i["step"] != step]
    if "flow" in data:
        _unflow(draw, data, step)


def _unflow(draw: st.DrawFn, data: Data, step: str) -> None:
    """Take a step out of the plain ways, joining its neighbours up or not."""
    before: list[str] = []
    after: list[str] = []
    kept: list[Any] = []
    for item in data["flow"]:
        names = [item["from"], item["to"]] if isinstance(item, dict) else item.split(" -> ")
        if "[" in names[-1] or step not in names:
            kept.append(item)
        elif len(names) == 2:
            (before if names[1] == step else after).append(names[names[0] == step])
    if draw(st.booleans()):
        kept += [f"{one} -> {other}" for one in before for other in after]
    left = {other["id"] for other in data["steps"]}
    data["flow"] = kept + sorted(left)


def _rename(draw: st.DrawFn, data: Data) -> None:
    step = draw(st.sampled_from(data["steps"]))
    old, new = step["id"], f"{step['id']}-again"
    word = re.compile(rf"(?<![\w-]){old}(?![\w-])")

    def refer(value: Any) -> Any:
        if isinstance(value, dict):
            return {refer(key): refer(item) for key, item in value.items()}
        if isinstance(value, list):
            return [refer(item) for item in value]
        return word.sub(new, value)

    for key in ("flow", "rework", "improvements"):
        if key in data:
            data[key] = refer(data[key])
    step["id"] = new


def _rewire(draw: st.DrawFn, data: Data) -> None:
    names = [step["id"] for step in data["steps"]]
    if "flow" not in data:
        data["flow"] = [" -> ".join(names)]
        return
    kind = draw(st.sampled_from(["drop", "draw", "wait", "none"]))
    pair = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    if kind == "drop" and data["flow"]:
        data["flow"].pop(draw(st.integers(0, len(data["flow"]) - 1)))
        data["flow"] += names
    elif kind == "draw":
        data["flow"].append(" -> ".join(pair))
    elif kind == "wait":
        words = {"wait": ["1d", "8h", "3h"], "label": ["x", "y"], "kind": ["push", "fifo"]}
        drawn = {key: draw(st.sampled_from(values)) for key, values in words.items()}
        data["flow"].append({"from": pair[0], "to": pair[1], **drawn})
    else:
        del data["flow"]


def _share(draw: st.DrawFn, data: Data) -> None:
    """Give two alternatives other shares, or make them parallel."""
    for index, item in enumerate(data.get("flow", [])):
        if isinstance(item, str) and "[" in item and item.count("%") == 2:
            first, second = re.findall(r"[\[ ]([\w-]+) \d+%", item)
            source = item.split(" -> ")[0]
            share = draw(st.sampled_from([0, 20, 50]))
            shares = f"[{first} {share}%, {second} {100 - share}%]"
            options = draw(st.sampled_from([shares, f"[{first}, {second}]"]))
            data["flow"][index] = f"{source} -> {options}"


def _loop(draw: st.DrawFn, data: Data) -> None:
    loops = data["rework"]
    if loops and draw(st.booleans()):
        loop = draw(st.sampled_from(loops))
        if draw(st.booleans()):
            loops.remove(loop)
        else:
            loop["rate"] = draw(st.sampled_from(["10%", "0%", "0.1", "60%"]))
            loop["passes"] = draw(st.sampled_from(["1", "2"]))
    else:
        names = [step["id"] for step in data["steps"]]
        pair = {"from": draw(st.sampled_from(names)), "to": draw(st.sampled_from(names))}
        loops.append({**pair, "rate": "20%", "reason": draw(st.sampled_from(["r", "s"]))})


_EDITS = [
    _edit_step, _edit_step, _edit_times, _edit_map, _move, _add, _remove, _rename, _rewire,
    _rewire, _share, _loop, _improve,
]  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[ValueStreamMap, ValueStreamMap]:
    """Draw two maps that can be calculated: one and its edit, or two of their own."""
    data = draw(maps())
    other = draw(st.one_of(edited(data), edited(data), maps()))
    base, head = usable(data), usable(other)
    if base is None:
        base = head
    if head is None:
        head = base
    if base is None or head is None:
        reject()
    return base, head
