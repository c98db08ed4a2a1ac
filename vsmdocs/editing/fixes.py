"""What `check --fix` mends: findings that have one right answer, and nothing else.

A mend is one function a rule, which returns edits or nothing. It is kept only when the finding
is gone afterwards and nothing new is found in the lines that it touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from vsmdocs.editing.edits import apply_edits
from vsmdocs.editing.fix_case import Fix, FixCase
from vsmdocs.editing.fix_text import fix_duplicate, fix_fence, fix_syntax, fix_tabs
from vsmdocs.editing.fix_values import (
    fix_change,
    fix_choice,
    fix_date,
    fix_duration,
    fix_estimate,
    fix_flow,
    fix_key,
    fix_list,
    fix_percent,
    fix_rate,
    fix_slug,
)
from vsmdocs.errors import Finding, InvalidMap
from vsmdocs.reading.reader import read_map

Fixer = Callable[[FixCase, Finding], Fix | None]
_MOST_ROUNDS = 40
_MOST_BYTES = 20_000_000
"""Of files that are read to try mends; short files are done long before."""

FIXERS: dict[str, Fixer] = {
    "bad-change": fix_change,
    "bad-choice": fix_choice,
    "bad-date": fix_date,
    "bad-duration": fix_duration,
    "bad-estimate": fix_estimate,
    "bad-percent": fix_percent,
    "bad-rate": fix_rate,
    "bad-slug": fix_slug,
    "duplicate-key": fix_duplicate,
    "flow-syntax": fix_flow,
    "frontmatter-not-closed": fix_fence,
    "no-frontmatter": fix_fence,
    "unknown-key": fix_key,
    "wrong-type": fix_list,
    "yaml-syntax": fix_syntax,
    "yaml-tab": fix_tabs,
}


def fix_map(path: str, data: bytes, maps_folder: str = "maps") -> tuple[bytes, tuple[str, ...]]:
    """Return a file with what could be mended, and a sentence a mend.

    Everything else in it stays byte for byte as it was; a file in which nothing can be mended
    is returned as it is.
    """
    said: list[str] = []
    findings = _findings(path, data, maps_folder)
    left_to_read = _MOST_BYTES
    for _ in range(_MOST_ROUNDS):
        case = FixCase(path, data)
        fixes = [(finding, fix) for finding in findings if (fix := _fix(case, finding))]
        if not fixes:
            break
        # All at once where that works, else the first that does.
        for chosen in (fixes, *([one] for one in fixes)):
            mended = _mended(data, [fix for _, fix in chosen])
            left_to_read -= len(data)
            if mended is None or left_to_read < 0:
                continue
            left = _findings(path, mended, maps_folder)
            if _are_gone(chosen, findings, left):
                said += dict.fromkeys(fix.said for _, fix in chosen)
                data, findings = mended, left
                break
        else:
            break
    return data, tuple(said)


def _fix(case: FixCase, finding: Finding) -> Fix | None:
    fixer = FIXERS.get(finding.rule)
    return fixer(case, finding) if fixer else None


def _findings(path: str, data: bytes, maps_folder: str) -> tuple[Finding, ...]:
    try:
        read_map(path, data, maps_folder=maps_folder)
    except InvalidMap as invalid:
        return invalid.findings
    return ()


def _mended(data: bytes, fixes: Sequence[Fix]) -> bytes | None:
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data.removeprefix(mark).decode("utf-8")
    try:
        mended = apply_edits(text, [edit for fix in fixes for edit in fix.edits])
    except ValueError:
        return None
    return mark + mended.encode() if mended != text else None


def _are_gone(
    fixes: Sequence[tuple[Finding, Fix]], before: Sequence[Finding], after: Sequence[Finding]
) -> bool:
    """Return whether findings are gone and nothing new came where they were.

    Elsewhere new ones may: a map is checked as a whole only once its values are right.
    """
    edits = [edit for _, fix in fixes for edit in fix.edits]
    stay = all(e.start_line == e.end_line and "\n" not in e.new_text for e in edits)

    def kind(finding: Finding) -> tuple[int, str, str]:
        # Where lines keep their numbers, one of several equal findings is known by its own.
        return finding.line if stay else 0, finding.rule, finding.message

    had, have = Counter(map(kind, before)), Counter(map(kind, after))
    gone = Counter(kind(finding) for finding, _ in fixes)
    if any(have[one] > had[one] - count for one, count in gone.items()):
        return False
    touched = {edit.start_line for edit in edits}
    return not any(
        finding.line in touched and have[kind(finding)] > had[kind(finding)] for finding in after
    )
