"""The tables `[theme]`: strict, and located where they are wrong."""

from __future__ import annotations

import pytest

from tests.unit.workspace.test_settings import findings_of
from vsmdocs.rendering.shades import Shades
from vsmdocs.workspace.settings import parse_settings
from vsmdocs.workspace.theme_settings import Logo


def test_everything_that_can_be_set() -> None:
    settings = parse_settings(
        """
        [theme]
        logo = {light = "brand/logo.svg", dark = "brand/night.PNG"}
        footer = " <b>Ask</b> us "
        templates = "theme/"
        [theme.colours]
        flow = "#0b6e4f"
        ground = "#f4f8f6"
        wait = {light = "#a33b00", dark = "#ffb067"}
        """,
        "vsmdocs.toml",
    )
    assert settings is not None
    theme = settings.theme
    assert theme.logo == Logo("brand/logo.svg", "brand/night.PNG")
    assert (theme.footer, theme.templates) == ("<b>Ask</b> us", "theme")
    assert theme.colours.chosen() == {
        "ground": Shades("#f4f8f6"),
        "flow": Shades("#0b6e4f", "", True),
        "wait": Shades("#a33b00", "#ffb067"),
    }


@pytest.mark.parametrize(
    ("text", "place", "rule", "words"),
    [
        ("[theme.colours]\nflow = 'red'", (2, 8, 13), "settings-value", "no colour"),
        ("[theme.colours]\nflow = 3", (2, 8, 9), "settings-value", "no colour"),
        ("[theme]\ncolors = {}", (2, 1, 7), "settings-unknown-key", "did you mean colours?"),
        ("[theme.colours]\nflo = '#000'", (2, 1, 4), "settings-unknown-key", "did you mean flow?"),
        ("[theme.colours]\nflow = '#7fd1ae'", (2, 8, 17), "settings-value", "1.5:1"),
        (
            "[theme.colours]\nflow = {light = '#0b6e4f', dark = '#0b6e4f'}",
            (2, 35, 44),
            "settings-value",
            "the dark theme: its contrast is",
        ),
        (
            "[theme.colours.flow]\nlight = '#0b6e4f'\ndark = 'x'",
            (3, 8, 11),
            "settings-value",
            "no colour",
        ),
        ("[theme.colours]\nflow = {light = '#000'}", (2, 8, 24), "settings-value", "is missing"),
        (
            "[theme.colours]\nflow = {light = '#000', night = '#fff'}",
            (2, 33, 39),
            "settings-value",
            "“night” is no theme",
        ),
        ("[theme]\nlogo = '../logo.svg'", (2, 8, 21), "settings-value", "outside the project"),
        ("[theme]\nlogo = '/etc/logo.svg'", (2, 8, 23), "settings-value", "relative"),
        ("[theme]\nlogo = 'logo.gif'", (2, 8, 18), "settings-value", "SVG or a PNG"),
        ("[theme]\nlogo = 'https://a.example/x.svg'", None, "settings-value", ""),
        ("[theme]\ntemplates = '..'", (2, 13, 17), "settings-value", "outside the project"),
        ("[theme]\nfooter = 'a\u202eb'", (2, 10, 15), "settings-value", "U+202E"),
        ("footer = 'x'", (1, 1, 7), "settings-unknown-key", "belongs below [theme]"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    text: str, place: tuple[int, int, int] | None, rule: str, words: str
) -> None:
    if place is None:
        # A path as any other: nothing is ever fetched, and there is no such file.
        settings = parse_settings(text, "vsmdocs.toml")
        assert settings is not None
        assert settings.theme.logo is not None
        return
    (finding,) = findings_of(text)
    assert (finding.line, finding.column, finding.end_column) == place
    assert finding.rule == rule
    assert words in f"{finding.message} {finding.hint}"
    assert finding.hint
