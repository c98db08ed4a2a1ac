"""Where handoffs go between teams, as a sentence and as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.teams import OrganisationFacts, Pair
from vsmdocs.language import tr, tr_n
from vsmdocs.rendering.charts.matrix import MOST_TEAMS, Flow, Matrix, draw_matrix
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.pages.slice_rows import handoffs_count, longest_wait, places_text
from vsmdocs.rendering.quantities import format_count


def handoffs_text(facts: OrganisationFacts) -> str:
    """Say what there is to be seen."""
    if not facts.pairs:
        return tr("No work changes hands between teams that the maps name.")
    first = facts.pairs[0]
    back = facts.back(facts.along_the_flow())
    most = [pair for pair in facts.pairs if len(pair.handoffs) == len(first.handoffs)]
    places, times = places_text(facts.handoffs), len(first.handoffs)
    if len(most) == 1 and times > 1:
        text = tr(
            "Work changes hands in {places}, most often from {giver} to {taker}: {times}.",
            places=places,
            giver=first.giver,
            taker=first.taker,
            times=tr_n("{n} time", "{n} times", times, n=format_count(times)),
        )
    else:
        text = tr("Work changes hands in {places}.", places=places)
    if not back:
        return text
    against = tr_n(
        "In the order that lets most go forward, {n} still goes back.",
        "In the order that lets most go forward, {n} still go back.",
        back,
        n=format_count(back),
    )
    return f"{text} {against}"


def handoffs_matrix(facts: OrganisationFacts) -> tuple[Matrix | None, str]:
    """Return the picture, where there is anything to be seen, and which teams are not in it."""
    if not facts.pairs:
        return None, ""
    order = facts.along_the_flow()
    left_out = ""
    if len(order) > MOST_TEAMS:
        weight = dict.fromkeys(order, 0)
        for pair in facts.pairs:
            weight[pair.giver] += len(pair.handoffs)
            weight[pair.taker] += len(pair.handoffs)
        kept = set(sorted(order, key=lambda name: (-weight[name], name))[:MOST_TEAMS])
        left_out = tr(
            "The picture has the {most} teams with most handoffs; the table has all {all}.",
            most=MOST_TEAMS,
            all=format_count(len(order)),
        )
        order = tuple(name for name in order if name in kept)
    flows = {
        (pair.giver, pair.taker): Flow(
            len(pair.handoffs),
            pair.longest,
            _flow_title(pair),
            f"{team_href(pair.giver)}#to-{number}",
        )
        for pair, number in _numbered(facts)
        if pair.giver in order and pair.taker in order
    }
    described = f"{handoffs_text(facts)} {tr('The table has every pair of teams.')}"
    return draw_matrix([(name, team_href(name)) for name in order], flows, described), left_out


def _flow_title(pair: Pair) -> str:
    return tr(
        "{giver} → {taker}: {handoffs}, longest wait {wait}",
        giver=pair.giver,
        taker=pair.taker,
        handoffs=handoffs_count(len(pair.handoffs)),
        wait=longest_wait(pair).text,
    )


def _numbered(facts: OrganisationFacts) -> Iterator[tuple[Pair, int]]:
    """Return every pair with its number among those of its giver, as that one's page has it."""
    for team in facts.teams:
        for number, pair in enumerate(team.given, 1):
            yield pair, number
