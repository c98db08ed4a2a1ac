"""A map of the story is changed value by value, and reads as people write it."""

from __future__ import annotations

from dataclasses import replace

from vsmdocs.demo.changes import (
    edited,
    flow,
    head,
    improvement,
    loop,
    planned,
    prose,
    seen,
    slip,
    step,
    targets,
    without_loop,
    without_step,
)
from vsmdocs.demo.delivery import DELIVERY
from vsmdocs.demo.map_text import WIDTH, MapText
from vsmdocs.reading import read_map

SMALL = edited(
    MapText(),
    head(title="Small"),
    step("build", process_time="2d", owner="Us", evidence="estimated"),
    step("review", wait_time="3d", process_time="2h"),
)


def test_the_text_is_a_map() -> None:
    map = edited(
        SMALL,
        flow("build -> review"),
        loop("review -> build", rate="20%", wait="1h"),
        improvement("limit", title="A limit", status="trial"),
        targets("metric: lead_time, at_most: 4d"),
        prose("", "First."),
        prose("Then", "Second.", "- One item\n- Another"),
    )
    assert map.text() == (
        "---\n"
        "title: Small\n"
        "\n"
        "steps:\n"
        "  - id: build\n"
        "    owner: Us\n"
        "    process_time: 2d\n"
        "    evidence: estimated\n"
        "\n"
        "  - id: review\n"
        "    process_time: 2h\n"
        "    wait_time: 3d\n"
        "\n"
        "flow:\n"
        "  - build -> review\n"
        "\n"
        "rework:\n"
        "  - {from: review, to: build, rate: 20%, wait: 1h}\n"
        "\n"
        "improvements:\n"
        "  - id: limit\n"
        "    title: A limit\n"
        "    status: trial\n"
        "\n"
        "targets:\n"
        "  - {metric: lead_time, at_most: 4d}\n"
        "---\n"
        "First.\n"
        "\n"
        "## Then\n"
        "\n"
        "Second.\n"
        "\n"
        "- One item\n"
        "- Another\n"
    )
    assert read_map("maps/small.md", map.text().encode()).map.title == "Small"


def test_no_value_is_lost_in_writing() -> None:
    """A key without a place in the text would be a value that the story only thinks it has."""
    text = DELIVERY.text()
    values = [*DELIVERY.head.items()]
    for one in (*DELIVERY.steps.values(), *DELIVERY.improvements.values()):
        values += [(key, value) for key, value in one.items() if key != "notes"]
    for key, value in values:
        assert f"{key}: {value}" in text


def test_a_step_is_changed_where_it_stands() -> None:
    map = edited(SMALL, step("build", process_time="1d", owner=None), step("test", after="build"))
    assert [*map.steps] == ["build", "test", "review"]
    assert map.steps["build"] == {"process_time": "1d", "evidence": "estimated"}
    assert [*edited(map, step("review", after="build")).steps] == ["build", "review", "test"]
    assert [*edited(map, without_step("build")).steps] == ["test", "review"]
    assert [*SMALL.steps] == ["build", "review"]


def test_evidence_is_given_for_one_number_or_for_all() -> None:
    map = edited(SMALL, seen("build", "process_time", "1d", "measured", "a log", "2026-01-02"))
    assert (
        "    process_time: 1d\n"
        "    evidence:\n"
        "      process_time: {grade: measured, source: a log, on: 2026-01-02}\n"
    ) in map.text()
    assert "      wait_time: estimated\n" in edited(map, step("build", wait_time="1h")).text()
    again = edited(map, planned("build", process_time="4h")).text()
    assert "    process_time: 4h\n    evidence: assumed\n" in again


def test_a_loop_can_be_given_up() -> None:
    map = edited(SMALL, loop("review -> build", rate="20%", reason="haste"))
    assert edited(map, loop("review -> build", rate="10%")).rework == {
        "review -> build": {"rate": "10%", "reason": "haste"}
    }
    assert edited(map, without_loop("review -> build")) == SMALL


def test_a_slip_is_mended_by_another() -> None:
    broken = edited(SMALL, slip("wait_time: 3d", "wait_time: 3"))
    assert broken.text() == SMALL.text().replace("3d", "3")
    assert edited(broken, slip("", "")) == SMALL


def test_long_text_is_broken_into_lines() -> None:
    map = edited(SMALL, step("build", notes="word " * 40), prose("", "- " + "word " * 40))
    lines = map.text().splitlines()
    assert "    notes: |" in lines
    assert max(len(line) for line in lines) <= WIDTH + 6
    assert lines[-1].startswith("  word")
    read = read_map("maps/small.md", map.text().encode()).map.steps[0]
    assert len((read.notes or "").split()) == 40


def test_changes_leave_the_map_they_are_made_to() -> None:
    before = replace(SMALL)
    edited(SMALL, head(owner="Them"), prose("", "Anything"), step("build", people="2"))
    assert before == SMALL
