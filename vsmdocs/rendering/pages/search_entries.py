"""What can be found in one stream: it and its states, steps, owners and improvements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vsmdocs.model.stream import Improvement, Step, ValueStreamMap
from vsmdocs.rendering.pages.figures import state_label
from vsmdocs.rendering.words import kind_word, status_word

_MOST_WORDS = 300
"""Characters of a text beside the name that are searched: a name is what people look for."""


class FoundState(NamedTuple):
    """A state of a stream."""

    name: str
    """Its page's, such as `future-q2`."""
    label: str


class FoundStep(NamedTuple):
    """A step, once for all states in which it reads the same."""

    id: str
    title: str
    owner: str
    words: str
    """What else it is found by."""
    states: tuple[int, ...]
    """Those that have it, by their place among the stream's."""


class FoundImprovement(NamedTuple):
    """An improvement, once for all states in which it reads the same."""

    id: str
    title: str
    owner: str
    words: str
    states: tuple[int, ...]
    status: str
    """As pages show it."""
    step: str
    """The title of the step that it is about."""


class FoundStream(NamedTuple):
    """A stream with all that is found in it; JSON writes it as the index has it."""

    name: str
    title: str
    owner: str
    words: str
    states: tuple[FoundState, ...]
    steps: tuple[FoundStep, ...]
    improvements: tuple[FoundImprovement, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who answers for something in it, in the order of first mention."""
        steps, improvements = self.steps, self.improvements
        named = [self.owner, *(one.owner for one in steps), *(one.owner for one in improvements)]
        return tuple(dict.fromkeys(name for name in named if name))


def found_stream(title: str, owner: str, maps: Sequence[ValueStreamMap]) -> FoundStream:
    """Return what can be found in a stream; `maps` are its states in their order."""
    steps: dict[FoundStep, dict[int, str]] = {}
    improvements: dict[FoundImprovement, dict[int, str]] = {}
    words: dict[str, None] = {}
    for number, one in enumerate(maps):
        names = {step.id: step.title for step in one.steps}
        for text in (one.title, one.owner, one.unit, one.trigger, one.customer, one.outcome):
            words[text or ""] = None
        words |= dict.fromkeys(one.tags)
        for step in one.steps:
            kind = "" if step.kind == "work" else kind_word(step.kind)
            said = _joined((kind, *step.systems, *step.wastes))
            steps.setdefault(_step(step), {})[number] = said
        for item in one.improvements:
            said = item.hypothesis or ""
            improvements.setdefault(_improvement(item, names), {})[number] = said
    return FoundStream(
        maps[0].stream,
        title,
        owner,
        _joined(word for word in words if word not in (title, owner)),
        tuple(FoundState(one.name, state_label(one)) for one in maps),
        tuple(
            entry._replace(words=_joined(said.values()), states=tuple(said))
            for entry, said in steps.items()
        ),
        tuple(
            entry._replace(words=_joined(said.values()), states=tuple(said))
            for entry, said in improvements.items()
        ),
    )


def _step(step: Step) -> FoundStep:
    return FoundStep(step.id, step.title, step.owner or "", "", ())


def _improvement(item: Improvement, names: dict[str, str]) -> FoundImprovement:
    return FoundImprovement(
        item.id, item.title, item.owner or "", "", (), status_word(item.status),
        names.get(item.step or "", ""),
    )  # fmt: skip


def _joined(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for word in words if word))[:_MOST_WORDS]
