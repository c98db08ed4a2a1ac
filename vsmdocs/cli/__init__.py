"""The command line: parse, call, print, exit code."""

from vsmdocs.cli import demo, diff, history
from vsmdocs.cli.verbs import run

__all__ = ["demo", "diff", "history", "run"]
