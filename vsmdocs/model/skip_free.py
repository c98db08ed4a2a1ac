"""Rework in closed form for a line of stages that an item can only go back along.

Source: first passage times of a chain that is skip-free upwards (Kemeny & Snell, Finite
Markov Chains, 1960, chapter III; Keilson, Markov Chain Models, 1979). To get from stage `i`
to `i + 1`, an item that is sent back to `k` has to come through `k`, ..., `i` once more, so
the times `tau` from a stage to the next follow from those before it:

    E[tau_i] = (lead_i + q_i wait_i + sum r (w_r + E[tau_k + ... + tau_(i-1)])) / q_i

with `r` the chance of a loop, `w_r` its wait, and `q_i = 1 - sum r`. Means and variances add
up along the line. It costs one operation a stage and loop, where a matrix costs their cube.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from vsmdocs.model.stages import NO_EXIT, ChainResult, Chances, Loop, Stage, chances, first_pass


def is_skip_free(stages: Sequence[Stage]) -> bool:
    """Return whether the stages are one line and every loop leads back along it, for ever."""
    last = len(stages) - 1
    for index, stage in enumerate(stages):
        if stage.next != (index + 1 if index < last else None):
            return False
        for group in stage.loops:
            for loop in group:
                if loop.passes is not None or loop.to > index:
                    return False
    return True


class Line:
    """A solved line of stages."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.stages = stages
        self.returns: list[Chances] = []
        self.leave: list[float] = []
        """By stage, the chance to go on after one visit; 0 where an item is trapped."""
        for stage in stages:
            found: Chances = chances(stage.loops, {}) if stage.loops else ()
            leave = 1.0 - sum(chance for _, chance in found) if found else 1.0
            self.returns.append(found)
            self.leave.append(leave if leave > NO_EXIT else 0.0)
        if self.trap is None:
            self._count()

    @property
    def trap(self) -> int | None:
        """The first stage that nothing leaves."""
        return self.leave.index(0.0) if 0.0 in self.leave else None

    def solve(self) -> ChainResult:
        """Return the expected figures; there must be no trap, and a bearable number of visits."""
        self._pass()
        process = sum(v * s.process for v, s in zip(self.visits, self.stages, strict=True))
        return ChainResult(
            tuple(self.visits),
            tuple(self.moves),
            self.until[-1],
            process,
            sqrt(self.variance),
            first_pass(self.stages),
        )

    def _pass(self) -> None:
        """Add up means and variances of the first passage from each stage to the next."""
        self.until = [0.0]
        """Expected hours from the entry until each stage is first reached; the end last."""
        variances = [0.0]
        for stage, found, leave in zip(self.stages, self.returns, self.leave, strict=True):
            onward = stage.lead + stage.wait_after
            here = len(self.until) - 1
            mean, variance = onward, 0.0
            if found:
                # How long it takes until the item stands before this stage again.
                back = [
                    (r, stage.lead + loop.wait + self.until[here] - self.until[loop.to], loop.to)
                    for loop, r in found
                ]
                mean += sum(r * hours for r, hours, _ in back) / leave
                # By the law of total variance over what happens after one visit.
                spread = sum(
                    r * (variances[here] - variances[to] + hours * hours) for r, hours, to in back
                )
                variance = spread / leave + (onward - mean) ** 2
            self.until.append(self.until[-1] + mean)
            variances.append(variances[-1] + variance)
        self.variance = max(variances[-1], 0.0)

    def _count(self) -> None:
        """Count visits: an item goes on from a stage once more often than it comes back."""
        size = len(self.stages)
        self.visits = [0.0] * size
        self.moves = [0.0] * size
        ends = [0.0] * size
        above = 0.0
        for index in range(size - 1, -1, -1):
            self.moves[index] = 1.0 + max(above, 0.0)
            visits = self.visits[index] = self.moves[index] / self.leave[index]
            for loop, chance in self.returns[index]:
                # It crosses the gap above every stage from its target to the one below here.
                above += visits * chance
                ends[loop.to] += visits * chance
            above -= ends[index]

    def gain(self, place: int, loop: Loop) -> float:
        """Return the expected hours that are saved when a loop of the stage at `place` goes.

        Source: Sherman & Morrison, 1950: one row of the chain changes. The expected visits
        of the stage, seen from the stage after it, are `visits - 1 / leave`.
        """
        stage, leave = self.stages[place], self.leave[place]
        rates = {other.index: (other, -chance) for other, chance in self.returns[place]}
        if len(stage.loops) == 1:
            changes = [rates[loop.index]] if loop.index in rates else []
        else:
            kept = [[x for x in group if x.index != loop.index] for group in stage.loops]
            for other, chance in chances(kept, {}):
                rates[other.index] = (other, rates.get(other.index, (other, 0.0))[1] + chance)
            changes = list(rates.values())
        shift = sum(
            change * (x.wait - stage.wait_after + self.until[place + 1] - self.until[x.to])
            for x, change in changes
        )
        total = sum(change for _, change in changes)
        return -self.visits[place] * shift / (1.0 - total / leave)
