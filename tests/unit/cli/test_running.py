"""The verb that a command line names, and the one module that is imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer.main

from vsmdocs.cli.app import app
from vsmdocs.cli.running import VERBS, load, verb_of


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        ("build", "build"),
        ("-C check build", "build"),
        ("--root check --color never -q diff main", "diff"),
        ("--root=check diff", "diff"),
        ("-qC check diff", "diff"),
        ("-Ccheck diff", "diff"),
        ("--help", None),
        ("-C", None),
        ("", None),
    ],
)
def test_the_verb_is_the_first_word_that_belongs_to_no_option(
    arguments: str, verb: str | None
) -> None:
    assert verb_of(arguments.split()) == verb


def test_every_verb_is_in_its_module() -> None:
    for verb, module in VERBS.items():
        load(verb)
        assert f"vsmdocs.cli.{module}" in sys.modules
    group = typer.main.get_command(app)
    commands = group.commands  # type: ignore[attr-defined]
    assert set(commands) == set(VERBS)


def test_the_help_lists_them_in_one_order_whatever_was_imported_first() -> None:
    code = "from vsmdocs.cli.running import load, run; load('demo'); load('check'); run(['--help'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    listed = done.stdout.partition("Commands:")[2].splitlines()[1 : len(VERBS) + 1]
    assert [line.split()[0] for line in listed] == list(VERBS)


@pytest.mark.parametrize("verb", ["check", "diff", "lsp"])
def test_one_verb_does_not_import_the_others(verb: str) -> None:
    code = (
        "import sys; from vsmdocs.cli.running import VERBS, load; "
        f"load({verb!r}); "
        "print(*sorted({m for m in VERBS.values() if 'vsmdocs.cli.' + m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [VERBS[verb]]
