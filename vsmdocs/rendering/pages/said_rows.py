"""Who said each number of a map and since when, for its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from vsmdocs.analysis.blame import Blame, TooOld, too_old
from vsmdocs.analysis.numbers import Place
from vsmdocs.language import isolated, tr, tr_n
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.blame_report import LABELS
from vsmdocs.rendering.pages.step_rows import known_how
from vsmdocs.rendering.strangers import one_line
from vsmdocs.rendering.words import from_to


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
        request = revision.pull_request if revision else None
        rows.append(
            SaidRow(
                anchor=said_anchor(blame.number.place),
                step=_place(parts) if name else tr("The map"),
                number=tr(LABELS[field]),
                value=isolated(blame.number.text),
                before=isolated(blame.before) if blame.before else "",
                since=f"{revision.committed_at:%Y-%m-%d}" if revision else tr("not committed yet"),
                author=one_line(revision.author) if revision else "",
                request=f"#{request}" if request else "",
                href=hrefs.get(revision.commit, "") if revision else "",
                evidence=known_how(evidence) if evidence else "",
                age=_age(said, today),
                stale=stale_text(too_old(blame, stream_map.review_by, today, most_days)),
            )
        )
    return tuple(rows)


def said_anchor(place: Place) -> str:
    """Return the row's id on the page."""
    step, field = place
    return f"said-{step.replace(' -> ', '--')}-{field}"


def _place(titles: list[str]) -> str:
    return from_to(titles[0], titles[1]) if len(titles) == 2 else titles[0]


def stale_text(old: TooOld | None) -> str:
    """Return why a number is stale; nothing where it is not."""
    if old is None:
        return ""
    if old.since is not None:
        return tr("due for review since {date}", date=str(old.since))
    return tr("{n} days old", n=f"{old.days:,}")


def _age(said: date | None, today: date) -> str:
    if said is None:
        return ""
    days = max((today - said).days, 0)
    return tr_n("{n} day", "{n} days", days, n=f"{days:,}") if days else tr("today")
