"""The tables `[theme]`: colours, a logo, a line at the foot of pages, and templates of one's own.

Colours are held to what a reader needs as they are read, so that one that cannot be read is an
error at its place and never a site. What measures them is imported only where any is set.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from vsmdocs.rendering.shades import Shades
from vsmdocs.workspace.setting_values import Folder, Line, Table, problem, read_folder, read_line

_PAIR = 'write "#0b6e4f", or {light = "#0b6e4f", dark = "#7fd1ae"}'
_LOGOS = (".svg", ".png")


class Logo(NamedTuple):
    """The files of a logo, below the root."""

    light: str
    dark: str
    """The same one where there is one alone."""


def _colour(value: object) -> str:
    from vsmdocs.rendering.colours import parse_colour

    colour = parse_colour(value.strip()) if isinstance(value, str) else None
    if colour is None:
        raise problem(
            "this is no colour", 'write "#0b6e4f", "rgb(11 110 79)" or "hsl(161 82% 24%)"'
        )
    return colour


def _picture(value: object) -> str:
    hint = 'write "brand/logo.svg", say'
    if not isinstance(value, str):
        raise problem("this is no file", hint)
    path = read_folder(read_line(value))
    if not path.lower().endswith(_LOGOS):
        raise problem("a logo is an SVG or a PNG", hint)
    return path


def _pair(value: object, read: Callable[[object], str], hint: str) -> tuple[str, str | None]:
    """Read one value for both themes, or one for each; None for the dark one that is not said."""
    from pydantic_core import PydanticCustomError

    if not isinstance(value, dict):
        return read(value), None
    for key in value:
        if key not in ("light", "dark"):
            raise problem(f"“{str(key)[:40]}” is no theme", hint, str(key))
    found = []
    for key in ("light", "dark"):
        if key not in value:
            raise problem(f"the one for the {key} theme is missing", hint)
        try:
            found.append(read(value[key]))
        except PydanticCustomError as error:
            context = error.context or {}
            raise problem(context["message"], context["hint"], key) from None
    return found[0], found[1]


def _shades(value: object) -> Shades:
    light, dark = _pair(value, _colour, _PAIR)
    return Shades(light, "", True) if dark is None else Shades(light, dark)


def _ground(value: object) -> Shades:
    # One light ground says nothing about the night.
    light, dark = _pair(value, _colour, _PAIR)
    return Shades(light, dark or "")


def _logo(value: object) -> Logo:
    hint = 'write "brand/logo.svg", or {light = "brand/logo.svg", dark = "brand/night.svg"}'
    light, dark = _pair(value, _picture, hint)
    return Logo(light, dark or light)


def _either(one: dict[str, Any]) -> WithJsonSchema:
    pair = {
        "type": "object",
        "properties": {
            theme: {"description": f"In the {theme} theme.", **one} for theme in ("light", "dark")
        },
        "required": ["light", "dark"],
        "additionalProperties": False,
    }
    return WithJsonSchema({"anyOf": [one, pair]})


_COLOUR_FORM = {
    "type": "string",
    "pattern": r"^\s*(?:#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|[Rr][Gg][Bb]\([0-9, \t]+\)|"
    r"[Hh][Ss][Ll]\([0-9deg, %\t]+\))\s*$",
}
_LOGO_FORM = {
    "type": "string",
    "pattern": r"^(?!/|[A-Za-z]:)(?!(?:.*/)?\.\.(?:/|$))[^\\]+\.(?:[Ss][Vv][Gg]|[Pp][Nn][Gg])\s*$",
    "maxLength": 200,
}
Colour = Annotated[Shades, PlainValidator(_shades), _either(_COLOUR_FORM)]
Ground = Annotated[Shades, PlainValidator(_ground), _either(_COLOUR_FORM)]
LogoFiles = Annotated[Logo, PlainValidator(_logo), _either(_LOGO_FORM)]


class ThemeColours(Table):
    """The table `[theme.colours]`: one colour, of which that of the dark theme is made, or both."""

    ground: Ground | None = None
    """What pages stand on. One colour is that of the light theme; the dark one stays as it is."""
    card: Ground | None = None
    """What sections stand on, above the ground; one colour is that of the light theme."""
    ink: Ground | None = None
    """The main text; one colour is that of the light theme."""
    link: Colour | None = None
    """Links, and the frame around what the keyboard is on; as `flow` where that alone is set."""
    flow: Colour | None = None
    """Work that flows: process time, the critical path, lines of charts."""
    wait: Colour | None = None
    """Waiting."""
    rework: Colour | None = None
    """Work that goes back."""
    better: Colour | None = None
    """A change for the better."""
    worse: Colour | None = None
    """A change for the worse."""

    def chosen(self) -> dict[str, Shades]:
        """Return what is set, by key."""
        values = {key: getattr(self, key) for key in type(self).model_fields}
        return {key: shades for key, shades in values.items() if shades is not None}


def _legible(colours: ThemeColours) -> ThemeColours:
    if chosen := colours.chosen():
        from vsmdocs.rendering.pages.palette import settle
        from vsmdocs.rendering.pages.theme import templates_folder

        tokens = templates_folder() / "style" / "01-tokens.css"
        for fault in settle(chosen, tokens.read_text("utf-8"))[1]:
            raise problem(fault.message, fault.hint, fault.key, fault.theme)
    return colours


class ThemeSettings(Table):
    """The table `[theme]`."""

    logo: LogoFiles | None = None
    """An SVG or PNG in place of the site's name at the top, and as its icon; or one for each of
    the themes `light` and `dark`."""
    footer: Line | None = None
    """A line of text at the foot of every page."""
    templates: Folder | None = None
    """Folder of templates that override parts of pages, below the root."""
    colours: Annotated[ThemeColours, AfterValidator(_legible)] = ThemeColours.model_construct()
