"""The command line: parse, call, print, exit code."""

from vsmdocs.cli import history
from vsmdocs.cli.verbs import run

__all__ = ["history", "run"]
