"""What verbs show of errors beside what they are for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from vsmdocs.cli.options import Given
from vsmdocs.cli.words import count
from vsmdocs.errors import Finding

_MOST_SHOWN = 5


def show_some(given: Given, findings: Sequence[Finding]) -> None:
    """Show the first errors on standard error, and where the others are to be had."""
    from vsmdocs.rendering.findings_text import render_findings

    if findings:
        terminal, more = given.terminal, len(findings) - _MOST_SHOWN
        terminal.say(render_findings(findings[:_MOST_SHOWN], color=terminal.paints(sys.stderr)))
        if more > 0:
            terminal.say(f"... and {count(more, 'error')} more: vsmdocs check shows them")
