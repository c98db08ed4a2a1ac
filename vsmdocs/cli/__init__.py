"""The command line: parse, call, print, exit code."""

from vsmdocs.cli.running import run

__all__ = ["run"]
