"""What holds of the diff of any two maps."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given

from tests.unit.analysis.diff.edits import meaning, pairs
from vsmdocs.analysis.diff import FIGURES, MapDiff, apply_changes, diff, invert, match_steps
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.model.structure import find_problems

Pair = tuple[ValueStreamMap, ValueStreamMap]


@given(pairs())
def test_a_map_does_not_differ_from_itself(pair: Pair) -> None:
    found = diff(pair[0], pair[0].model_copy(deep=True), "x", "x\n")
    assert found.changes == ()
    assert found.nothing


@given(pairs())
def test_changes_make_the_head_of_the_base(pair: Pair) -> None:
    base, head = pair
    made = apply_changes(base, diff(base, head).changes)
    assert meaning(made) == meaning(head)
    assert find_problems(made) == []
    assert diff(made, head).nothing


@given(pairs())
def test_there_and_back_is_nothing(pair: Pair) -> None:
    base, head = pair
    found = diff(base, head)
    back = invert(found)
    assert meaning(apply_changes(head, back.changes)) == meaning(base)
    assert meaning(apply_changes(head, diff(head, base).changes)) == meaning(base)
    again = invert(back).changes
    assert [(c.kind, c.before, c.after, c.effect) for c in again] == [
        (c.kind, c.before, c.after, c.effect) for c in found.changes
    ]


@given(pairs())
def test_effects_add_up(pair: Pair) -> None:
    found = diff(*pair)
    for way in (found, invert(found)):
        _adds_up(way)


def _adds_up(found: MapDiff) -> None:
    assert found.effect is not None
    for figure in FIGURES:
        parts = [getattr(change.effect, figure) for change in found.changes if change.effect]
        whole = getattr(found.effect, figure)
        if None not in parts:
            known = whole is not None
            assert fsum(parts) == (pytest.approx(whole, abs=1e-9) if known else 0)


@given(pairs())
def test_a_diff_is_the_same_every_time(pair: Pair) -> None:
    assert diff(*pair) == diff(*pair)


@given(pairs())
def test_matching_the_other_way_gives_the_inverse(pair: Pair) -> None:
    there, back = match_steps(*pair), match_steps(*reversed(pair))
    assert {head: base for base, head in there.items()} == back
