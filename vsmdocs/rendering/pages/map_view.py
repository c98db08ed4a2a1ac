"""Everything that a map's page shows, as finished values: the template only places them."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from vsmdocs.analysis.answer import find_answer
from vsmdocs.errors import Finding
from vsmdocs.language import tr
from vsmdocs.model.metrics import StreamMetrics
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.pages.exact import ExactFigure, exact_figures
from vsmdocs.rendering.pages.figures import (
    Figure,
    calendar_text,
    headline_figures,
    more_figures,
    state_label,
)
from vsmdocs.rendering.pages.plan_rows import (
    ImprovementRow,
    ReworkRow,
    StatedRow,
    TargetRow,
    improvements,
    rework_rows,
    stated,
    targets,
    wastes,
)
from vsmdocs.rendering.pages.proposal import EditView
from vsmdocs.rendering.pages.prose import render_prose
from vsmdocs.rendering.pages.sentences import AnswerView, answer_view
from vsmdocs.rendering.pages.slice_addresses import tag_href
from vsmdocs.rendering.pages.step_rows import RankRow, StepRow, ranking, step_rows
from vsmdocs.rendering.picture.mini import MiniPicture, shrink
from vsmdocs.rendering.picture.parts import Picture
from vsmdocs.rendering.quantities import format_rate


class MapView(NamedTuple):
    """One map, ready to be placed on a page."""

    title: str
    stream: str
    name: str
    state_label: str
    path: str
    edit: EditView
    """Where its file can be looked at and edited."""
    facts: str
    outcome: str
    answer: AnswerView
    figures: tuple[Figure, ...]
    more_figures: tuple[Figure, ...]
    exact: tuple[ExactFigure, ...]
    """The times and ratios to four places, for who asks."""
    picture: Picture | None
    mini: MiniPicture | None
    ranking: tuple[RankRow, ...]
    idle: tuple[str, ...]
    """Waits that cost nothing because they are off the critical path."""
    steps: tuple[StepRow, ...]
    columns: frozenset[str]
    """Which optional columns of the step table have anything in them."""
    rework: tuple[ReworkRow, ...]
    wastes: tuple[tuple[str, tuple[str, ...]], ...]
    improvements: tuple[ImprovementRow, ...]
    targets: tuple[TargetRow, ...]
    stated: tuple[StatedRow, ...]
    tags: tuple[str, ...]
    body: Markup
    findings: tuple[Finding, ...]
    calendar: str
    banner: str
    """What a reader has to know first; mostly nothing."""
    tag_pages: tuple[tuple[str, str], ...] = ()
    """Each tag and its page, below the site's root."""


def map_view(
    stream_map: ValueStreamMap,
    metrics: StreamMetrics,
    picture: Picture | None,
    *,
    path: str,
    body: str,
    findings: tuple[Finding, ...] = (),
    edit: EditView | None = None,
    banner: str = "",
) -> MapView:
    """Bring everything on a map's page into words."""
    names = {step.id: step.title for step in stream_map.steps}
    rows = step_rows(stream_map, metrics, picture)
    return MapView(
        title=stream_map.title,
        stream=stream_map.stream,
        name=stream_map.name,
        state_label=state_label(stream_map),
        path=path,
        edit=edit or EditView(path),
        facts=" · ".join(_facts(stream_map)),
        outcome=stream_map.outcome or "",
        answer=answer_view(stream_map, metrics, find_answer(metrics)),
        figures=headline_figures(stream_map, metrics),
        more_figures=more_figures(stream_map, metrics),
        exact=exact_figures(metrics, stream_map.calendar),
        picture=picture,
        mini=shrink(picture) if picture else None,
        ranking=ranking(stream_map, metrics),
        idle=tuple(
            names[p.step] for p in metrics.stuck if p.kind == "wait" and p.gain == 0 and not p.to
        ),
        steps=rows,
        columns=frozenset(
            name
            for name in (
                "owner", "people", "wip", "value", "automation", "evidence", "load",
            )
            if any(getattr(row, name) for row in rows)
        ),
        rework=rework_rows(stream_map, metrics),
        wastes=wastes(stream_map),
        improvements=improvements(stream_map),
        targets=targets(stream_map, metrics),
        stated=stated(stream_map, metrics),
        tags=stream_map.tags,
        body=render_prose(body),
        findings=findings,
        calendar=calendar_text(stream_map.calendar),
        banner=banner,
        tag_pages=tuple((tag, tag_href(tag)) for tag in stream_map.tags),
    )  # fmt: skip


def _facts(stream_map: ValueStreamMap) -> list[str]:
    facts = []
    if stream_map.owner:
        facts.append(tr("{owner} answers for it", owner=stream_map.owner))
    if stream_map.demand:
        facts.append(tr("demand {demand}", demand=format_rate(stream_map.demand)))
    facts.append(calendar_text(stream_map.calendar))
    if stream_map.mapped_on:
        facts.append(tr("walked on {date}", date=str(stream_map.mapped_on)))
    if stream_map.review_by:
        facts.append(tr("due again by {date}", date=str(stream_map.review_by)))
    if stream_map.target_date:
        facts.append(tr("to be real by {date}", date=str(stream_map.target_date)))
    return facts
