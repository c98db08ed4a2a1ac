"""Counts and sums in words, as the verbs say them."""

from __future__ import annotations

from collections.abc import Sequence

from vsmdocs.errors import Finding


def count(number: int, noun: str) -> str:
    """Return a number with its noun, as in `1 map` and `1,200 maps`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tally(findings: Sequence[Finding]) -> str:
    """Return how many findings of each kind there are; nothing where there are none."""
    counts = {
        noun: sum(finding.severity == severity for finding in findings)
        for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "hint"))
    }
    return ", ".join(count(number, noun) for noun, number in counts.items() if number)
