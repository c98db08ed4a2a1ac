"""Options that every verb takes, before its name or after it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from vsmdocs.cli.terminal import ColorChoice, Terminal
from vsmdocs.workspace import Workspace, open_workspace

Root = Annotated[
    Path | None,
    typer.Option("-C", "--root", metavar="DIR", help="The project's root; paths start there."),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more; show tracebacks.")]
Color = Annotated[
    Literal["auto", "always", "never"] | None,
    typer.Option("--color", help="Colours; auto (the default) means on a terminal."),
]

CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache-dir", metavar="DIR", help="The cache. [default: .vsmdocs-cache]"),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Work everything out anew.")]
Full = Annotated[
    bool,
    typer.Option("--require-full-history", help="Fail where a part of the past is missing."),
]
Fetch = Annotated[
    bool,
    typer.Option("--fetch-missing", help="Fetch what a partial clone lacks, in one go."),
]


@dataclass(slots=True)
class Given:
    """What was given of the common options, so far."""

    root: Path | None = None
    quiet: bool = False
    verbose: bool = False
    color: ColorChoice | None = None

    def add(self, root: Root, quiet: Quiet, verbose: Verbose, color: Color) -> None:
        """Take in options that stand further on, which win."""
        self.root = root if root is not None else self.root
        self.quiet, self.verbose = quiet or self.quiet, verbose or self.verbose
        self.color = color or self.color

    @property
    def terminal(self) -> Terminal:
        """The terminal as it is wanted."""
        return Terminal(self.quiet, self.verbose, self.color or "auto")

    def open_workspace(self) -> Workspace:
        """Open the project that is meant."""
        workspace = open_workspace(self.root, explicit=self.root is not None)
        self.terminal.detail(f"project: {workspace.root}")
        return workspace


def takes_common(verb: Callable[..., int]) -> Callable[..., int]:
    """Let a verb take the common options; it is handed a `Given` in their place.

    Typer reads a verb's parameters off its signature, so they are added to that.
    """
    common = list(inspect.signature(Given.add, eval_str=True).parameters.values())[1:]
    defaults = {"root": None, "quiet": False, "verbose": False, "color": None}

    def call(ctx: typer.Context, **options: Any) -> int:
        given: Given = ctx.obj
        given.add(**{name: options.pop(name) for name in defaults})
        return verb(given, **options)

    own = list(inspect.signature(verb, eval_str=True).parameters.values())[1:]
    added = [p.replace(default=defaults[p.name], kind=p.KEYWORD_ONLY) for p in common]
    keyword = [p.replace(kind=p.KEYWORD_ONLY) for p in own]
    ctx = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_ONLY, annotation=typer.Context)
    parameters = [ctx, *keyword, *added]
    call.__name__, call.__doc__ = verb.__name__, verb.__doc__
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in parameters}
    return call
