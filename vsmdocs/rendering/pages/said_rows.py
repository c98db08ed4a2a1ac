"""Who said each number of a map and since when, for its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from vsmdocs.analysis.blame import Blame, stale
from vsmdocs.analysis.numbers import Place
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.blame_report import LABELS
from vsmdocs.rendering.strangers import one_line


class SaidRow(NamedTuple):
    """One number of a map, and who said it."""

    anchor: str
    step: str
    number: str
    value: str
    before: str
    since: str
    author: str
    request: str
    href: str
    """The page of the version that brought it; empty where there is none."""
    evidence: str
    age: str
    stale: str
    """Why it is too old; empty where it is not."""


def said_rows(
    stream_map: ValueStreamMap,
    blames: Iterable[Blame],
    today: date,
    most_days: int | None,
    hrefs: Mapping[str, str],
) -> tuple[SaidRow, ...]:
    """Return a row for each number, in the order of the file; `hrefs` has pages by commit."""
    titles = {step.id: step.title for step in stream_map.steps}
    rows = []
    for blame in blames:
        (name, field), revision = blame.number.place, blame.revision
        evidence, said = blame.number.evidence, blame.said_on
        parts = [titles.get(part, part) for part in name.split(" -> ")]
        known = (evidence.grade, evidence.source, evidence.on) if evidence else ()
        request = revision.pull_request if revision else None
        rows.append(
            SaidRow(
                anchor=said_anchor(blame.number.place),
                step=" → ".join(parts) if name else "The map",
                number=LABELS[field],
                value=blame.number.text,
                before=blame.before or "",
                since=f"{revision.committed_at:%Y-%m-%d}" if revision else "not committed yet",
                author=one_line(revision.author) if revision else "",
                request=f"#{request}" if request else "",
                href=hrefs.get(revision.commit, "") if revision else "",
                evidence=", ".join(str(part) for part in known if part),
                age=_age(said, today),
                stale=stale(blame, stream_map.review_by, today, most_days),
            )
        )
    return tuple(rows)


def said_anchor(place: Place) -> str:
    """Return the row's id on the page."""
    step, field = place
    return f"said-{step.replace(' -> ', '--')}-{field}"


def _age(said: date | None, today: date) -> str:
    if said is None:
        return ""
    days = max((today - said).days, 0)
    return "today" if not days else f"{days:,} day{'' if days == 1 else 's'}"
