"""The style sheet and the script: joined of parts, and legible in both themes."""

from __future__ import annotations

import re
from itertools import product

import pytest

from vsmdocs.rendering.pages.theme import assets, templates_folder

STYLE = assets()["style.css"][1].decode()
_PAIR = r"--([a-z-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)"
TOKENS = {name: (light, dark) for name, light, dark in re.findall(_PAIR, STYLE)}
TEXTS = ("ink", "soft", "link", "wait", "flow", "rework", "better", "worse")
GROUNDS = ("ground", "card", "sunken")
MARKS = ("line-strong", "wait-bar")
PAIRS = [
    *product(TEXTS, GROUNDS),
    *((name, f"{name}-soft") for name in ("wait", "flow", "rework")),
    *product(("ink", "soft"), ("lane-a", "lane-b", "wait-soft", "flow-soft")),
]


def luminance(colour: str) -> float:
    """Return relative luminance, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * letter for letter in colour[1:])
    channels = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *product(TEXTS, GROUNDS),
        ("wait", "wait-soft"),
        ("flow", "flow-soft"),
        ("rework", "rework-soft"),
        ("ink", "wait-soft"),
        ("ink", "flow-soft"),
        ("ink", "lane-a"),
        ("soft", "lane-a"),
    ],
)
def test_text_can_be_read_on_every_ground(text: str, ground: str, theme: int) -> None:
    # 1.4.3: 4.5 to 1.
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), [*product(MARKS, GROUNDS)])
def test_marks_can_be_told_from_every_ground(mark: str, ground: str, theme: int) -> None:
    # 1.4.11: 3 to 1.
    assert contrast(TOKENS[mark][theme], TOKENS[ground][theme]) >= 3.0


def test_colours_stand_among_the_tokens_alone() -> None:
    for path in sorted((templates_folder() / "style").glob("*.css")):
        if path.name != "01-tokens.css":
            colours = re.findall(r": [^;{}]*(?:#[0-9a-f]{3,8}|rgba?\()", path.read_text("utf-8"))
            assert not colours, path.name


def test_parts_of_the_script_keep_their_names_to_themselves() -> None:
    script = assets()["script.js"][1].decode()
    parts = sorted((templates_folder() / "script").glob("*.js"))
    assert script.startswith('"use strict";\n{\n')
    assert script.count("\n}\n{\n") >= len(parts) - 1
    assert all(path.read_text("utf-8") in script for path in parts)
