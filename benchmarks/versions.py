"""Read all versions of all maps of a repository, and print their number and the seconds it took.

    python -m benchmarks.versions some/folder read        names and contents
    python -m benchmarks.versions some/folder calculate   and validated and calculated

The seconds leave out what it takes to start Python and to import everything.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from vsmdocs.cache import Cache
from vsmdocs.history.blobs import Blobs
from vsmdocs.history.facts import MOST_BYTES
from vsmdocs.history.lineage import relevant
from vsmdocs.history.read import read_history
from vsmdocs.history.repository import Repository, open_repository
from vsmdocs.history.walk import first_parents, walk

MAPS = "maps"


def read(repository: Repository, tip: str) -> int:
    """Return how many versions there are, each with its content read."""
    commits, _ = first_parents(repository, tip)
    kept = relevant(walk(repository, commits), f"{MAPS}/")
    blobs = [change.blob for commit in kept for change in commit.changes if change.blob]
    with Blobs(repository, MOST_BYTES) as contents:
        read = sum(isinstance(content, bytes) for content in contents.read(dict.fromkeys(blobs)))
    if read != len(set(blobs)):
        raise SystemExit("not all could be read")
    return len(blobs)


def calculate(repository: Repository, tip: str) -> int:
    """Return how many versions there are, each with its figures."""
    with Cache(None) as cache:
        found = read_history(repository, tip, MAPS, cache=cache)
    snapshots = [snapshot for map in found.maps for snapshot in map.snapshots]
    if not all(snapshot.readable for snapshot in snapshots):
        raise SystemExit("not all could be calculated")
    return len(snapshots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="repository")
    parser.add_argument("what", choices=("read", "calculate"))
    given = parser.parse_args()
    repository = open_repository(given.folder.absolute())
    if repository is None:
        raise SystemExit(f"{given.folder} is no repository")
    work = read if given.what == "read" else calculate
    tip = repository.commit("HEAD")
    begun = time.perf_counter()
    versions = work(repository, tip)
    print(versions, time.perf_counter() - begun)


if __name__ == "__main__":
    main()
