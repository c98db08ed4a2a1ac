"""Two values in one text, and what is left of it where room is short."""

from __future__ import annotations

from vsmdocs.rendering.picture.was_now import was_now


def test_both_are_said_with_and_without_the_unit() -> None:
    assert was_now("3\u00a0d", "1\u00a0d") == ("3\u00a0d → 1\u00a0d", "3→1\u00a0d", "1\u00a0d")


def test_a_unit_of_its_own_stays() -> None:
    assert was_now("3\u00a0d", "4\u00a0h")[1] == "3\u00a0d→4\u00a0h"
    assert was_now("?", "4\u00a0h")[1] == "?→4\u00a0h"


def test_what_stayed_is_said_once() -> None:
    assert was_now("3", "3") == ("3",)


def test_what_is_not_there_has_no_side() -> None:
    assert was_now("", "20\u00a0%") == ("→ 20\u00a0%", "20\u00a0%")
    assert was_now("20\u00a0%", "") == ("was 20\u00a0%", "")
