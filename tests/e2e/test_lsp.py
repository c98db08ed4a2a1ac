"""The language server, started as an editor starts it and asked by a real client."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

from vsmdocs.reading import read_map

COMMAND = [sys.executable, "-m", "vsmdocs", "lsp"]
HOSTILE = Path(__file__).parents[1] / "data" / "hostile-strings.json"
MAP = """---
title: Delivery 🚀 of 💳 features
stream: delivery
state: current
steps:
  - {id: build, name: "Build 🚀 it", owner: Engineering, process_time: 2d, complete_accurate: 80%}
  - {id: review, owner: Engineering, wait_time: 3d, process_time: 2h}
  - {id: release, owner: Operations, wait_time: 1d, process_time: 1h, complete_accurate: 95%}
flow:
  - build -> review -> release
rework:
  - {from: review, to: build, rate: 25%, reason: unclear 🚀 wishes}
improvements:
  - {id: limit, title: Start within a day, step: review, change: {review.wait_time: -70%}}
---
The 🚀 waits.
"""


class Editor:
    """What a text editor does: it keeps texts, sends their versions and shows findings."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.published: list[types.PublishDiagnosticsParams] = []
        self.versions: dict[str, int] = {}
        self.news = asyncio.Event()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)
            self.news.set()

    def open(self, uri: str, text: str) -> None:
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, text: str) -> None:
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        params = types.DidChangeTextDocumentParams(document, [whole])
        self.client.text_document_did_change(params)

    async def findings(self, uri: str) -> list[types.Diagnostic]:
        """Wait for what is found in the newest version."""
        while True:
            for params in reversed(self.published):
                if params.uri == uri and params.version == self.versions[uri]:
                    return list(params.diagnostics)
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 20)


@asynccontextmanager
async def editing(
    root: Path, encodings: list[types.PositionEncodingKind | str] | None = None
) -> AsyncIterator[Editor]:
    """Start a server, and see that it ends as it should."""
    client = LanguageClient("editor", "1")
    editor = Editor(client)
    await client.start_io(*COMMAND, cwd=str(root))
    general = types.GeneralClientCapabilities(position_encodings=encodings)
    edit = types.WorkspaceEditClientCapabilities(document_changes=True)
    workspace = types.WorkspaceClientCapabilities(workspace_edit=edit)
    result = await client.initialize_async(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(general=general, workspace=workspace),
            root_uri=root.as_uri(),
        )
    )
    client.initialized(types.InitializedParams())
    assert result.server_info is not None
    assert result.server_info.name == "vsmdocs"
    assert result.capabilities.rename_provider
    yield editor
    await client.shutdown_async(None)
    client.exit(None)
    assert client._server is not None
    code = await asyncio.wait_for(client._server.wait(), 20)
    assert client._server.stderr is not None
    said = (await client._server.stderr.read()).decode()
    await client.stop()  # type: ignore[no-untyped-call]
    assert code == 0
    assert said == ""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one map."""
    (tmp_path / "vsmdocs.toml").touch()
    file = tmp_path / "maps" / "delivery" / "current.md"
    file.parent.mkdir(parents=True)
    file.write_text(MAP, encoding="utf-8")
    return tmp_path


Steps = Callable[[Editor, str], Awaitable[None]]


def run(project: Path, steps: Steps, **options: Any) -> None:
    """Let an editor do something with the project's map."""

    async def main() -> None:
        async with editing(project, **options) as editor:
            await steps(editor, (project / "maps/delivery/current.md").as_uri())

    # In a thread of its own: a browser of another test leaves its event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(main(), 60)).result()


def place(text: str, words: str, offset: int = 0) -> types.Position:
    """Return the position of some words, in UTF-16 as an editor counts."""
    before = text[: text.index(words) + offset]
    line = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """Apply edits as an editor does, from the end on."""
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        start = sum(len(line) + 1 for line in lines[: position.line])
        units = lines[position.line].encode("utf-16-le")[: 2 * position.character]
        return start + len(units.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def named(text: str, found: list[types.Diagnostic]) -> dict[str, str]:
    """Return by rule what stands at the findings."""
    lines = text.split("\n")
    shown = {}
    for one in found:
        assert one.range.start.line == one.range.end.line
        units = lines[one.range.start.line].encode("utf-16-le")
        part = units[2 * one.range.start.character : 2 * one.range.end.character]
        shown[str(one.code)] = part.decode("utf-16-le")
    return shown


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


def test_errors_come_and_go(project: Path) -> None:
    broken = MAP.replace("owner: Engineering, wait_time: 3d", "wait_tme: 3, owner: X").replace(
        "rate: 25%, reason: unclear 🚀 wishes", "reason: unclear 🚀 wishes, rate: 125%"
    )

    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, broken)
        found = await editor.findings(uri)
        assert named(broken, found) == {"unknown-key": "wait_tme", "bad-percent": "125%"}
        assert {one.severity for one in found} == {types.DiagnosticSeverity.Error}
        assert {one.source for one in found} == {"vsmdocs"}
        assert found[0].message.endswith("\ndid you mean wait_time?")
        editor.change(uri, MAP)
        assert [one for one in await editor.findings(uri)
                if one.severity == types.DiagnosticSeverity.Error] == []  # fmt: skip
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document(uri)))
        while editor.published[-1].diagnostics or editor.published[-1].version is not None:
            editor.news.clear()
            await asyncio.wait_for(editor.news.wait(), 20)

    run(project, steps)


