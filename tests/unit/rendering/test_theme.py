"""What a template outputs is escaped, whatever it is, exactly as jinja would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from vsmdocs.rendering.pages.theme import Theme

VALUES = st.one_of(
    st.text(),
    st.text(alphabet="&<>\"'a"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.text(alphabet="<b>&", max_size=5).map(Markup),
    st.lists(st.text(alphabet="<&'", max_size=3), max_size=2),
)


class Text(str):
    """Text of a kind of its own, which is no markup for that."""


class Hostile:
    def __str__(self) -> str:
        return "<script>"


@given(VALUES)
def test_output_is_what_jinja_would_escape(value: object) -> None:
    environment = Theme()._environment
    template = environment.from_string("{{ value }}|{{ [value][0] if value is defined else '' }}")
    assert template.render(value=value) == f"{escape(value)}|{escape(value)}"


def test_kinds_of_text_and_objects_are_escaped_too() -> None:
    environment = Theme()._environment
    template = environment.from_string(
        "{{ a }}{{ b }}{% autoescape false %}{{ a }}{% endautoescape %}"
    )
    escaped = "&lt;i&gt;"
    assert template.render(a=Text("<i>"), b=Hostile()) == f"{escaped}&lt;script&gt;{escaped}"


def test_macros_joins_and_filters_escape_once() -> None:
    environment = Theme()._environment
    template = environment.from_string(
        "{% macro say(x) %}<b>{{ x }}</b>{% endmacro %}{{ say(a) }}{{ say(say(a)) }}"
        "{{ [a, say(a)]|join(', ') }}{{ a ~ say(a) }}"
    )
    once = "<b>&lt;</b>"
    assert template.render(a="<") == f"{once}<b>{once}</b>&lt;, {once}&lt;{once}"
