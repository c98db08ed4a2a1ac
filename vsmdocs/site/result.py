"""What a build made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from vsmdocs.errors import Finding


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made."""

    pages: int
    maps: int
    """With a page of their own."""
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]
    missing: tuple[str, ...]
    """What of the past is not there."""


def to_plain(result: BuildResult) -> dict[str, Any]:
    """Return a result as plain values, for JSON."""
    return asdict(result)


def from_plain(plain: dict[str, Any]) -> BuildResult | None:
    """Return the result that `to_plain` made plain; None where it is none."""
    try:
        findings = tuple(Finding(**finding) for finding in plain["findings"])
        return BuildResult(
            plain["pages"],
            plain["maps"],
            findings,
            tuple(plain["warnings"]),
            tuple(plain["missing"]),
        )
    except (KeyError, TypeError):
        return None
