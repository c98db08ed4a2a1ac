"""Colours as the user, the environment and the stream want them."""

from __future__ import annotations

import io

import pytest

from vsmdocs.cli.terminal import Terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colours_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, pipe: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Terminal().paints(Screen()) == terminal
    assert Terminal().paints(io.StringIO()) == pipe
    for stream in (Screen(), io.StringIO()):
        assert Terminal(color="always").paints(stream)
        assert not Terminal(color="never").paints(stream)


def test_talk_is_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.put("data\n")
    terminal.say("talk")
    terminal.detail("detail")
    assert capsys.readouterr() == ("data\n", "talk\n")
    Terminal(verbose=True).detail("detail")
    assert capsys.readouterr() == ("", "detail\n")
    quiet = Terminal(quiet=True, verbose=True)
    quiet.put("data\n")
    quiet.say("talk")
    quiet.detail("detail")
    assert capsys.readouterr() == ("data\n", "")


def test_no_progress_without_a_terminal() -> None:
    with Terminal().progress() as report:
        assert report is None


def test_progress_waits_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    now = [0.0]
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setenv("TERM", "xterm")
    with Terminal().progress() as report:
        assert report is not None
        for done in range(10):
            report("Reading [maps]", done, 10)
        assert screen.getvalue() == ""
        now[0] = 1.1
        report("Reading [maps]", 9, 10)
        assert "Reading [maps]" in screen.getvalue()
        assert "9/10" in screen.getvalue()
        now[0] = 2.0
        report("Drawing", 0, 0)
        assert "Drawing" in screen.getvalue()
    with Terminal(quiet=True).progress() as report:
        assert report is None
