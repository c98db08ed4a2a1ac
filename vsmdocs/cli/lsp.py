"""The verb that editors start: a language server on standard input and output."""

from __future__ import annotations

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given, takes_common


@app.command(
    epilog="""\b
Editors start it themselves; docs/editors.md says how to set them up:
  $ pip install 'vsmdocs[lsp]'
  $ vsmdocs lsp

\b
It speaks on standard input and output alone and listens on no network address.
What goes wrong is said on standard error; -v adds tracebacks.
"""
)
@takes_common
def lsp(given: Given) -> int:
    """Serve an editor: errors as you type, completion, figures, rename."""
    from importlib.util import find_spec

    from vsmdocs.errors import UsageError

    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls: pip install 'vsmdocs[lsp]'")
    from vsmdocs.lsp.start import serve

    serve(verbose=given.verbose)
    return 0
