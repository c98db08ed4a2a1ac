"""Findings that a team has decided to live with for now, kept in a file beside the maps.

One entry stands on each line, in an order of their own, so that the file changes by a line
where a finding comes or goes, and two branches seldom meet in it. Errors of reading are never
in it: a map that cannot be read would be hidden with them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vsmdocs.analysis.fingerprints import fingerprint
from vsmdocs.analysis.policy import ALL, known_names
from vsmdocs.errors import ConfigError, Finding

VERSION = 1
_KEYS = {"path": str, "rule": str, "fingerprint": str, "count": int}
_MEND = "write it anew with vsmdocs check --write-baseline FILE"


class Entry(NamedTuple):
    """Findings that are alike, in order of file and rule."""

    path: str
    rule: str
    fingerprint: str
    """Of the first of them."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each kind were there when it was written."""

    counts: Mapping[Entry, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many findings it holds."""
        return sum(self.counts.values())

    def new(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that are not in it; of more than it holds, the last ones."""
        left = Counter(self.counts)
        fresh = []
        for finding in findings:
            entry = _entry(finding)
            if left[entry] > 0:
                left[entry] -= 1
            else:
                fresh.append(finding)
        return fresh

    def outlived(
        self, findings: Iterable[Finding], rules: Mapping[str, Collection[str]], whole: bool
    ) -> int:
        """Return how many of its findings are there no more.

        `rules` are those that were looked for, by the path of each file that was checked; a
        file that is not among them is gone where the check was of the `whole` project, and else
        was not asked about.
        """
        found = Counter(_entry(finding) for finding in findings)
        gone = Counter(self.counts) - found
        return sum(
            count
            for entry, count in gone.items()
            if (entry.rule in rules[entry.path] if entry.path in rules else whole)
        )


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """Return a baseline of all findings but errors of reading."""
    can_wait = known_names()[ALL]
    return Baseline(Counter(_entry(one) for one in findings if one.rule in can_wait))


def _entry(finding: Finding) -> Entry:
    return Entry(finding.path, finding.rule, fingerprint(finding))


def write_baseline(baseline: Baseline) -> str:
    """Return a baseline as the text of its file."""
    rows = [
        json.dumps({**entry._asdict(), "count": count})
        for entry, count in sorted(baseline.counts.items())
    ]
    listed = "".join(f"\n    {row}," for row in rows).removesuffix(",") + ("\n  " if rows else "")
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}]\n}}\n'


def read_baseline(text: str, path: str) -> Baseline:
    """Read the text of a baseline; `path` is what findings name.

    Raises
    ------
    ConfigError
        When it is none.
    """
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise _wrong(path, f"this is not JSON: {error.msg.lower()}", error, text) from None
    except (RecursionError, ValueError):
        raise _wrong(path, "this is not a baseline") from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise _wrong(path, "a baseline has a version and a list of findings")
    if (version := data.get("version")) != VERSION:
        finding = Finding(
            path, 0, 0, "baseline-version", "error",
            f"version {str(version)[:20]} of a baseline is not known here, only {VERSION}",
            "use the vsmdocs that wrote it, or " + _MEND,
        )  # fmt: skip
        raise ConfigError((finding,))
    counts: Counter[Entry] = Counter()
    for number, row in enumerate(data["findings"], 1):
        entry, count = _row(row, f"finding {number:,}", path)
        counts[entry] += count
    return Baseline(counts)


def _row(row: Any, name: str, path: str) -> tuple[Entry, int]:
    if not isinstance(row, dict) or row.keys() != _KEYS.keys():
        raise _wrong(path, f"{name} has path, rule, fingerprint and count, and nothing else")
    for key, kind in _KEYS.items():
        if type(row[key]) is not kind:
            raise _wrong(path, f"{key} of {name} is {'text' if kind is str else 'a number'}")
    if row["count"] < 1:
        raise _wrong(path, f"count of {name} is 1 or more")
    return Entry(row["path"], row["rule"], row["fingerprint"]), row["count"]


def _wrong(
    path: str, message: str, at: json.JSONDecodeError | None = None, text: str = ""
) -> ConfigError:
    line, column, source = 0, 0, ""
    if at is not None:
        line, column = at.lineno, at.colno
        source = text.split("\n")[line - 1].rstrip("\r")
    found = Finding(
        path, line, column, "baseline-syntax", "error", message, _MEND, source_line=source
    )
    return ConfigError((found,))
