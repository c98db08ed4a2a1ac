"""Which formats go where."""

from __future__ import annotations

from pathlib import Path

import pytest

from vsmdocs.cli.check_outputs import FORMATS, Output, parse_outputs
from vsmdocs.errors import UsageError

START = Path("/project")


@pytest.mark.parametrize(
    ("words", "outputs"),
    [
        ([], [Output("text")]),
        (["json"], [Output("json")]),
        (["json:-"], [Output("json")]),
        (["sarif:out/x.sarif"], [Output("sarif", START / "out/x.sarif"), Output("text")]),
        (["text:a:b"], [Output("text", START / "a:b"), Output("text")]),
        (
            ["sarif:/tmp/x", "github", "json:y"],
            [Output("sarif", Path("/tmp/x")), Output("github"), Output("json", START / "y")],
        ),
    ],
)
def test_what_is_asked_for(words: list[str], outputs: list[Output]) -> None:
    assert parse_outputs(words, START) == outputs


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xml"], f"'xml' is no format; there are {', '.join(FORMATS)}"),
        (["serif:x"], "did you mean sarif?"),
        ([""], "'' is no format"),
        (["json:"], "no file is named in 'json:'; write json:findings.json"),
        (["json", "github"], "only one format can go to standard output"),
        (["json:x", "sarif:./x"], "two formats cannot go into one file, /project/x"),
    ],
)
def test_what_cannot_be_meant(words: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_outputs(words, START)
    assert said in str(caught.value)