def test_findings_are_never_those_of_an_older_text(project: Path) -> None:
    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, MAP)
        for number in range(30):
            editor.change(uri, MAP.replace("rate: 25%", f"rate: 1{number:02}%"))
            await asyncio.sleep(0.02 if number % 7 else 0.2)
        editor.change(uri, MAP)
        assert "bad-percent" not in named(MAP, await editor.findings(uri))
        await asyncio.sleep(0.5)
        versions = [params.version or 0 for params in editor.published]
        assert versions == sorted(versions)
        assert versions[-1] == editor.versions[uri]
        assert len(versions) < 20

    run(project, steps)


def test_rules_look_at_the_other_maps_of_the_stream(project: Path) -> None:
    twin = MAP.replace("title: Delivery", "title: Twin")

    async def steps(editor: Editor, uri: str) -> None:
        other = uri.replace("/delivery/current.md", "/twin/current.md")
        editor.open(other, twin)
        assert "duplicate-identity" in named(twin, await editor.findings(other))
        editor.change(other, twin.replace("state: current", "state: ideal"))
        assert "duplicate-identity" not in named(twin, await editor.findings(other))

    run(project, steps)


def test_settings_choose_the_rules(project: Path) -> None:
    text = MAP.replace("owner: Operations, ", "")
    settings = project / "vsmdocs.toml"

    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, text)
        assert "no-owner" in named(text, await editor.findings(uri))
        settings.write_text('[check]\nignore = ["no-owner"]\n')
        saved = types.DidSaveTextDocumentParams(document(uri))
        editor.published.clear()
        editor.client.text_document_did_save(saved)
        assert "no-owner" not in named(text, await editor.findings(uri))
        settings.write_text("this is no TOML")
        editor.published.clear()
        editor.client.text_document_did_save(saved)
        assert "no-owner" in named(text, await editor.findings(uri))

    run(project, steps)


def test_other_files_are_let_be(project: Path) -> None:
    async def steps(editor: Editor, uri: str) -> None:
        texts = {
            uri.replace("current.md", "README.md"): "---\nsteps: 1\n---\n",
            (project / "notes.md").as_uri(): "---\ntitel: x\n---\n",
            (project / "code.py").as_uri(): "---\nsteps:\n---\n",
        }
        for other, text in texts.items():
            editor.open(other, text)
            assert await editor.findings(other) == []
            where = types.TextDocumentPositionParams(document(other), types.Position(1, 0))
            hover = types.HoverParams(where.text_document, where.position)
            assert await editor.client.text_document_hover_async(hover) is None
        # A map that lies elsewhere, and one that was never saved.
        for other in ((project / "draft.md").as_uri(), "untitled:Untitled-1"):
            editor.open(other, "---\nsteps: 1\n---\n")
            assert "missing-key" in named("\n" * 9, await editor.findings(other))

    run(project, steps)


async def labels(editor: Editor, uri: str, text: str) -> list[str]:
    """Return what is suggested at `|`, each as the text that it makes of the line."""
    at = place(text, "|")
    editor.change(uri, text.replace("|", "", 1))
    params = types.CompletionParams(document(uri), at)
    result = await editor.client.text_document_completion_async(params)
    assert isinstance(result, types.CompletionList)
    made = []
    for item in result.items:
        assert isinstance(item.text_edit, types.TextEdit)
        after = applied(text.replace("|", "", 1), [item.text_edit])
        made.append(after.split("\n")[at.line].strip())
    return made


