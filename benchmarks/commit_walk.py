"""Read all versions of all maps as GitPython's tutorial would: commit by commit.

python -m benchmarks.commit_walk some/folder
"""

from __future__ import annotations

import sys

import git


def main() -> None:
    versions = 0
    for commit in git.Repo(sys.argv[1]).iter_commits("HEAD", first_parent=True):
        parent = commit.parents[0] if commit.parents else None
        for change in parent.diff(commit) if parent else commit.diff(git.NULL_TREE):
            blob = change.b_blob
            if blob is not None and str(blob.path).endswith(".md"):
                blob.data_stream.read()
                versions += 1
    print(versions)


if __name__ == "__main__":
    main()
