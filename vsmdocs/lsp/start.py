"""Starting the server on standard input and output, and what is said beside them."""

from __future__ import annotations

import logging
import sys
from typing import Any

from pygls.exceptions import JsonRpcInvalidParams

from vsmdocs.lsp.requests import make_server


def serve(*, verbose: bool = False) -> None:
    """Serve one editor on standard input and output until it says goodbye."""
    log = logging.StreamHandler(sys.stderr)
    log.setFormatter(_OneLine("vsmdocs: %(message)s") if not verbose else None)
    log.addFilter(_is_news)
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, handlers=[log])
    make_server(verbose=verbose).start_io()


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a record of the library's is more than an answer that the editor has too."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, JsonRpcInvalidParams)


class _OneLine(logging.Formatter):
    """Writes records without the traceback that nobody asked for."""

    def formatException(self, ei: Any) -> str:
        return f"{type(ei[1]).__name__}: {str(ei[1])[:500]}"