def test_completion_in_texts_that_are_being_written(project: Path) -> None:
    head = MAP.partition("rework:")[0]

    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, MAP)
        keys = await labels(editor, uri, head + "  |")
        assert not any(key.startswith("title") for key in keys)
        keys = await labels(editor, uri, head + "cal|\n---\n")
        assert "calendar:" in keys
        assert not any(key.startswith(("title", "steps", "extends")) for key in keys)
        keys = await labels(editor, uri, MAP.replace("owner: Operations, ", "|"))
        assert any(key.startswith("- {id: release, owner: wait_time: 1d") for key in keys)
        assert not any("wait_time: wait_time" in key for key in keys)
        steps = await labels(editor, uri, head + "rework:\n  - {from: |")
        assert steps == [f"- {{from: {step}" for step in ("build", "review", "release")]
        chain = await labels(editor, uri, head.replace("-> release", "-> rel|"))
        assert "- build -> review -> release" in chain
        emoji = MAP.replace('🚀 it", owner: Engineering', '🚀 it", owner: |')
        owners = await labels(editor, uri, emoji)
        assert [owner.split("owner: ")[1].split(",")[0] for owner in owners] == [
            "Engineering", "Operations",
        ]  # fmt: skip
        units = await labels(editor, uri, MAP.replace("wait_time: 3d", "wait_time: 3|"))
        assert any("wait_time: 3h, process_time" in unit for unit in units)
        metrics = await labels(editor, uri, head + "targets:\n  - metric: |\n---\n")
        assert "- metric: activity_ratio" in metrics
        assert await labels(editor, uri, MAP.replace("The 🚀", "The |")) == []

    run(project, steps)


async def shown(editor: Editor, uri: str, at: types.Position) -> str:
    params = types.HoverParams(document(uri), at)
    result = await editor.client.text_document_hover_async(params)
    if result is None:
        return ""
    assert isinstance(result.contents, types.MarkupContent)
    return result.contents.value.replace("\N{NO-BREAK SPACE}", " ")


def test_hover_shows_figures(project: Path) -> None:
    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, MAP)
        step = await shown(editor, uri, place(MAP, "review -> release", 3))
        for row in ("| Process time | 2 h |", "| Wait time | 3 d |", "| Lead time | 3 d 2 h |",
                    "| Visits | 1.33 |", "| Critical path | on it |", "`Review`"):  # fmt: skip
            assert row in step
        assert step == await shown(editor, uri, place(MAP, "id: review", 5))
        totals = await shown(editor, uri, place(MAP, "features"))
        assert "| Lead time | 6 d 3 h |" in totals
        assert "`Delivery 🚀 of 💳 features`" in totals
        about = await shown(editor, uri, place(MAP, "complete_accurate"))
        assert about.startswith("%C&A: the share of the output")
        # The figures of the last text that was a map stay while it is being written.
        editor.change(uri, MAP.replace("wait_time: 3d", "wait_time: 3"))
        assert step == await shown(editor, uri, place(MAP, "review -> release", 3))
        assert await shown(editor, uri, place(MAP, "The 🚀")) == ""

    run(project, steps)


def test_definition_references_and_symbols(project: Path) -> None:
    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, MAP)
        here = place(MAP, "id: review", 4)
        for words, offset in (("review -> release", 0), ("from: review", 6),
                              ("step: review", 6), ("review.wait_time", 2)):  # fmt: skip
            where = types.DefinitionParams(document(uri), place(MAP, words, offset))
            found = await editor.client.text_document_definition_async(where)
            assert isinstance(found, list)
            assert [location.range.start for location in found] == [here]
        context = types.ReferenceContext(include_declaration=True)
        asked = types.ReferenceParams(context, document(uri), here)
        places = await editor.client.text_document_references_async(asked)
        assert places is not None
        assert len(places) == 5
        symbols = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(document(uri))
        )
        assert symbols is not None
        names = [symbol.name for symbol in symbols]
        assert names == ["Delivery 🚀 of 💳 features", "Steps", "Rework", "Improvements"]
        assert isinstance(symbols[1], types.DocumentSymbol)
        children = symbols[1].children or []
        assert [child.name for child in children] == ["Build 🚀 it", "review", "release"]
        assert children[1].range.start == here or children[1].range.start.line == here.line

    run(project, steps)


def edits_of(edit: types.WorkspaceEdit | None, version: int) -> list[types.TextEdit]:
    assert edit is not None
    assert edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == version
    return [one for one in change.edits if isinstance(one, types.TextEdit)]


