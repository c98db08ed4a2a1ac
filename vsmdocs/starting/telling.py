"""What a new project's maker is told: file by file what was done, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from vsmdocs.starting.host import CiChoice
from vsmdocs.starting.start import Started
from vsmdocs.starting.writing import Fate
from vsmdocs.workspace.files import printable

_FATES: dict[Fate, str] = {
    "new": "new",
    "same": "as is",
    "kept": "kept",
}
_CI = {
    "github": "Workflows for GitHub",
    "gitlab": "A pipeline for GitLab",
    "none": "No workflows",
}


def told(started: Started) -> str:
    """Return everything that is to be said, as lines."""
    parts = [_done(started), _drivers(started), _by_hand(started), _next(started)]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _done(started: Started) -> Iterator[str]:
    names = [outcome.file.path for outcome in started.outcomes]
    width = max((len(name) for name in [*names, *(p for p, _ in started.passed_over)]), default=0)
    yield f"In {_folder(started.root)}:"
    for outcome in started.outcomes:
        about = outcome.file.about if outcome.fate == "new" else "there already"
        yield f"  {_FATES[outcome.fate]:<6} {printable(outcome.file.path):<{width}}  {about}"
    for path, why in started.passed_over:
        yield f"  {'not':<6} {printable(path):<{width}}  {why}"
    if started.ci is not None:
        yield _chosen(started.ci)


def _chosen(choice: CiChoice) -> str:
    other = "" if choice.reason == "you asked for it" else "; --ci chooses another"
    return f"{_CI[choice.ci]}, because {choice.reason}{other}."


def _drivers(started: Started) -> Iterator[str]:
    if not started.drivers:
        return
    yield "In this clone's git configuration:"
    for key, now, wanted in started.drivers:
        yield f"  {'set' if wanted else 'kept':<6} {key} = {printable(now)}"


def _by_hand(started: Started) -> Iterator[str]:
    kept = [outcome for outcome in started.outcomes if outcome.missing]
    if kept:
        yield "To be added by hand:"
    for outcome in kept:
        yield f"  to {printable(outcome.file.path)}"
        yield from (f"    {line}" for line in outcome.missing)


def _next(started: Started) -> Iterator[str]:
    if started.ci is None:
        return
    folder = "" if started.root == Path() else f" {shlex.quote(printable(str(started.root)))}"
    at = f" -C{folder}" if folder else ""
    yield "Next:"
    if started.first_map:
        yield f"  Put your own steps into {printable(started.first_map)}, then"
    yield f"  vsmdocs{at} check   says what is wrong, at which line"
    yield f"  vsmdocs{at} build   makes the site, and says where it is"
    if not started.repository:
        yield "  git init        so that the site can show how your streams change"
    yield "  git add and commit what is new; then change a map on a branch and propose it"
    if started.ci.ci == "github":
        yield (
            '  On GitHub: Settings, Pages, Source "GitHub Actions"; the site is published with '
            "the next push"
        )
    if not started.drivers and started.repository:
        yield f"  vsmdocs init{folder} --git   in each clone: git then merges maps by step"


def _folder(root: Path) -> str:
    return "this folder" if root == Path() else printable(str(root))
