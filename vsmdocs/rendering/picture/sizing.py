"""From a map to the structure of its picture: lanes, columns and sizes off a small scale.

Sizes come in steps, so that a renamed step or another number seldom moves anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.language import own_way, tr
from vsmdocs.model.flow import START, Edge, Flow
from vsmdocs.model.stream import ValueStreamMap
from vsmdocs.rendering.picture.layout import LayoutSpec, ranks
from vsmdocs.rendering.picture.textfit import text_width, wrap
from vsmdocs.rendering.words import way_word

NAME_SIZE, LINE = 13, 16
PADDING = 9
DATA_ROW = 17
BADGES = 26
"""Room above a box for the triangle and the burst."""
TAGS = 17
"""Room below a box for its automation and the mark of the longest wait."""
END_WIDTH = 96
GAP = 34
LABEL_SIZE, LABEL_LINE = 11, 15
_WIDTHS = ((146, 2), (146, 3), (176, 3), (212, 4), (232, 5), (232, 7))
_LABEL_WIDTHS = (48, 72, 104, 140)


@dataclass(frozen=True, slots=True)
class Sizes:
    """What all boxes of a map have in common, in pixels."""

    width: int
    name_lines: int

    @property
    def header(self) -> int:
        """Height of the part of a box that holds the name."""
        return 10 + self.name_lines * LINE + 2

    @property
    def box(self) -> int:
        """Height of a box without its badges and tags."""
        return self.header + 2 * DATA_ROW + 8

    @property
    def place(self) -> int:
        """Height of a box with them."""
        return BADGES + self.box + TAGS


def name_room(width: int) -> float:
    """Return the room for a line of a name, in em."""
    return (width - 2 * PADDING) / NAME_SIZE


def choose_sizes(names: list[str]) -> Sizes:
    """Return the smallest box that holds every name whole, else the largest there is."""
    for width, most in _WIDTHS:
        needed = max(len(wrap(name, name_room(width), 99)) for name in names)
        if needed <= most:
            return Sizes(width, needed)
    return Sizes(*_WIDTHS[-1])


def owners_in_order(stream_map: ValueStreamMap, flow: Flow) -> list[str | None]:
    """Return the owners in the order in which the flow first meets them."""
    owner = {step.id: step.owner for step in stream_map.steps}
    return list(dict.fromkeys(owner[step] for step in flow.order))


def label_lines(edge: Edge, share: str, wait: str) -> tuple[str, ...]:
    """Return what stands on an edge: its share and label, its wait, its kind."""
    first = " ".join(part for part in (share, edge.label or "") if part)
    lines = list(wrap(first, _LABEL_WIDTHS[-1] / LABEL_SIZE - 1, 2)) if first else []
    kind = tr("FIFO") if edge.kind == "fifo" else way_word(edge.kind) if edge.kind else ""
    second = " · ".join(part for part in (kind, wait) if part)
    return tuple(map(own_way, (*lines, second) if second else lines))


def _label_size(lines: tuple[str, ...]) -> tuple[int, int] | None:
    if not lines:
        return None
    needed = max(text_width(line) for line in lines) * LABEL_SIZE + 10
    width = next((w for w in _LABEL_WIDTHS if w >= needed), _LABEL_WIDTHS[-1])
    return (width, len(lines) * LABEL_LINE + 4)


def layout_spec(
    stream_map: ValueStreamMap, flow: Flow, labels: dict[tuple[str, str], tuple[str, ...]]
) -> LayoutSpec:
    """Return the structure of a map's picture.

    The trigger leads to every first step, and every last step to the customer.
    """
    sizes = choose_sizes([step.title for step in stream_map.steps])
    owners = {owner: lane for lane, owner in enumerate(owners_in_order(stream_map, flow))}
    number = {step.id: index for index, step in enumerate(stream_map.steps)}
    trigger = len(number)
    customer = trigger + 1
    lanes = [owners[step.owner] for step in stream_map.steps]
    edges: list[tuple[int, int]] = [(trigger, number[step]) for step in flow.starts]
    sized: list[tuple[int, int] | None] = [None] * len(edges)
    for edge in flow.edges:
        source = trigger if edge.source == START else number[edge.source]
        edges.append((source, number[edge.target]))
        sized.append(_label_size(labels.get((edge.source, edge.target), ())))
    for step in flow.order:
        if not flow.outgoing[step]:
            edges.append((number[step], customer))
            sized.append(None)
    order = (trigger, *(number[step] for step in flow.order), customer)
    columns = ranks(customer + 1, tuple(edges), order)
    first = flow.order[0]
    last = flow.order[-1]
    return LayoutSpec(
        lanes=(*lanes, lanes[number[first]], lanes[number[last]]),
        ranks=tuple(columns),
        edges=tuple(edges),
        label_sizes=tuple(sized),
        width=sizes.width,
        height=sizes.place,
        end_width=END_WIDTH,
        gap=GAP,
    )