def test_rename_changes_every_mention(project: Path) -> None:
    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, MAP)
        at = place(MAP, "-> review", 4)
        ready = await editor.client.text_document_prepare_rename_async(
            types.PrepareRenameParams(document(uri), at)
        )
        assert isinstance(ready, types.PrepareRenamePlaceholder)
        assert ready.placeholder == "review"
        edit = await editor.client.text_document_rename_async(
            types.RenameParams(document(uri), at, "code-review")
        )
        after = applied(MAP, edits_of(edit, 1))
        found = read_map("maps/delivery/current.md", after.encode()).map
        assert [step.id for step in found.steps] == ["build", "code-review", "release"]
        assert found.flow == ("build -> code-review -> release",)
        assert found.rework[0].source == found.improvements[0].step == "code-review"
        assert found.improvements[0].change[0].step == "code-review"
        assert after.count("code-review") == MAP.count("review") == 5
        for name, said in (("release", "another step"), ("Code Review", "write code-review")):
            with pytest.raises(JsonRpcException, match=said):
                await editor.client.text_document_rename_async(
                    types.RenameParams(document(uri), at, name)
                )
        editor.change(uri, MAP.replace("25%", "125%"))
        with pytest.raises(JsonRpcException, match="mend its errors first"):
            await editor.client.text_document_rename_async(
                types.RenameParams(document(uri), at, "code-review")
            )

    run(project, steps)


def test_formatting_gives_what_fmt_gives(project: Path) -> None:
    from vsmdocs.editing.format import format_map

    untidy = MAP.replace("state: current\n", "").replace("flow:\n", "flow:    # the way\n\n\n")

    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, untidy)
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        params = types.DocumentFormattingParams(document(uri), options)
        edits = await editor.client.text_document_formatting_async(params)
        assert edits
        want = format_map("maps/delivery/current.md", untidy.encode()).decode()
        assert applied(untidy, list(edits)) == want
        editor.change(uri, want)
        assert not await editor.client.text_document_formatting_async(params)
        editor.change(uri, untidy.replace("25%", "125%"))
        assert await editor.client.text_document_formatting_async(params) is None

    run(project, steps)


def test_columns_in_other_encodings(project: Path) -> None:
    broken = MAP.replace("rate: 25%, reason: unclear 🚀 wishes", "reason: unclear 🚀, rate: x")
    line = next(line for line in broken.split("\n") if "rate: x" in line)
    start = line.index("x}")
    columns = {
        "utf-8": len(line[:start].encode()),
        "utf-16": len(line[:start].encode("utf-16-le")) // 2,
        "utf-32": start,
    }
    assert len(set(columns.values())) == 3
    for encoding, column in columns.items():

        async def steps(editor: Editor, uri: str, column: int = column) -> None:
            editor.open(uri, broken)
            (found,) = await editor.findings(uri)
            assert (found.range.start.character, found.range.end.character) == (column, column + 1)

        run(project, steps, encodings=[encoding])


def test_nothing_that_is_typed_stops_it(project: Path) -> None:
    strings = json.loads(HOSTILE.read_text(encoding="utf-8"))
    texts = [str(value) for value in (strings if isinstance(strings, list) else strings.values())]
    deep = ["[" * 5_000, "{a: " * 5_000, "- " * 5_000, "a:\n " * 2_000]

    async def steps(editor: Editor, uri: str) -> None:
        editor.open(uri, MAP)
        for number, text in enumerate(
            [*texts, *deep, "", "---", "---\n---", "\ufeff---\nsteps:\n"]
        ):
            hostile = f"---\ntitle: {text}\nsteps:\n  - {{id: a, name: {json.dumps(text)}}}\n"
            editor.change(uri, hostile if number % 2 or text not in texts else MAP + text)
            for at in (types.Position(1, 9), types.Position(3, 400), types.Position(9_999, 9)):
                completion = types.CompletionParams(document(uri), at)
                await editor.client.text_document_completion_async(completion)
                await editor.client.text_document_hover_async(types.HoverParams(document(uri), at))
                asked = types.DefinitionParams(document(uri), at)
                await editor.client.text_document_definition_async(asked)
            await editor.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(document(uri))
            )
        editor.change(uri, MAP)
        assert "bad-percent" not in named(MAP, await editor.findings(uri))

    run(project, steps)


def test_it_ends_when_the_editor_is_gone(project: Path) -> None:
    done = subprocess.run(COMMAND, cwd=project, input=b"", capture_output=True, timeout=30)
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_without_the_library_it_says_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    from vsmdocs.__main__ import main

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["lsp"]) == 2
    assert "pip install 'vsmdocs[lsp]'" in capsys.readouterr().err
