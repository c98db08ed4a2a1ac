"""Where handoffs go between teams, as a sentence and as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdocs.analysis.teams import OrganisationFacts, Pair
from vsmdocs.rendering.charts.matrix import MOST_TEAMS, Flow, Matrix, draw_matrix
from vsmdocs.rendering.pages.slice_addresses import team_href
from vsmdocs.rendering.pages.slice_rows import counted, longest_wait


def handoffs_text(facts: OrganisationFacts) -> str:
    """Say what there is to be seen."""
    if not facts.pairs:
        return "No work changes hands between teams that the maps name."
    first = facts.pairs[0]
    back = facts.back(facts.along_the_flow())
    most = [pair for pair in facts.pairs if len(pair.handoffs) == len(first.handoffs)]
    text = f"Work changes hands in {counted(facts.handoffs, 'place')}"
    if len(most) == 1 and len(first.handoffs) > 1:
        text += f", most often from {first.giver} to {first.taker}: {len(first.handoffs):,} times"
    if back:
        goes = "goes" if back == 1 else "go"
        text += f". In the order that lets most go forward, {back:,} still {goes} back"
    return f"{text}."


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
        left_out = (
            f"The picture has the {MOST_TEAMS} teams with most handoffs; the table has all "
            f"{len(order):,}."
        )
        order = tuple(name for name in order if name in kept)
    flows = {
        (pair.giver, pair.taker): Flow(
            len(pair.handoffs),
            pair.longest,
            f"{pair.giver} → {pair.taker}: {counted(len(pair.handoffs), 'handoff')}, longest wait "
            f"{longest_wait(pair).text}",
            f"{team_href(pair.giver)}#to-{number}",
        )
        for pair, number in _numbered(facts)
        if pair.giver in order and pair.taker in order
    }
    described = f"{handoffs_text(facts)} The table has every pair of teams."
    return draw_matrix([(name, team_href(name)) for name in order], flows, described), left_out


def _numbered(facts: OrganisationFacts) -> Iterator[tuple[Pair, int]]:
    """Return every pair with its number among those of its giver, as that one's page has it."""
    for team in facts.teams:
        for number, pair in enumerate(team.given, 1):
            yield pair, number
