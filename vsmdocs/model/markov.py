"""Rework as an absorbing Markov chain of any shape, where the closed form does not hold.

Source: Kemeny & Snell, Finite Markov Chains, 1960, chapter III: with Q the chances of going
from one transient state to another, visits are `v = e (I - Q)^-1`. A loop with limited
`passes` multiplies the states by the rounds that are gone.

The chain goes forward but for its loops, so `I - Q` is reduced from the last state to the
first; what is filled in on the way is a handful of numbers a loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from vsmdocs.model.budget import Budget
from vsmdocs.model.stages import NO_EXIT, ChainResult, Loop, Stage, chances, first_pass

_State = tuple[int, tuple[tuple[int, int], ...]]
"""A stage, and the rounds that were gone by limited loop."""


@dataclass(frozen=True, slots=True)
class _Move:
    target: int | None
    chance: float
    wait: float
    loop: Loop | None


class Chain:
    """The states that are reached, their moves, and the reduced system."""

    def __init__(self, stages: Sequence[Stage], budget: Budget) -> None:
        self.stages = stages
        self.budget = budget
        self.states: list[_State] = []
        self.moves: list[list[_Move]] = []
        self._mean: list[float] | None = None
        self._row_of: dict[int, int | None] | None = None
        self._columns: dict[int, list[float]] = {}
        self._explore()
        self.trapped = self._trapped()
        if not self.trapped:
            self._reduce()
        if not self.trapped:
            self.visits = self._count()

    def _explore(self) -> None:
        number: dict[_State, int] = {(0, ()): 0}
        outline: list[tuple[_State, list[tuple[_State | None, float, float, Loop | None]]]] = []
        pending: list[_State] = [(0, ())]
        while pending:
            state = pending.pop()
            stage = self.stages[state[0]]
            used = dict(state[1])
            moves: list[tuple[_State | None, float, float, Loop | None]] = []
            forward = 1.0
            self.budget.spend(15 + len(used) + 6 * sum(map(len, stage.loops)))
            for loop, chance in chances(stage.loops, used) if stage.loops else ():
                forward -= chance
                rounds = state[1]
                if loop.passes is not None:
                    more = {**used, loop.index: used.get(loop.index, 0) + 1}
                    rounds = tuple(sorted(more.items()))
                    self.budget.spend(len(rounds))
                moves.append(((loop.to, rounds), chance, loop.wait, loop))
            if forward > NO_EXIT:
                onward = None if stage.next is None else (stage.next, state[1])
                moves.append((onward, forward, stage.wait_after, None))
            outline.append((state, moves))
            for target, *_ in moves:
                if target is not None and target not in number:
                    number[target] = len(number)
                    pending.append(target)
        # Fewest rounds gone first, then by stage: forward moves go up, loops mostly down.
        self.states = sorted(number, key=lambda s: (sum(n for _, n in s[1]), s[1], s[0]))
        place = {state: index for index, state in enumerate(self.states)}
        self.moves = [[] for _ in self.states]
        for state, moves in outline:
            self.moves[place[state]] = [
                _Move(None if target is None else place[target], chance, wait, loop)
                for target, chance, wait, loop in moves
            ]
        self.start = place[0, ()]

    def _trapped(self) -> list[Loop]:
        """Return the loops among states from which no item gets to the end."""
        before: list[list[int]] = [[] for _ in self.states]
        leaving: list[int] = []
        for index, moves in enumerate(self.moves):
            for move in moves:
                if move.target is None:
                    leaving.append(index)
                else:
                    before[move.target].append(index)
        safe = set(leaving)
        while leaving:
            for index in before[leaving.pop()]:
                if index not in safe:
                    safe.add(index)
                    leaving.append(index)
        return [
            move.loop
            for index, moves in enumerate(self.moves)
            if index not in safe
            for move in moves
            if move.loop is not None
        ]

    def _reduce(self) -> None:
        size = len(self.states)
        rows: list[dict[int, float]] = [{} for _ in range(size)]
        users: list[set[int]] = [set() for _ in range(size)]
        for index, moves in enumerate(self.moves):
            for move in moves:
                if move.target is not None:
                    rows[index][move.target] = rows[index].get(move.target, 0.0) + move.chance
                    users[move.target].add(index)
        self.eliminated: list[tuple[int, int, float]] = []
        self.leave: list[float] = [1.0] * size
        for pivot in range(size - 1, -1, -1):
            row = rows[pivot]
            stays = 1.0 - row.pop(pivot, 0.0)
            if stays < NO_EXIT:
                self.trapped = [m.loop for moves in self.moves for m in moves if m.loop]
                return
            self.leave[pivot] = stays
            for user in users[pivot]:
                if user >= pivot or pivot not in rows[user]:
                    continue
                self.budget.spend(2 + len(row))
                factor = rows[user].pop(pivot) / stays
                self.eliminated.append((user, pivot, factor))
                for column, chance in row.items():
                    rows[user][column] = rows[user].get(column, 0.0) + factor * chance
                    users[column].add(user)
        self.rows = rows

    def _solve(self, right: list[float]) -> list[float]:
        """Return m with `(I - Q) m = right`."""
        values = right.copy()
        for user, pivot, factor in self.eliminated:
            values[user] += factor * values[pivot]
        for index, row in enumerate(self.rows):
            total = values[index] + sum(chance * values[j] for j, chance in row.items())
            values[index] = total / self.leave[index]
        return values

    def _count(self) -> list[float]:
        """Return v with `v (I - Q) = e`."""
        values = [0.0] * len(self.states)
        values[self.start] = 1.0
        for index in range(len(self.states) - 1, -1, -1):
            values[index] /= self.leave[index]
            for column, chance in self.rows[index].items():
                values[column] += chance * values[index]
        for user, pivot, factor in reversed(self.eliminated):
            values[pivot] += factor * values[user]
        return values

    def _means(self) -> list[float]:
        """Return the expected hours from each state to the end."""
        if self._mean is None:
            self._mean = self._solve(
                [
                    self.stages[stage].lead + sum(move.chance * move.wait for move in moves)
                    for (stage, _), moves in zip(self.states, self.moves, strict=True)
                ]
            )
        return self._mean

    def gain(self, place: int, loop: Loop) -> float | None:
        """Return the expected hours that are saved when a loop of the stage at `place` goes.

        Source: Sherman & Morrison, 1950. None where the stage is several states, because
        then more than one row of the chain changes.
        """
        if self._row_of is None:
            self._row_of = {}
            for index, (stage, _) in enumerate(self.states):
                self._row_of[stage] = None if stage in self._row_of else index
        row = self._row_of.get(place)
        if row is None:
            return None if place in self._row_of else 0.0
        groups = self.stages[place].loops
        self.budget.spend(10 * sum(map(len, groups)))
        kept = [[x for x in group if x.index != loop.index] for group in groups]
        left = {x.index: chance for x, chance in chances(kept, {})}
        stays = sum(left.values())
        mean = self._means()
        seen = self._seen_from(row)
        shift = change = 0.0
        onward = False
        for move in self.moves[row]:
            if move.loop is not None:
                more = left.pop(move.loop.index, 0.0) - move.chance
            else:
                more = 1.0 - stays - move.chance
                onward = True
            target = move.target
            shift += more * (move.wait + (0.0 if target is None else mean[target]))
            change += more * (0.0 if target is None else seen[target])
        if left or not onward:
            return None  # a move begins that there was not before
        return -seen[self.start] * shift / (1.0 - change)

    def _seen_from(self, row: int) -> list[float]:
        """Return the expected visits of a state from every other."""
        known = self._columns.get(row)
        if known is None:
            self.budget.spend(len(self.eliminated) + sum(map(len, self.rows)))
            one = [0.0] * len(self.states)
            one[row] = 1.0
            known = self._columns[row] = self._solve(one)
        return known

    def lead(self) -> float:
        """Return the expected hours from the entry to the end; nothing may be trapped."""
        return self._means()[self.start]

    def solve(self) -> ChainResult:
        """Return the expected figures; nothing may be trapped, and visits be bearable."""
        visits = self.visits
        mean = self._means()
        variance = 0.0
        by_stage = [0.0] * len(self.stages)
        onward = [0.0] * len(self.stages)
        for index, (stage, _) in enumerate(self.states):
            by_stage[stage] += visits[index]
            lead = self.stages[stage].lead
            for move in self.moves[index]:
                rest = 0.0 if move.target is None else mean[move.target]
                # By the law of total variance: what one move tells of the time that is left.
                news = lead + move.wait + rest - mean[index]
                variance += visits[index] * move.chance * news * news
                if move.loop is None:
                    onward[stage] += visits[index] * move.chance
        process = sum(v * stage.process for v, stage in zip(by_stage, self.stages, strict=True))
        # A hundred million times smaller than the mean is what rounding leaves of 0.
        sd = sqrt(variance) if variance > (1e-8 * mean[self.start]) ** 2 else 0.0
        return ChainResult(
            tuple(by_stage),
            tuple(onward),
            mean[self.start],
            process,
            sd,
            first_pass(self.stages),
        )
