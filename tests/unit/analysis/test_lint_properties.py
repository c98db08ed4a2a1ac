"""All rules over random maps: they never fail, and never talk too much."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.examples import TODAY
from tests.unit.model.strategies import Drawn, drawn_maps
from vsmdocs.analysis.lint import run
from vsmdocs.analysis.lint.catalogue import RULES
from vsmdocs.reading.reader import MapDocument, read_map

WASTE = {rule.id for rule in RULES if rule.group == "waste"}
EXTRAS: dict[str, list[Any]] = {
    "owner": ["A", "B"],
    "kind": ["work", "approval"],
    "automation": ["manual", "automated"],
    "complete_accurate": ["0%", "50%", "100%"],
    "batch_size": ["1", "7"],
    "wip": ["0", "30"],
    "evidence": ["assumed", "measured"],
    "name": ["Release", "Deploy to production"],
}
extras = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in EXTRAS.items()})


@st.composite
def documents(draw: st.DrawFn, state: str) -> MapDocument:
    """Draw a map of a state as a file."""
    drawn: Drawn = draw(drawn_maps())
    data = drawn.data() | draw(st.sampled_from([{}, {"demand": "3/day"}]))
    for step in data["steps"]:
        step |= draw(extras)
    return read_map(f"maps/s/{state}.md", f"---\n{json.dumps(data)}\n---\n".encode())


@given(documents("current"), documents("future"))
def test_every_map_can_be_judged(current: MapDocument, future: MapDocument) -> None:
    findings = run([current, future], TODAY)
    assert findings == sorted(findings)
    known = {rule.id: rule for rule in RULES}
    for finding in findings:
        assert finding.rule in known
        assert finding.line == 2
        assert 0 < finding.column < finding.end_column
        assert finding.message
        assert finding.hint
        assert not {"nan", "inf", "None"} & set(finding.message.split())
    advice = [finding for finding in findings if finding.rule in WASTE - {"no-owner"}]
    assert {finding.path for finding in advice} <= {current.path}
    assert len(advice) <= 15
    assert all(finding.severity == "info" for finding in advice)
