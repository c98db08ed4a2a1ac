"""The requests of an editor, each answered from what is known of an open text.

Whatever goes wrong in a request ends that request alone.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from vsmdocs.editing.edits import rename_step
from vsmdocs.errors import UsageError, VsmdocsError
from vsmdocs.lsp import replies
from vsmdocs.lsp.analysis import encode
from vsmdocs.lsp.completion import complete, used_words
from vsmdocs.lsp.documents import Opened
from vsmdocs.lsp.hover import hover_at
from vsmdocs.lsp.mentions import Mention, mention_at, mentions
from vsmdocs.lsp.server import PATIENCE_SECONDS, MapServer

Result = TypeVar("Result")


def make_server(*, verbose: bool = False) -> MapServer:
    """Return a server that answers, and is not connected yet."""
    server = MapServer(verbose=verbose)
    _follow_texts(server)
    _help_typing(server)
    _find_steps(server)
    _rewrite(server)
    return server


Handler = Callable[[Any], Coroutine[Any, Any, Result]]


def _on(server: MapServer, name: str, options: Any = None) -> Callable[[Handler[Any]], Any]:
    """Register a handler whose errors end with it: a request then has no answer but null."""

    def register(handler: Handler[Any]) -> Any:
        @wraps(handler)
        async def guarded(params: Any) -> Any:
            try:
                return await handler(params)
            except JsonRpcInvalidParams:
                raise
            except Exception as error:
                server.complain(error)
                return None

        return server.feature(name, options)(guarded)

    return register


def _follow_texts(server: MapServer) -> None:
    @_on(server, types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.take(params.text_document.uri, 0)

    @_on(server, types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.take(params.text_document.uri, PATIENCE_SECONDS)

    @_on(server, types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        # The maps beside it are held against it, and settings may have been saved.
        for document in server.documents.all():
            server.take(document.uri, PATIENCE_SECONDS)

    @_on(server, types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)


def _help_typing(server: MapServer) -> None:
    signs = [":", " ", "[", "{", ",", ">", "-", "."]

    @_on(server, types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=signs))
    async def completion(params: types.CompletionParams) -> types.CompletionList | None:
        opened = server.documents.get(params.text_document.uri)
        if opened is None:
            return None
        line, column = opened.lines.from_client(params.position)
        beside = (document.map for document in server.documents.beside(opened))
        found = complete(opened.lines.lines, line, column, date.today(), used_words(beside))
        return replies.completion(found, opened.lines)

    @_on(server, types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        opened = server.documents.get(params.text_document.uri)
        if opened is None:
            return None
        await server.known(opened)
        line, column = opened.lines.from_client(params.position)
        found = hover_at(opened.outline, opened.lines.lines, line, column, opened.last)
        return replies.hover(found, opened.lines)


def _find_steps(server: MapServer) -> None:
    def at(params: Any) -> tuple[Opened, list[Mention], Mention | None] | None:
        opened = server.documents.get(params.text_document.uri)
        if opened is None:
            return None
        found = mentions(opened.outline, opened.lines.lines)
        return opened, found, mention_at(found, *opened.lines.from_client(params.position))

    @_on(server, types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        there = at(params)
        if there is None or there[2] is None:
            return None
        opened, found, meant = there
        spans = [one.span for one in found if one.defines and meant and one.id == meant.id]
        return replies.locations(opened, spans)

    @_on(server, types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        there = at(params)
        if there is None or there[2] is None:
            return None
        opened, found, meant = there
        wanted = params.context.include_declaration
        spans = [
            one.span
            for one in found
            if meant and one.id == meant.id and (wanted or not one.defines)
        ]
        return replies.locations(opened, spans)

    @_on(server, types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        opened = server.documents.get(params.text_document.uri)
        return replies.symbols(opened) if opened is not None else None


def _rewrite(server: MapServer) -> None:
    def meant_at(params: Any) -> tuple[Opened, Mention] | None:
        opened = server.documents.get(params.text_document.uri)
        if opened is None:
            return None
        found = mentions(opened.outline, opened.lines.lines)
        meant = mention_at(found, *opened.lines.from_client(params.position))
        return (opened, meant) if meant is not None else None

    @_on(server, types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> Any:
        there = meant_at(params)
        if there is None:
            return None
        opened, meant = there
        return types.PrepareRenamePlaceholder(opened.lines.to_range(meant.span), meant.id)

    @_on(server, types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        there = meant_at(params)
        if there is None:
            return None
        opened, meant = there
        analysis = await server.known(opened)
        if analysis.document is None:
            raise JsonRpcInvalidParams("this map cannot be read: mend its errors first")
        try:
            edits = rename_step(analysis.document, meant.id, params.new_name.strip())
        except UsageError as error:
            raise JsonRpcInvalidParams(str(error)) from None
        changes = [
            types.TextEdit(
                types.Range(
                    opened.lines.to_client(edit.start_line - 1, edit.start_column - 1),
                    opened.lines.to_client(edit.end_line - 1, edit.end_column - 1),
                ),
                edit.new_text,
            )
            for edit in edits
        ]
        return _workspace_edit(server, opened, changes)

    @_on(server, types.TEXT_DOCUMENT_FORMATTING)
    async def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        from vsmdocs.editing.format import format_map

        opened = server.documents.get(params.text_document.uri)
        if opened is None or (await server.known(opened)).document is None:
            return None
        folder = opened.place.workspace.settings.maps
        try:
            data = format_map(opened.place.shown, encode(opened.text), maps_folder=folder)
        except VsmdocsError as error:
            server.complain(error)
            return None
        return replies.whole_text(opened.text, data.decode(), opened.lines)


def _workspace_edit(
    server: MapServer, opened: Opened, edits: list[types.TextEdit]
) -> types.WorkspaceEdit:
    """Return edits of a text, of the very version that they were made for where that can be."""
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    if able is None or not able.document_changes:
        return types.WorkspaceEdit(changes={opened.uri: edits})
    document = types.OptionalVersionedTextDocumentIdentifier(opened.uri, opened.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, edits)])
