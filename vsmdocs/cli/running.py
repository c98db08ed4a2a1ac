"""From a command line to the verb that it names, of which alone the module is imported."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from typer.models import CommandInfo

from vsmdocs.cli.app import app
from vsmdocs.cli.options import Given

VERBS = {
    "init": "init",
    "new": "init",
    "build": "build",
    "serve": "serve",
    "check": "check",
    "fmt": "fmt",
    "metrics": "metrics",
    "diff": "diff",
    "history": "history",
    "blame": "history",
    "review": "review",
    "comment": "comment",
    "gitlab-note": "gitlab_note",
    "rules": "rules",
    "explain": "rules",
    "schema": "schema",
    "lsp": "lsp",
    "git-diff-driver": "drivers",
    "git-merge-driver": "drivers",
    "demo": "demo",
}
"""The module of each verb, in the order in which the help lists them."""
_WITH_VALUE = ("--root", "--color")


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code.

    Exit codes: 0 clean, 1 something was found, 2 usage, settings or environment.
    """
    load(verb_of(arguments))
    try:
        code = app(list(arguments), prog_name="vsmdocs", standalone_mode=False, obj=Given())
    except Exception as error:
        # Typer's own: a word that it does not know, an option without its value.
        if not (hasattr(error, "show") and hasattr(error, "exit_code")):
            raise
        error.show()
        return 2
    return code if isinstance(code, int) else 0


def load(verb: str | None) -> None:
    """Import what a verb is made of; all of them, where it is none that is known."""
    modules = [VERBS[verb]] if verb in VERBS else dict.fromkeys(VERBS.values())
    for module in modules:
        import_module(f"vsmdocs.cli.{module}")
    # Whatever was imported first: the help lists them as above.
    order = list(VERBS)
    app.registered_commands.sort(key=lambda command: order.index(_name(command)))


def _name(command: CommandInfo) -> str:
    return command.name or str(getattr(command.callback, "__name__", ""))


def verb_of(arguments: Sequence[str]) -> str | None:
    """Return the first word that is neither an option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if word in _WITH_VALUE or (word.startswith("-") and word[1:2] != "-" and word[-1] == "C"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None
