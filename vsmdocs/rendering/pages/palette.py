"""The colours that a project sets, and all that follows from them, in both themes.

What is set is used as it is written or refused, for a colour that cannot be read is a defect of
the site. What is not set follows: tints, lines and the other text are made to stand on the
grounds that were chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vsmdocs.rendering.colours import MARK, TEXT, contrast, difference, lowest, mix, readable
from vsmdocs.rendering.shades import Shades

GROUNDS = ("ground", "card")
TEXTS = ("link", "flow", "wait", "rework", "better", "worse")
MEANINGS = ("flow", "wait", "rework")
"""What a picture tells apart by colour."""
KEYS = (*GROUNDS, "ink", *TEXTS)
THEMES = ("light", "dark")
_INK = 7.0
"""What the main text needs, so that a softer one can be read there as well."""
_CLEAR = 6.0
"""What is aimed at where a dark shade is made of a light one: more than the least is calmer."""
_UNLIKE = 0.08
_TINTS = (0.12, 0.1, 0.08, 0.06, 0.04, 0.02, 0.0)
_TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")
_ON_PAPER = ("flow", "flow-soft", "wait", "wait-soft", "wait-bar", "rework", "rework-soft",
             "better", "worse")  # fmt: skip
"""What keeps its colour in print, where grounds are white and text is black."""


class Fault(NamedTuple):
    """A colour that cannot be used, and what could."""

    key: str
    theme: str
    message: str
    hint: str


Tokens = dict[str, str]


def built_in(style: str) -> tuple[Tokens, Tokens]:
    """Return the light and the dark value of every colour in the tokens of a style sheet."""
    found = {name: (light, dark) for name, light, dark in _TOKEN.findall(style)}
    light, dark = ({name: _long(pair[at]) for name, pair in found.items()} for at in (0, 1))
    return light, dark


def settle(
    chosen: Mapping[str, Shades], style: str
) -> tuple[dict[str, tuple[str, str]], list[Fault]]:
    """Return by token the light and the dark colour of all that changes, and what is at fault."""
    faults: list[Fault] = []
    before = built_in(style)
    after = [
        _theme(theme, chosen, dict(known), faults)
        for theme, known in zip(THEMES, before, strict=True)
    ]
    changed = {
        name: (after[0][name], after[1][name])
        for name in before[0]
        if any(new[name] != old[name] for new, old in zip(after, before, strict=True))
    }
    return changed, faults


def as_style(changed: Mapping[str, tuple[str, str]]) -> str:
    """Return what a style sheet says of these tokens."""
    paper = {name: pair for name, pair in changed.items() if name in _ON_PAPER}
    screen = {name: pair for name, pair in changed.items() if name not in paper}
    rules = []
    if paper:
        rules.append(f":root, :root[data-theme] {{ {_declared(paper)} }}\n")
    if screen:
        rules.append(f"@media screen {{ :root {{ {_declared(screen)} }} }}\n")
    return "".join(rules)


def _declared(tokens: Mapping[str, tuple[str, str]]) -> str:
    return " ".join(f"--{name}: light-dark({a}, {b});" for name, (a, b) in tokens.items())


def _theme(theme: str, chosen: Mapping[str, Shades], tokens: Tokens, faults: list[Fault]) -> Tokens:
    """Put what is chosen into the tokens of one theme, and let the others follow."""
    said = {key: getattr(shades, theme) for key, shades in chosen.items()}
    said = {key: colour for key, colour in said.items() if colour}
    ground_said = any(key in said for key in (*GROUNDS, "ink"))
    tokens |= {key: said[key] for key in (*GROUNDS, "ink") if key in said}
    if ground_said:
        faults += _unreadable_ink(theme, said, tokens)
        _follow_grounds(theme, said, tokens)
    for key in TEXTS:
        shades = chosen.get(key)
        if key == "link" and shades is None and "flow" in chosen:
            # One colour of a house is enough: what leads on is what flows.
            said[key] = said.get("flow", "")
            shades = chosen["flow"]
        grounds = _grounds(tokens)
        if theme == "dark" and shades is not None and shades.follows:
            near = readable(shades.light, grounds, _CLEAR) or readable(shades.light, grounds)
            tokens[key] = near or tokens[key]
        elif said.get(key):
            tokens[key] = said[key]
            if chosen.get(key) is not None:
                faults += _unreadable(theme, key, tokens, grounds)
        elif ground_said:
            tokens[key] = readable(tokens[key], grounds) or tokens["ink"]
    for key in MEANINGS:
        if ground_said or chosen.get(key) is not None:
            tokens[f"{key}-soft"] = _tint(tokens, key)
    if ground_said or chosen.get("wait") is not None:
        bar = mix(tokens["wait"], tokens["card"], 0.2)
        fits = lowest(bar, _grounds(tokens)) >= MARK
        tokens["wait-bar"] = bar if fits else tokens["wait"]
    faults += _alike(theme, said, tokens)
    return tokens


def _grounds(tokens: Tokens) -> tuple[str, ...]:
    return tuple(tokens[name] for name in ("ground", "card", "sunken", "lane-a", "lane-b"))


def _follow_grounds(theme: str, said: Mapping[str, str], tokens: Tokens) -> None:
    if theme == "dark" and "ground" in said and "card" not in said:
        tokens["card"] = mix(tokens["ground"], tokens["ink"], 0.05)
    ground, card, ink = tokens["ground"], tokens["card"], tokens["ink"]
    # By day what is sunken is darker than all around it, by night lighter than what it lies on.
    tokens["sunken"] = mix(
        ground if theme == "light" else card, ink, 0.04 if theme == "light" else 0.06
    )
    tokens["lane-a"], tokens["lane-b"] = mix(card, ink, 0.04), mix(card, ink, 0.015)
    tokens["line"] = mix(card, ink, 0.13)
    grounds = _grounds(tokens)
    tokens["line-strong"] = readable(mix(card, ink, 0.5), grounds, MARK) or ink
    tokens["soft"] = readable(mix(ink, card, 0.28), grounds) or ink


def _tint(tokens: Tokens, key: str) -> str:
    """Return the strongest tint of a colour on which it and all other text can be read."""
    texts = tokens[key], tokens["ink"], tokens["soft"]
    tints = (mix(tokens["card"], tokens[key], part) for part in _TINTS)
    return next((tint for tint in tints if lowest(tint, texts) >= TEXT), tokens["card"])


def _unreadable(theme: str, key: str, tokens: Tokens, grounds: Iterable[str]) -> list[Fault]:
    ratio = lowest(tokens[key], grounds)
    if ratio >= TEXT:
        return []
    near = readable(tokens[key], grounds)
    hint = f'the nearest shade that can is "{near}"' if near else "choose another ground"
    return [Fault(key, theme, _words(tokens[key], theme, ratio, TEXT), hint)]


def _unreadable_ink(theme: str, said: Mapping[str, str], tokens: Tokens) -> list[Fault]:
    """Return what keeps the main text from being read on its grounds."""
    ink = tokens["ink"]
    for key in GROUNDS:
        ratio = contrast(ink, tokens[key])
        if ratio >= _INK:
            continue
        if "ink" in said:
            near = readable(ink, [tokens[name] for name in GROUNDS], _INK)
            hint = f'the nearest shade that can is "{near}"' if near else "choose another ground"
            return [Fault("ink", theme, _words(ink, theme, ratio, _INK), hint)]
        if key in said:
            near = readable(tokens[key], [ink], _INK)
            message = (
                f"the text {ink} has a contrast of {_shown(ratio)}:1 on {tokens[key]} in the "
                f"{theme} theme, and needs {_shown(_INK)}:1"
            )
            return [Fault(key, theme, message, f'"{near}" will do, or set ink as well')]
    return []


def _alike(theme: str, said: Mapping[str, str], tokens: Tokens) -> list[Fault]:
    """Return meanings that a picture could no longer tell apart."""
    for at, key in enumerate(MEANINGS):
        for other in MEANINGS[:at]:
            if not (said.get(key) or said.get(other)):
                continue
            if difference(tokens[key], tokens[other]) < _UNLIKE:
                blamed = key if said.get(key) else other
                rest = other if blamed == key else key
                message = (
                    f"{tokens[blamed]} can hardly be told from {rest}, which is {tokens[rest]} "
                    f"in the {theme} theme"
                )
                return [Fault(blamed, theme, message, f"choose another hue, or set {rest} too")]
    return []


def _words(colour: str, theme: str, ratio: float, least: float) -> str:
    return (
        f"{colour} cannot be read in the {theme} theme: its contrast is {_shown(ratio)}:1, and "
        f"text needs {_shown(least)}:1"
    )


def _shown(ratio: float) -> str:
    """Return a ratio rounded down, so that one that falls short is never shown as enough."""
    return f"{int(ratio * 10) / 10:g}"


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
