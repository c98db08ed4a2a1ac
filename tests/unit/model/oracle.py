"""The figures of a map straight from their definitions: slow, exact, and written apart.

Every path is enumerated, every combination of choices and of failing steps too, and the
rework chain is a dense matrix of fractions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from math import sqrt

from tests.unit.model.strategies import Drawn, Loop

Place = tuple[str, int]
"""The step at which a line of sections begins ("" for the flow's own), and a section in it."""
State = tuple[Place, tuple[int, ...]]


@dataclass
class Section:
    steps: frozenset[str]
    lead: int
    process: int
    wait_after: int


@dataclass
class Figures:
    lead: Fraction = Fraction(0)
    process: Fraction = Fraction(0)
    expected: Fraction = Fraction(0)
    expected_process: Fraction = Fraction(0)
    sd: float = 0.0
    first_pass: Fraction = Fraction(0)
    effort: Fraction = Fraction(0)
    visits: dict[str, Fraction] = field(default_factory=dict)
    share: dict[str, Fraction] = field(default_factory=dict)
    slack: dict[str, int] = field(default_factory=dict)


class Scenario:
    """One combination of choices."""

    def __init__(self, drawn: Drawn, taken: dict[str, str]) -> None:
        self.drawn = drawn
        open_ways = {(source, t) for source, ways in drawn.choices for t, _ in ways}
        self.next: dict[str, list[str]] = {step: [] for step in drawn.order}
        for source, target in drawn.edges:
            if (source, target) not in open_ways or taken[source] == target:
                self.next[source].append(target)
        entered = {target for _, target in drawn.edges}
        starts = [step for step in drawn.order if step not in entered]
        self.paths = [path for start in starts for path in self.walk(start)]
        self.steps = {step for path in self.paths for step in path}
        self.lines = {"": self.sections(self.paths)}
        self.home: dict[str, Place] = {}
        for number, section in enumerate(self.lines[""]):
            self.home.update(dict.fromkeys(section.steps, ("", number)))
        for loop in drawn.loops:
            if loop.target not in self.home:
                self.lines[loop.target] = self.sections(list(self.walk(loop.target)))
                self.home[loop.target] = (loop.target, 0)

    def walk(self, step: str) -> Iterator[tuple[str, ...]]:
        if not self.next[step]:
            yield (step,)
        for target in self.next[step]:
            for rest in self.walk(target):
                yield (step, *rest)

    def length(self, path: tuple[str, ...]) -> tuple[int, int]:
        """Return lead and process hours."""
        process = sum(self.drawn.process[step] for step in path)
        waits = sum(self.drawn.wait[step] for step in path)
        between = sum(self.drawn.edges[pair] for pair in pairwise(path))
        return process + waits + between, process

    def sections(self, paths: list[tuple[str, ...]]) -> list[Section]:
        common = [step for step in paths[0] if all(step in path for path in paths)]
        found: list[Section] = []
        for before, after in zip([None, *common], [*common, None], strict=True):
            between = []
            for path in paths:
                low = path.index(before) + 1 if before else 0
                high = path.index(after) if after else len(path)
                between.append((path, low, high))
            if any(low < high for _, low, high in between):
                lengths = []
                for path, low, high in between:
                    whole = path[max(low - 1, 0) if before else low : high + 1 if after else high]
                    lead, process = self.length(whole)
                    for end, there in ((before, whole[0]), (after, whole[-1])):
                        if end and end == there:
                            lead -= self.drawn.process[end] + self.drawn.wait[end]
                            process -= self.drawn.process[end]
                    lengths.append((lead, process))
                steps = frozenset(s for path, low, high in between for s in path[low:high])
                found.append(Section(steps, *max(lengths), 0))
            elif before and after:
                found[-1].wait_after = self.drawn.edges[before, after]
            if after:
                own = self.drawn.process[after]
                found.append(Section(frozenset((after,)), own + self.drawn.wait[after], own, 0))
        return found

    def section(self, place: Place) -> Section:
        return self.lines[place[0]][place[1]]

    def returns(self, place: Place, used: tuple[int, ...]) -> dict[int | None, Fraction]:
        """Return the chance of each loop, by its number, and of none."""
        groups = []
        for step in sorted(self.section(place).steps, key=self.drawn.order.index):
            live = [
                (number, loop)
                for number, loop in enumerate(self.drawn.loops)
                if loop.source == step and (loop.passes is None or used[number] < loop.passes)
            ]
            rest = 1 - sum((loop.rate for _, loop in live), Fraction(0))
            groups.append([(number, loop.rate) for number, loop in live] + [(None, rest)])
        chances: dict[int | None, Fraction] = {}
        for outcome in product(*groups):
            fired = [number for number, _ in outcome if number is not None]
            winner = min(fired, key=lambda n: self.rank(self.drawn.loops[n]), default=None)
            chance = Fraction(1)
            for _, part in outcome:
                chance *= part
            if chance:
                chances[winner] = chances.get(winner, Fraction(0)) + chance
        return chances

    def rank(self, loop: Loop) -> tuple[int, int]:
        return self.drawn.order.index(loop.target), self.drawn.order.index(loop.source)

    def moves(self, state: State) -> Iterator[tuple[State | None, Fraction, int, int | None]]:
        place, used = state
        for number, chance in self.returns(place, used).items():
            if number is None:
                last = place[1] + 1 == len(self.lines[place[0]])
                after = None if last else ((place[0], place[1] + 1), used)
                yield after, chance, self.section(place).wait_after, None
            else:
                loop = self.drawn.loops[number]
                limited = loop.passes is not None
                more = tuple(n + (limited and i == number) for i, n in enumerate(used))
                yield (self.home[loop.target], more), chance, loop.wait, number

    def chain(self) -> tuple[list[State], list[Fraction], Fraction, Fraction]:
        """Return states, visits, and the first two moments of the lead time."""
        start: State = (("", 0), (0,) * len(self.drawn.loops))
        states = [start]
        moves = {}
        for state in states:
            moves[state] = list(self.moves(state))
            states += {t for t, *_ in moves[state] if t is not None} - set(states)
        number = {state: index for index, state in enumerate(states)}
        matrix = [[Fraction(int(i == j)) for j in range(len(states))] for i in range(len(states))]
        first = [Fraction(0)] * len(states)
        for state in states:
            row = number[state]
            for target, chance, wait, _ in moves[state]:
                first[row] += chance * (self.section(state[0]).lead + wait)
                if target is not None:
                    matrix[row][number[target]] -= chance
        mean = solve(matrix, first)
        second = [Fraction(0)] * len(states)
        for state in states:
            for target, chance, wait, _ in moves[state]:
                here = self.section(state[0]).lead + wait
                rest = mean[number[target]] if target is not None else Fraction(0)
                second[number[state]] += chance * (here * here + 2 * here * rest)
        square = solve(matrix, second)
        turned = [list(column) for column in zip(*matrix, strict=True)]
        visits = solve(turned, [Fraction(int(i == 0)) for i in range(len(states))])
        return states, visits, mean[0], square[0]


def solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Solve by Gauss and Jordan."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(len(rows)):
        pivot = next(r for r in range(column, len(rows)) if rows[r][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value and value / rows[column][column] for value in rows[column]]
        for r in range(len(rows)):
            if r != column and rows[r][column]:
                factor = rows[r][column]
                pairs = zip(rows[r], rows[column], strict=True)
                rows[r] = [a - factor * b if b else a for a, b in pairs]
    return [row[-1] for row in rows]


def combinations(drawn: Drawn) -> Iterator[tuple[Fraction, Scenario]]:
    for ways in product(*(ways for _, ways in drawn.choices)):
        chance = Fraction(1)
        for _, share in ways:
            chance *= share
        if chance:
            sources = [source for source, _ in drawn.choices]
            taken = {source: way[0] for source, way in zip(sources, ways, strict=True)}
            yield chance, Scenario(drawn, taken)


def calculate(drawn: Drawn) -> Figures:
    """Return every figure of a map."""
    found = Figures()
    for chance, scenario in combinations(drawn):
        lead, process = max(scenario.length(path) for path in scenario.paths)
        found.lead += chance * lead
        found.process += chance * process
        for step in scenario.steps:
            through = max(scenario.length(p)[0] for p in scenario.paths if step in p)
            found.slack[step] = min(found.slack.get(step, lead), lead - through)
            found.share[step] = found.share.get(step, Fraction(0)) + chance
            found.effort += chance * drawn.process[step]
        states, visits, mean, square = scenario.chain()
        found.expected += chance * mean
        found.sd += float(chance) * sqrt(square - mean * mean)
        clean = chance
        for number in range(len(scenario.lines[""])):
            clean *= scenario.returns(("", number), (0,) * len(drawn.loops)).get(None, Fraction(0))
        found.first_pass += clean
        for (place, _), count in zip(states, visits, strict=True):
            found.expected_process += chance * count * scenario.section(place).process
            for step in scenario.section(place).steps:
                found.visits[step] = found.visits.get(step, Fraction(0)) + chance * count
    return found


def simulate(drawn: Drawn, items: int, seed: int) -> list[float]:
    """Let items walk, and return how long each took in hours."""
    rng = random.Random(seed)
    scenarios = list(combinations(drawn))
    weights = [float(chance) for chance, _ in scenarios]
    hours = []
    for _ in range(items):
        scenario = rng.choices(scenarios, weights)[0][1]
        state: State | None = (("", 0), (0,) * len(drawn.loops))
        total = 0
        while state is not None:
            place, used = state
            fired = []
            for step in scenario.section(place).steps:
                spin = rng.random()
                for number, loop in enumerate(drawn.loops):
                    if loop.source != step:
                        continue
                    if loop.passes is not None and used[number] >= loop.passes:
                        continue
                    spin -= float(loop.rate)
                    if spin < 0:
                        fired.append(number)
                        break
            total += scenario.section(place).lead
            winner = min(fired, key=lambda n: scenario.rank(drawn.loops[n]), default=None)
            after = {number: (target, wait) for target, _, wait, number in scenario.moves(state)}
            state, wait = after[winner]
            total += wait
        hours.append(float(total))
    return hours
