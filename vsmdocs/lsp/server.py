"""The server's side of a conversation: the texts that are open, and what is published of them.

Texts are looked at in one thread beside the one that answers, so that typing is never held up
by a map that takes long to calculate; what it finds is published only while the text is still
the one that was looked at.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from vsmdocs import __version__
from vsmdocs.lsp import replies
from vsmdocs.lsp.analysis import Analysis
from vsmdocs.lsp.documents import Documents, Opened

PATIENCE_SECONDS = 0.15
"""How long nothing is typed before a text is looked at."""


class MapServer(LanguageServer):
    """The server, with the texts that are open."""

    def __init__(self, *, verbose: bool = False) -> None:
        # Whole texts: the library ends lines where an editor does not, and maps are short.
        kind = types.TextDocumentSyncKind.Full
        super().__init__("vsmdocs", __version__, text_document_sync_kind=kind)
        self.verbose = verbose
        self.documents = Documents()
        self.looking = ThreadPoolExecutor(1, "vsmdocs-lsp")
        self.pending: dict[str, asyncio.Task[None]] = {}

    def take(self, uri: str, wait: float) -> None:
        """Take in a new version of a text, and look at it after a while."""
        self.documents.encoding = str(self.workspace.position_encoding or "utf-16")
        document = self.workspace.get_text_document(uri)
        opened = self.documents.put(uri, document.version, document.source)
        if opened is None:
            self._publish(uri, document.version, [])
        else:
            self.look_later(opened, wait)

    def look_later(self, opened: Opened, wait: float) -> None:
        """Look at a version of a text after a while, unless a newer one comes before."""
        if waiting := self.pending.pop(opened.uri, None):
            waiting.cancel()
        task = asyncio.get_running_loop().create_task(self._look(opened, wait))
        self.pending[opened.uri] = task

    async def known(self, opened: Opened) -> Analysis:
        """Return what is known of a version of a text, as soon as it was looked at."""
        if opened.analysis is not None:
            return opened.analysis
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self.looking, self.documents.look_at, opened, date.today()
        )

    async def _look(self, opened: Opened, wait: float) -> None:
        try:
            await asyncio.sleep(wait)
            analysis = await self.known(opened)
            if self.documents.is_newest(opened):
                found = replies.diagnostics(analysis.findings, opened.lines)
                self._publish(opened.uri, opened.version, found)
        except Exception as error:
            self.complain(error)

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(uri, found, version)
        self.text_document_publish_diagnostics(params)

    def close(self, uri: str) -> None:
        """Forget a text, and take its findings off the screen."""
        if waiting := self.pending.pop(uri, None):
            waiting.cancel()
        self.documents.drop(uri)
        self._publish(uri, None, [])

    def complain(self, error: BaseException) -> None:
        """Say on standard error what went wrong; nothing of it reaches the editor's protocol."""
        sys.stderr.write(f"vsmdocs: {type(error).__name__}: {str(error)[:500]}\n")
        if self.verbose:
            sys.stderr.write("".join(traceback.format_exception(error)))
        sys.stderr.flush()
