"""Breaking text into lines whose width is only estimated."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.rendering.picture.strategies import (
    ARABIC_80,
    CJK_80,
    COMBINING_80,
    HEBREW_80,
    HOSTILE,
    LATIN_80,
    NAMES,
)
from vsmdocs.rendering.picture.textfit import char_width, is_rtl, text_width, wrap

texts = st.one_of(
    st.sampled_from([*NAMES, *HOSTILE]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120),
    st.text("ab -/.…()（）、。本語é\u0301\u200bאب", max_size=60),
)


def squeezed(text: str) -> str:
    """Return what a reader reads: everything but white space."""
    return "".join(text.split())


@given(texts, st.integers(2, 20), st.integers(1, 7))
@example("W" * 80, 5, 3)
@example("a\u0301" * 40, 3, 2)
@example("(本)" * 20, 4, 3)
@example("- - - -", 2, 7)
@example("0\u00a0%", 2, 2)
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert len(lines) <= most
    for line in lines:
        assert text_width(line) <= width + 1e-6
        assert line == line.strip()
    whole = "".join(map(squeezed, lines))
    if whole != squeezed(text):
        assert lines[-1].endswith("…"), "text was dropped in silence"
        assert squeezed(text).startswith(whole.removesuffix("…"))


@given(texts, st.integers(2, 20))
def test_with_room_enough_nothing_is_cut(text: str, width: int) -> None:
    assert "".join(map(squeezed, wrap(text, width, 999))) == squeezed(text)


@given(texts, st.integers(2, 20), st.integers(1, 7))
def test_more_lines_never_show_less(text: str, width: int, most: int) -> None:
    shown = ["".join(wrap(text, width, lines)) for lines in (most, most + 1)]
    assert len(shown[0].removesuffix("…")) <= len(shown[1])


@given(texts, st.integers(2, 12), st.integers(1, 7))
@example("0/\u0300¡", 2, 2)
def test_a_mark_stays_with_its_letter(text: str, width: int, most: int) -> None:
    text = text.lstrip("".join(c for c in text if unicodedata.category(c) in ("Mn", "Me")))
    for line in wrap(text, width, most):
        before = text[text.find(line[0]) - 1 : text.find(line[0])]
        if unicodedata.category(line[0]) in ("Mn", "Me"):
            assert not before.strip(), "a line begins with the mark of another letter"


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("", 5, 3, ()),
        ("   ", 5, 3, ()),
        ("Dev", 5, 3, ("Dev",)),
        ("Build the feature", 7, 3, ("Build the", "feature")),
        ("Build  \n the\tfeature", 99, 3, ("Build the feature",)),
        ("60\u00a0% of the time", 3, 4, ("60\u00a0%", "of", "the", "time")),
        ("sign-off/approval", 6.5, 3, ("sign-off/", "approval")),
        ("本番環境", 2.1, 3, ("本番", "環境")),
        ("本番。", 2.1, 3, ("本", "番。")),
        ("Build the feature", 6, 1, ("Build th…",)),
        ("a " + "W" * 80, 6, 1, ("a WWW…",)),
        ("Build the feature whole", 7, 2, ("Build the", "feature w…")),
    ],
)
def test_where_lines_break(text: str, width: float, most: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, width, most) == lines


def test_letters_with_marks_are_as_wide_as_without() -> None:
    assert text_width("e\u0301\u0302") == text_width("e")
    assert char_width("本") == pytest.approx(1, abs=0.05)
    assert text_width(COMBINING_80) < text_width(LATIN_80)


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        (HEBREW_80, True),
        (ARABIC_80, True),
        (CJK_80, False),
        (LATIN_80, False),
        ("12 – בנה", True),
        ("Build בנה", False),
        ("123", False),
        ("", False),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl
