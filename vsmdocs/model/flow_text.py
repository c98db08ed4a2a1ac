"""The small language of flow lines: `a -> [b, c] -> [d 20%, e 80%]`.

Positions are kept as offsets into the line, so that a mistake is shown where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\s*(->|\[|\]|,|[^\s\[\],]+)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%")
_HINT = "write step ids joined by ->, such as design -> [build, test] -> deploy"


@dataclass(frozen=True, slots=True)
class Mention:
    """A step's id as it stands in a line, with its share where it is an alternative."""

    id: str
    offset: int
    share: float | None = None
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two arrows: one step, several at once, or alternatives."""

    mentions: tuple[Mention, ...]
    offset: int

    @property
    def is_choice(self) -> bool:
        """Whether the mentions are alternatives with shares."""
        return self.mentions[0].share is not None


class FlowSyntaxError(ValueError):
    """A line that cannot be read; `offset` is where, in characters from its start."""

    def __init__(self, message: str, hint: str, offset: int, length: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.offset, self.length = message, hint, offset, length


@lru_cache(maxsize=1024)
def parse_line(line: str) -> tuple[Group, ...]:
    """Read one flow line into its groups, in order.

    Raises
    ------
    FlowSyntaxError
        Where the line is not a chain of ids and bracketed groups.
    """
    tokens = [(match[1], match.start(1)) for match in _TOKEN.finditer(line)]
    groups: list[Group] = []
    index = 0
    while True:
        group, index = _read_group(tokens, index, len(line))
        groups.append(group)
        if index == len(tokens):
            return tuple(groups)
        token, offset = tokens[index]
        if token != "->":
            raise FlowSyntaxError(
                f"“{token[:40]}” follows where an arrow is expected", _HINT, offset, len(token)
            )
        index += 1


Tokens = list[tuple[str, int]]


def _read_group(tokens: Tokens, index: int, end: int) -> tuple[Group, int]:
    if index >= len(tokens):
        raise FlowSyntaxError("the line ends where a step is expected", _HINT, max(end - 1, 0))
    token, offset = tokens[index]
    if token != "[":
        return Group((_mention(token, offset),), offset), index + 1
    mentions: list[Mention] = []
    index += 1
    while True:
        if index >= len(tokens):
            raise FlowSyntaxError("this bracket is never closed", "close it with ]", offset)
        mention = _mention(*tokens[index])
        index += 1
        if index < len(tokens) and tokens[index][0] not in (",", "]"):
            text, at = tokens[index]
            match = _SHARE.fullmatch(text)
            if not match:
                raise FlowSyntaxError(
                    f"“{text[:40]}” is not a share",
                    f"write {mention.id} 20%, or separate the steps by commas",
                    at,
                    len(text),
                )
            mention = Mention(mention.id, mention.offset, float(match[1]) / 100)
            index += 1
        mentions.append(mention)
        if index >= len(tokens):
            raise FlowSyntaxError("this bracket is never closed", "close it with ]", offset)
        if tokens[index][0] == "]":
            break
        index += 1
    _check_group(mentions, offset)
    return Group(tuple(mentions), offset), index + 1


def _mention(token: str, offset: int) -> Mention:
    if not _SLUG.fullmatch(token):
        raise FlowSyntaxError(f"“{token[:40]}” is not a step's id", _HINT, offset, len(token))
    return Mention(token, offset)


def _check_group(mentions: list[Mention], offset: int) -> None:
    seen: set[str] = set()
    for mention in mentions:
        if mention.id in seen:
            raise FlowSyntaxError(
                f"“{mention.id}” stands twice in one bracket",
                "name each step once",
                mention.offset,
                len(mention.id),
            )
        seen.add(mention.id)
    shares = [mention.share for mention in mentions if mention.share is not None]
    if shares and len(shares) != len(mentions):
        raise FlowSyntaxError(
            "some of these steps have a share and some have none",
            "give every alternative its share, or none of them",
            offset,
        )
    total = sum(shares)
    if shares and abs(total - 1) > 1e-9:
        raise FlowSyntaxError(
            f"the shares of these alternatives sum to {total * 100:.6g} %",
            "make them sum to 100%",
            offset,
        )
