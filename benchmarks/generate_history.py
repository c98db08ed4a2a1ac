"""Make a repository of maps that people changed for years.

    python -m benchmarks.generate_history M some/folder [--versions another/folder]

Most commits change one number of one map; some change an owner, the prose or a step, some two
maps at once, a few move a file, and some are merges of a branch with two commits. With
--versions every version on the main branch is written as a file of its own as well. The same
size gives the same commits.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.generate import OWNERS, TIMES, WORDS, make_map
from vsmdocs.demo import Author, Commit, Tag, fast_import
from vsmdocs.demo.commits import MAIN
from vsmdocs.history.making import make_repository

BEGIN = datetime(2016, 1, 4, 9, tzinfo=UTC)
YEARS = 10
AUTHORS = tuple(
    Author(name, f"{name.split()[0].lower()}@example.org")
    for name in ("Ada Ito", "Ben Okoye", "Cleo Ruiz", "Dev Nair", "Eva Lund", "Finn Marsh")
)
EDITS = {"number": 84, "owner": 5, "prose": 6, "step": 4, "move": 1}
"""What people change, and how often in a hundred changes."""
DOUBLES = 0.38
"""How many of the commits change two maps."""
MERGES = 0.02
"""How often a branch with two commits is merged, for every plain commit."""
PERCENTS = tuple(f"{number}%" for number in range(50, 101))
_NUMBERS = ("    process_time: ", "    wait_time: ", "    complete_accurate: ")
_LAST, _MORE = "step-11", "step-12"


@dataclass(frozen=True, slots=True)
class Size:
    """How much history there is."""

    maps: int
    commits: int


SIZES = {"S": Size(10, 200), "M": Size(50, 2_000), "L": Size(50, 40_000)}


class Draft:
    """A map that is being changed."""

    def __init__(self, number: int) -> None:
        stream, future = divmod(number, 2)
        state = "future" if future else "current"
        self._paths = [f"maps/stream-{stream:04}/{state}.md", f"maps/{state}-of-{stream:04}.md"]
        self._lines = make_map(number, 1).split("\n")

    @property
    def path(self) -> str:
        return self._paths[0]

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def number(self, random: Random) -> None:
        """Change one number of one step."""
        line = self._pick(random, _NUMBERS)
        key = self._lines[line].partition(": ")[0]
        values = PERCENTS if key.endswith("accurate") else TIMES
        self._redraw(line, lambda: f"{key}: {random.choice(values)}")

    def owner(self, random: Random) -> None:
        """Give a step to somebody else."""
        line = self._pick(random, "    owner: ")
        self._redraw(line, lambda: f"    owner: {random.choice(OWNERS)}")

    def prose(self, random: Random) -> None:
        """Write a paragraph anew."""
        begin = self._lines.index("## What we saw")
        places = [i for i in range(begin, len(self._lines)) if self._lines[i].endswith(".")]
        self._redraw(
            random.choice(places),
            lambda: " ".join(random.choices(WORDS, k=24)).capitalize() + ".",
        )

    def step(self, random: Random) -> None:
        """Add a step at the end, or take it away again."""
        begin = self._lines.index(f"  - id: {_LAST}")
        end = next(i for i in range(begin, len(self._lines)) if self._lines[i][:1] != " ")
        if f"  - id: {_MORE}" in self._lines:
            del self._lines[self._lines.index(f"  - id: {_MORE}") : end]
        else:
            values = (f"wait_time: {random.choice(TIMES)}", "process_time: 1h", "owner: Quality")
            self._lines[end:end] = [f"  - id: {_MORE}", *(f"    {value}" for value in values)]
        tail = f" -> {_MORE}"
        for place, line in enumerate(self._lines):
            if line.startswith("  - step-00"):
                ends = line.endswith(tail)
                self._lines[place] = line.removesuffix(tail) if ends else line + tail

    def move(self, random: Random) -> None:
        """Move the file, with one number changed on the way."""
        self._paths.reverse()
        self.number(random)

    def _pick(self, random: Random, starts: str | tuple[str, ...]) -> int:
        """Return the place of one of the lines of steps that start so."""
        begin = self._lines.index("steps:")
        places = [i for i in range(begin, len(self._lines)) if self._lines[i].startswith(starts)]
        return random.choice(places)

    def _redraw(self, place: int, draw: Callable[[], str]) -> None:
        """Put another line there than stands there."""
        old = self._lines[place]
        while self._lines[place] == old:
            self._lines[place] = draw()


def make_commits(size: Size, seed: int = 1) -> list[Commit]:
    """Return as many commits as asked for, each after its parents."""
    return list(_History(size, Random(seed)).commits())


class _History:
    def __init__(self, size: Size, random: Random) -> None:
        self._size, self._random = size, random
        self._drafts = [Draft(number) for number in range(size.maps)]
        self._step = timedelta(days=365 * YEARS) / size.commits
        self._made = 0

    def commits(self) -> Iterator[Commit]:
        files: dict[str, str | None] = {draft.path: draft.text for draft in self._drafts}
        yield self._commit("Map all streams", files, ())
        tip, most = 0, self._size.commits
        while self._made < most:
            if self._random.random() < MERGES and self._made + 3 <= most:
                yield from self._branch(tip)
            else:
                subject, files = self._edit(2 if self._random.random() < DOUBLES else 1)
                yield self._commit(f"{subject} (#{self._made})", files, (tip,))
            tip = self._made - 1

    def _branch(self, tip: int) -> Iterator[Commit]:
        name = f"change-{self._made}"
        both: dict[str, str | None] = {}
        parent = tip
        for _ in range(2):
            subject, files = self._edit(1)
            # What moved there and back is then removed where it never was; git lets that pass.
            both.update(files)
            yield self._commit(subject, files, (parent,), name)
            parent = self._made - 1
        subject = f"Merge pull request #{self._made} from team/{name}"
        yield self._commit(subject, both, (tip, parent))

    def _edit(self, maps: int) -> tuple[str, dict[str, str | None]]:
        files: dict[str, str | None] = {}
        kinds = self._random.choices([*EDITS], [*EDITS.values()], k=maps)
        for draft, kind in zip(self._random.sample(self._drafts, maps), kinds, strict=True):
            before = draft.path
            getattr(draft, kind)(self._random)
            if draft.path != before:
                files[before] = None
            files[draft.path] = draft.text
        return f"Change the {kinds[0]} of a step", files

    def _commit(
        self,
        message: str,
        files: Mapping[str, str | None],
        parents: tuple[int, ...],
        branch: str = MAIN,
    ) -> Commit:
        number = self._made
        self._made += 1
        marks = number % (self._size.commits // 10) == 0 and branch == MAIN
        return Commit(
            self._random.choice(AUTHORS),
            BEGIN + number * self._step,
            message,
            tuple(sorted(files.items())),
            parents,
            branch,
            (Tag(f"mark-{number}"),) if marks else (),
        )


def versions(commits: Iterable[Commit]) -> Iterator[tuple[str, str]]:
    """Yield path and text of every version on the main branch."""
    for commit in commits:
        if commit.branch == MAIN:
            yield from ((path, text) for path, text in commit.files if text is not None)


def write_repository(folder: Path, commits: Sequence[Commit]) -> None:
    """Make the repository, packed as a clone of it would be."""
    make_repository(folder, fast_import(commits))
    subprocess.run(["git", "-C", folder, "gc", "--quiet"], check=True)


def write_versions(folder: Path, commits: Iterable[Commit]) -> None:
    """Write every version as a map of its own, in folders of a hundred."""
    for number, (_, text) in enumerate(versions(commits)):
        path = folder / f"{number // 100:03}" / f"{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("size", choices=SIZES, help="how much history")
    parser.add_argument("folder", type=Path, help="repository to make; new or empty")
    parser.add_argument("--versions", type=Path, help="where to write every version as a file")
    given = parser.parse_args()
    commits = make_commits(SIZES[given.size])
    write_repository(given.folder, commits)
    if given.versions:
        write_versions(given.versions, commits)
    print(sum(1 for _ in versions(commits)))


if __name__ == "__main__":
    main()
