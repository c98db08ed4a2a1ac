"""The report as data: what is read is exactly what is written, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.model.strategies import make
from tests.unit.review.reports import NEW, OLD, data, everything
from tests.unit.review.safe_markdown import assert_no_commands
from vsmdocs.analysis.diff import diff
from vsmdocs.errors import Finding
from vsmdocs.review.make import make_report
from vsmdocs.review.report import MOST_BYTES, MOST_ROWS, InvalidReport, read_report, report_json

Change = Callable[[dict[str, Any]], object]


def refused(text: bytes) -> str:
    with pytest.raises(InvalidReport) as caught:
        read_report(text)
    message = str(caught.value)
    assert_no_commands(message)
    assert "\n" not in message
    assert "EVIL" not in message
    return message


def test_written_and_read() -> None:
    report = everything()
    assert read_report(report_json(report).encode()) == report
    assert report.counts.model_dump() == {
        "added": 1, "removed": 1, "changed": 3, "unreadable": 2,
        "error": 1, "warning": 1, "info": 1,
    }  # fmt: skip


def test_order_is_by_weight() -> None:
    names = [one.path.split("/")[1] for one in everything().maps]
    assert names[:2] == ["bad", "was"]
    assert names.index("feature-delivery") < names.index("import")
    assert names[-1] == "import"


def test_the_four_figures() -> None:
    one = next(m for m in everything().maps if m.path == "maps/feature-delivery/current.md")
    assert one.before
    assert one.after
    assert one.change
    for key in ("lead_time_hours", "expected_lead_time_hours", "activity_ratio"):
        before, after, change = (getattr(side, key) for side in (one.before, one.after, one.change))
        assert after - before == pytest.approx(change)
    assert (one.before.lead_time_hours, one.after.complete_accurate) == (123.5, 0.63)
    for key in ("lead_time_hours", "activity_ratio"):
        parts = [getattr(c.effect, key) for c in one.changes if c.effect]
        assert sum(parts) == pytest.approx(getattr(one.change, key))


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[", b"[" * 200_000, b'{"a":' * 50_000, b"\xff\xfe", b"\x00", b"1e999", b"NaN",
     b"[]", b"null", b'"EVIL"', b"{}", b'{"schema_version": 2}', b'{"\\ud800": 1}',
     b'{"::error::EVIL": 1}', b" " * (MOST_BYTES + 1)],
    ids=range(17),
)  # fmt: skip
def test_no_report_at_all(text: bytes) -> None:
    assert "report" in refused(text)


def set_in(*path: Any) -> Change:
    """Return what sets a value: the path to it, and the value last."""

    def change(values: dict[str, Any]) -> None:
        *keys, last, value = path
        place: Any = values
        for key in keys:
            place = place[key]
        place[last] = value

    return change


LONG = "EVIL" * 300


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (set_in("schema_version", 2), "no report of version 1"),
        (set_in("schema_version", "1"), "no report of version 1"),
        (set_in("schema_version", True), "no report of version 1"),
        (set_in("EVIL ##[x]\n::error::", 1), "? is no key of a report"),
        (set_in("base", "main"), "base is not"),
        (set_in("base", OLD + "\n"), "base is not"),
        (set_in("base", OLD.upper()), "base is not"),
        (set_in("head", 5), "head is not"),
        (set_in("maps", {}), "maps is not"),
        (set_in("maps", 4, "title", LONG), "maps[4].title is too long"),
        (set_in("maps", 4, "path", LONG), "maps[4].path is too long"),
        (set_in("maps", 4, "status", "EVIL"), "maps[4].status is not"),
        (set_in("maps", 4, "change", "lead_time_hours", float("nan")), "change.lead_time_hours"),
        (set_in("maps", 4, "change", "lead_time_hours", float("inf")), "change.lead_time_hours"),
        (set_in("maps", 4, "change", "lead_time_hours", 1e16), "change.lead_time_hours"),
        (set_in("maps", 4, "before", "hours_per_day", 1e-300), "before.hours_per_day"),
        (set_in("maps", 4, "before", "activity_ratio", "1"), "before.activity_ratio"),
        (set_in("maps", 4, "before", "lead_time_left_out", -1), "lead_time_left_out"),
        (set_in("maps", 4, "before", "lead_time_left_out", 10**400), "lead_time_left_out"),
        (set_in("maps", 4, "changes", 0, "kind", "EVIL"), "changes[0].kind"),
        (set_in("maps", 4, "headline", [{"text": "x"}] * 61), "headline has too many"),
        (set_in("maps", 4, "headline", [{"text": "x" * 301}]), "text is too long"),
        (set_in("maps", 4, "headline", [{"text": "x", "said": "yes"}]), "said is not"),
        (set_in("findings", [{}]), "findings[0].path is missing"),
        (set_in("findings", 0, "severity", "EVIL"), "findings[0].severity"),
        (set_in("findings", 0, "line", 1.5), "findings[0].line"),
        (set_in("findings", 0, "message", ["EVIL"]), "findings[0].message"),
        (set_in("counts", None), "counts is not"),
        (lambda v: v["findings"].extend(v["findings"] * MOST_ROWS), "too many entries"),
        (lambda v: v.pop("counts"), "counts is missing"),
    ],
    ids=range(30),
)  # fmt: skip
def test_anything_else_is_refused(change: Change, says: str) -> None:
    values = copy.deepcopy(data(everything()))
    change(values)
    assert says in refused(json.dumps(values).encode())


def test_lone_surrogates_are_refused() -> None:
    values = data(everything())
    values["maps"][2]["title"] = "\ud800"
    refused(json.dumps(values).encode())


def test_long_texts_are_cut() -> None:
    long = "x" * 5_000
    finding = Finding(f"maps/{long}.md", 1, 1, "rule", "error", long, long)
    report = make_report(OLD, NEW, [], {f"maps/{long}.md": True}, [finding])
    assert read_report(report_json(report).encode()) == report
    assert report.findings[0].message.endswith("x…")
    assert len(report.findings[0].message) == 1000


def test_many_rows_are_cut_and_counted() -> None:
    wide = "\U0001f600" * 180
    base = make([{"id": f"s{n}", "process_time": "1h"} for n in range(400)], title=wide)
    head = make([{"id": f"s{n}", "process_time": "2h", "name": wide} for n in range(400)])
    found = diff(base, head)
    findings = [Finding("maps/a.md", n, 1, "rule", "warning", wide * 5) for n in range(1, 3000)]
    findings += [Finding("maps/a.md", 1, 1, "rule", "error", "worst")]
    report = make_report(OLD, NEW, [(f"maps/{n}.md", found) for n in range(9)], {}, findings)
    made = report_json(report)
    assert len(made) <= MOST_BYTES
    assert read_report(made.encode()) == report
    assert report.counts.changed == 9
    assert len(report.maps) + report.maps_left_out == 9
    one = report.maps[0]
    assert len(one.changes) + one.changes_left_out == len(found.changes)
    assert len(report.findings) + report.findings_left_out == 3000
    assert report.findings[0].message == "worst"
    assert one.changes_left_out
    assert report.findings_left_out


def test_figures_beyond_all_bounds() -> None:
    base = make([{"id": "a", "process_time": "900000h"}] +
                [{"id": f"b{n}", "wait_time": "900000h"} for n in range(300)],
                rework=[{"from": "b1", "to": "a", "rate": "99.9999%"}])  # fmt: skip
    report = make_report(OLD, NEW, [("maps/a.md", diff(base, make("a")))], {}, [])
    assert read_report(report_json(report).encode()) == report
