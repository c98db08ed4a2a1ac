"""The style sheet and the script: joined of parts, and legible in both themes."""

from __future__ import annotations

import math
import re
from itertools import combinations, product

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


def linear(colour: str) -> list[float]:
    """Return the linear red, green and blue of a colour of sRGB."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * letter for letter in colour[1:])
    channels = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    """Return relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = linear(colour)
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
    assert script.startswith('"use strict";\n')
    assert "\n{\n" in script
    assert script.count("\n}\n{\n") >= len(parts) - 1
    assert all(path.read_text("utf-8") in script for path in parts)


# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
# Deficiency, 2009: linear RGB as somebody without one kind of cones sees it.
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# sRGB to XYZ, and the white point D65.
_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)
Matrix = tuple[tuple[float, float, float], ...]


def times(matrix: Matrix, vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: str, deficiency: str) -> list[float]:
    """Return CIELAB of a colour as it is seen."""
    seen = [min(max(part, 0), 1) for part in times(DEFICIENCIES[deficiency], linear(colour))]
    scaled = (part / white for part, white in zip(times(_XYZ, seen), _WHITE, strict=True))
    x, y, z = (p ** (1 / 3) if p > 0.008856 else 7.787 * p + 16 / 116 for p in scaled)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_meanings_are_told_apart_without_one_kind_of_cones(deficiency: str, theme: int) -> None:
    for one, other in combinations(("wait-bar", "flow", "rework"), 2):
        seen = (lab(TOKENS[name][theme], deficiency) for name in (one, other))
        # A difference of 2.3 can just be seen; side by side in a bar it should strike the eye.
        assert math.dist(*seen) > 15, (one, other)


def test_the_docs_show_every_token_as_it_is() -> None:
    docs = (templates_folder().parent / "docs/design.md").read_text("utf-8")
    picture = (templates_folder().parent / "docs/images/tokens.svg").read_text("utf-8")
    for name, (light, dark) in TOKENS.items():
        assert f"| `--{name}` | `{light}` | `{dark}` |" in docs
        row = rf">{name}</text><rect [^>]*fill=\"{light}\"[^>]*>.*?<rect [^>]*fill=\"{dark}\""
        assert re.search(row, picture), name
    for name in re.findall(r"--(text-[a-z]+):", STYLE):
        assert f"`--{name}`" in docs
