"""A map's figures as JSON, as CSV and as a table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Golden
from tests.unit.model.strategies import make
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.reading.reader import read_map
from vsmdocs.rendering.metrics_csv import metrics_csv
from vsmdocs.rendering.metrics_json import metrics_json, stream_json
from vsmdocs.rendering.metrics_table import metrics_table, width

CASES = Path(__file__).parents[2] / "cases"
EVERYTHING = """---
title: Überprüfung – 変更の承認, with everything
stream: everything
state: future
variant: q2
calendar: {hours_per_day: 7.5, days_per_week: 5}
demand: 12/month
steps:
  - {id: wish, name: 要望の受付, owner: 顧客, kind: queue, wait_time: 3d, wip: 12}
  - {id: build, owner: Engineering, process_time: 2h..4h..12h, wait_time: 1d, people: 2,
     complete_accurate: 80%, value: adding, capacity: 1/day, automation: manual}
  - {id: test, owner: QA, process_time: 1d, wait_time: 2d, people: 1, complete_accurate: [90%, 0.8]}
  - {id: approve, name: "=SUM(A1)", owner: "@board", kind: approval, wait_time: 1d}
  - {id: hotfix, owner: Engineering, process_time: 10m, capacity: 1/month}
  - {id: deploy, owner: Engineering, process_time: 5m, automation: automated}
flow:
  - wish -> [build 90%, hotfix 10%]
  - build -> [test, approve]
  - {from: test, to: deploy, wait: 1h, kind: pull}
  - approve -> deploy
  - hotfix -> deploy
rework:
  - {from: test, to: build, rate: 25%, wait: 1d}
  - {from: deploy, to: build, rate: 5%, passes: 1}
---
"""

Measured = tuple[ValueStreamMap, StreamMetrics]


def case(name: str, state: str = "current") -> Measured:
    data = (CASES / name / f"{state}.md").read_bytes()
    stream_map = read_map(f"maps/{name}/{state}.md", data).map
    return stream_map, measure(stream_map)


def everything() -> Measured:
    stream_map = read_map("maps/everything/future-q2.md", EVERYTHING.encode()).map
    return stream_map, measure(stream_map)


def titled(title: str) -> Measured:
    stream_map = make("a", **{"title": title})
    return stream_map, measure(stream_map)


@pytest.mark.parametrize("name", ["lean-enterprise", "norn-rework", "everything"])
def test_goldens(name: str, golden: Golden) -> None:
    stream_map, metrics = everything() if name == "everything" else case(name)
    golden(f"metrics-{name}", "metrics.json", metrics_json(stream_map, metrics))
    golden(f"metrics-{name}", "metrics.csv", metrics_csv([(stream_map, metrics)]))
    golden(f"metrics-{name}", "metrics.txt", metrics_table(stream_map, metrics))


def test_a_stream_is_several_rows_and_objects(golden: Golden) -> None:
    maps = [case("rise8-basic"), case("rise8-basic", "future")]
    golden("metrics-stream", "metrics.csv", metrics_csv(maps))
    whole = json.loads(stream_json("rise8-basic", maps))
    assert whole["stream"] == "rise8-basic"
    objects = whole["maps"]
    assert [entry["state"] for entry in objects] == ["current", "future"]
    assert objects[0] == json.loads(metrics_json(*maps[0]))


def test_the_names_of_the_contract() -> None:
    document = json.loads(metrics_json(*everything()))
    assert list(document) == [
        "stream", "state", "variant", "title", "calendar", "totals", "steps", "stuck",
    ]  # fmt: skip
    totals = {
        "lead_time_hours", "process_time_hours", "wait_time_hours", "effort_hours",
        "labour_hours", "activity_ratio", "value_adding_ratio", "complete_accurate",
        "critical_path", "expected_lead_time_hours", "expected_process_time_hours",
        "lead_time_sd_hours", "first_pass", "handoffs", "approvals", "manual_steps",
        "rework_loops", "wip", "littles_law_lead_time_hours", "takt_time_hours", "constraint",
        "lead_time_left_out",
    }  # fmt: skip
    assert totals <= set(document["totals"])
    assert list(document["steps"][0]) == [
        "id", "name", "owner", "kind", "process_time_hours", "wait_time_hours",
        "lead_time_hours", "complete_accurate", "visits", "share", "on_critical_path",
        "slack_hours", "utilisation",
    ]  # fmt: skip
    assert list(document["stuck"][0]) == ["kind", "step", "to", "hours", "gain_hours", "share"]


def test_noise_does_not_show() -> None:
    steps: list[dict[str, Any]] = [
        {"id": "a", "process_time": "0.1h"},
        {"id": "b", "process_time": "0.2h"},
    ]
    stream_map = make(steps)
    text = metrics_json(stream_map, measure(stream_map))
    assert '"lead_time_hours": 0.3,' in text
    assert '"complete_accurate": null,' in text


@pytest.mark.parametrize("sign", "=+-@")
def test_no_cell_is_a_formula(sign: str) -> None:
    text = metrics_csv([titled(f'{sign}cmd|" /C calc"!A0')])
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title"] == f'\'{sign}cmd|" /C calc"!A0'


def test_csv_without_maps_is_nothing() -> None:
    assert metrics_csv([]) == ""


def test_the_table_keeps_to_its_columns() -> None:
    lines = metrics_table(*everything()).splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("Step"))
    owners = ["Owner", "顧客", "Engineering", "QA", "@board"]
    places = {
        width(line[: line.index(owner)])
        for line, owner in zip(lines[begin : begin + 5], owners, strict=True)
    }
    assert len(places) == 1
    assert all(line == line.rstrip() for line in lines)


def test_the_table_never_controls_the_terminal() -> None:
    stream_map, metrics = titled("x")
    evil = stream_map.model_copy(update={"title": "\x1b[31mred\x07"})
    assert "\x1b" not in metrics_table(evil, metrics)
    assert "\\u001b[31mred\\u0007" in metrics_table(evil, metrics)


def test_long_names_are_cut() -> None:
    long = make([{"id": "a", "name": "名" * 100, "process_time": "1h"}])
    table = metrics_table(long, measure(long))
    assert max(width(line) for line in table.splitlines()) < 110
    assert "…" in table


def test_unknown_times_are_said() -> None:
    partial = make([{"id": "a", "process_time": "1h"}, {"id": "b"}, {"id": "c", "wait_time": "1d"}])
    table = metrics_table(partial, measure(partial)).replace("\u00a0", " ")
    assert "Lead time       1 h without 2 steps of unknown time" in table
    assert "Activity ratio  unknown" in table
