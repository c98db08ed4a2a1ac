"""What rework does to an item: how often each stage is visited, and how long it takes.

A line of stages whose loops lead back for ever has a closed form; limited `passes` and
loops to steps outside the scenario make a chain that has to be solved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vsmdocs.errors import CalculationError
from vsmdocs.model.budget import Budget
from vsmdocs.model.markov import Chain
from vsmdocs.model.skip_free import Line, is_skip_free
from vsmdocs.model.stages import MOST_VISITS, ChainResult, Loop, Stage


class ReworkChain:
    """The stages of one scenario, solved.

    Raises
    ------
    CalculationError
        `no-exit` when an item could go round for ever, `too-complex` when it has too many
        states.
    """

    def __init__(self, stages: Sequence[Stage], budget: Budget) -> None:
        self.stages = stages
        self.budget = budget
        self._line: Line | None = None
        self._chain: Chain | None = None
        self._places: dict[int, list[tuple[int, Loop]]] | None = None
        if not any(stage.loops for stage in stages):
            self.result = _straight(stages)
            return
        budget.spend(4 * len(stages))
        if is_skip_free(stages):
            self._line = Line(stages)
            if self._line.trap is not None:
                _no_exit(loop for group in stages[self._line.trap].loops for loop in group)
            self._check(self._line.visits)
            self.result = self._line.solve()
        else:
            self._chain = Chain(stages, budget)
            if self._chain.trapped:
                _no_exit(self._chain.trapped)
            self._check(self._chain.visits)
            self.result = self._chain.solve()

    def _check(self, visits: Iterable[float]) -> None:
        # Also false for what is infinite or no number at all.
        if not all(count < MOST_VISITS for count in visits):
            _no_exit(loop for stage in self.stages for group in stage.loops for loop in group)

    def gain(self, index: int) -> float:
        """Return by how many hours the expected lead time falls if a loop of the map goes."""
        if self._places is None:
            self._places = {}
            for place, stage in enumerate(self.stages):
                for group in stage.loops:
                    for loop in group:
                        self._places.setdefault(loop.index, []).append((place, loop))
        places = self._places.get(index)
        if places is None:
            return 0.0
        if self._line is not None:
            place, loop = places[0]
            if len(self.stages[place].loops) > 1:
                self.budget.spend(10 * sum(map(len, self.stages[place].loops)))
            return self._line.gain(place, loop)
        if self._chain is not None and len(places) == 1:
            gain = self._chain.gain(*places[0])
            if gain is not None:
                return gain
        stages = list(self.stages)
        for place, _ in places:
            kept = (tuple(x for x in group if x.index != index) for group in stages[place].loops)
            stages[place] = replace(stages[place], loops=tuple(group for group in kept if group))
        return self.result.lead - Chain(stages, self.budget).lead()


def _no_exit(loops: Iterable[Loop]) -> None:
    loop = max(loops, key=lambda loop: (loop.rate, -loop.index))
    raise CalculationError(
        "no-exit",
        "everything goes back here, again and again: no item is ever finished",
        "lower the rate, or write passes: 1 if they come back once",
        ("rework", loop.index, "rate"),
    )


def _straight(stages: Sequence[Stage]) -> ChainResult:
    visits = [0.0] * len(stages)
    index: int | None = 0
    lead = process = 0.0
    while index is not None:
        stage = stages[index]
        visits[index] = 1.0
        lead += stage.lead + stage.wait_after
        process += stage.process
        index = stage.next
    counts = tuple(visits)
    return ChainResult(counts, counts, lead, process, 0.0, 1.0)
