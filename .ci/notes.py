#!/usr/bin/env python3
"""Print the changelog's section of a release, for a tag such as v1.2.3.

    python .ci/notes.py v0.1.0

It ends with an error where the tag is not the version of the package, or the changelog has
nothing to say about it, so that neither is ever forgotten.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_HEADING = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - \d{4}-\d{2}-\d{2})?\s*$", re.MULTILINE)
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


def section(changelog: str, version: str) -> str:
    """Return what stands below a version's heading; nothing where there is no such heading."""
    headings = list(_HEADING.finditer(changelog))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading["name"] == version:
            end = following.start() if following else len(changelog)
            return changelog[heading.end() : end].strip()
    return ""


def problem(tag: str, version: str, notes: str) -> str:
    """Return why a tag cannot be released, or nothing."""
    if tag != f"v{version}":
        return f"the tag is {tag}, and vsmdocs/__init__.py says {version}: tag v{version}"
    if not notes:
        return f"CHANGELOG.md has nothing below a heading ## [{version}] - YYYY-MM-DD"
    return ""


def main(arguments: list[str]) -> int:
    """Print the notes for a tag."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: notes.py TAG\n")
        return 2
    found = _VERSION.search((ROOT / "vsmdocs" / "__init__.py").read_text("utf-8"))
    version = found[1] if found else ""
    notes = section((ROOT / "CHANGELOG.md").read_text("utf-8"), version)
    if wrong := problem(arguments[0], version, notes):
        sys.stderr.write(f"Error: {wrong}\n")
        return 1
    sys.stdout.write(notes + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
