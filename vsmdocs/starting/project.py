"""Which files a new project has, and what is in them.

The texts lie in `texts/` beside this, as they are written, but for a few words between two @.
The workflows among them are those of this program's own repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vsmdocs.starting.host import Ci

FIRST_MAP = "my-first-stream/current.md"
WORKFLOWS = ("review", "comment", "pages")
_TEXTS = Path(__file__).parent / "texts"
_WORD = re.compile(r"@([a-z]+)@")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be written unless there is one."""

    path: str
    """Below the project's folder, with forward slashes."""
    text: str
    about: str
    """What it is, in a few words."""
    lines: tuple[str, ...] = ()
    """Lines to add by hand to a file that is there already."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the files of a project depend on."""

    today: date
    version: str
    """Of vsmdocs, which the workflows install."""
    ci: Ci = "none"
    branch: str = "main"
    """The default branch, which is published."""
    repository: str = ""
    """Web address of the source with a slash at its end, or empty."""
    maps: str = "maps"
    site: str = "site"


def project_files(facts: Facts) -> tuple[NewFile, ...]:
    """Return all files of a new project, in the order in which they are told."""
    return (
        settings_file(facts),
        first_map(facts),
        attributes_file(facts),
        ignored_file(facts),
        *ci_files(facts),
    )


def settings_file(facts: Facts) -> NewFile:
    """Return the settings, every key of them explained."""
    repository = f'repository = "{facts.repository}"'
    if not facts.repository:
        repository = '# repository = "https://github.com/example/streams/"'
    text = fill("settings.toml", repository=repository)
    return NewFile("vsmdocs.toml", text, "settings, every one explained")


def first_map(facts: Facts) -> NewFile:
    """Return a map that can be read, checked and built, and says what to write instead."""
    text = fill("map.md", today=facts.today.isoformat())
    return NewFile(f"{facts.maps}/{FIRST_MAP}", text, "a first map: put your own steps into it")


def attributes_file(facts: Facts) -> NewFile:
    """Return what git is to know about maps."""
    return _lines(".gitattributes", "gitattributes", "how git compares and merges maps", facts)


def ignored_file(facts: Facts) -> NewFile:
    """Return what git is not to see."""
    return _lines(".gitignore", "gitignore", "what is made, and can be made again", facts)


def ci_files(facts: Facts) -> tuple[NewFile, ...]:
    """Return the workflows of a continuous integration."""
    if facts.ci == "github":
        about = {
            "review": "what a pull request does to the streams",
            "comment": "says so on the pull request",
            "pages": "publishes the site",
        }
        return (
            *(
                NewFile(f".github/workflows/vsmdocs-{name}.yml", workflow(name, facts), about[name])
                for name in WORKFLOWS
            ),
            NewFile(
                ".github/dependabot.yml",
                fill("github/dependabot.yml"),
                "keeps the workflows' actions up to date",
            ),
        )
    if facts.ci == "gitlab":
        jobs = fill("gitlab/vsmdocs.yml", version=facts.version)
        include = fill("gitlab/include.yml")
        return (
            NewFile(".gitlab/vsmdocs.yml", jobs, "checks, reviews and publishes"),
            NewFile(".gitlab-ci.yml", include, "runs that", _bare(include)),
        )
    return ()


def workflow(name: str, facts: Facts) -> str:
    """Return one of GitHub's workflows."""
    return fill(f"github/{name}.yml", version=facts.version, branch=facts.branch)


def fill(name: str, **words: str) -> str:
    """Return a text of `texts/` with its words put in; one that is not given is an error."""
    return _WORD.sub(lambda match: words[match[1]], (_TEXTS / name).read_text("utf-8"))


def _lines(path: str, name: str, about: str, facts: Facts) -> NewFile:
    text = fill(name, maps=facts.maps, site=facts.site)
    return NewFile(path, text, about, _bare(text))


def _bare(text: str) -> tuple[str, ...]:
    """Return the lines that do something."""
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
