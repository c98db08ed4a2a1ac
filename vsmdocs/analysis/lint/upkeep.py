"""Whether a map is looked after."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.lint.subject import Subject
from vsmdocs.errors import Finding


def review_due(subject: Subject) -> Iterator[Finding]:
    """Find a map whose day of review is past."""
    due = subject.map.review_by
    if due is None or due >= subject.today:
        return
    days = (subject.today - due).days
    yield subject.document.finding(
        ("review_by",),
        "review-due",
        "warning",
        f"the review was due {days} day{'' if days == 1 else 's'} ago",
        "walk the stream again, then move mapped_on and review_by on",
    )


def stale_numbers(subject: Subject) -> Iterator[Finding]:
    """Find numbers that nobody has said again for too long, a finding for each step."""
    for index, step in enumerate(subject.map.steps):
        old = {field: why for (name, field), why in subject.stale.items() if name == step.id}
        if not old:
            continue
        first = next(iter(old))
        names = ", ".join(field.replace("_", " ") for field in old)
        yield subject.document.finding(
            ("steps", index, first),
            "stale-numbers",
            "warning",
            f"{names} of “{step.title}”: {old[first]}",
            "ask again, and write the number or its evidence with the day on which it was said",
        )
