"""Files that are taken over from the last build one by one, by what each was made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vsmdocs.site.folder import SiteFolder


class Reuse:
    """Writes files of one stream, or takes them over where they would be the same."""

    def __init__(self, folder: SiteFolder, site: Path, before: Mapping[str, str], key: str) -> None:
        """`before` has the keys of files in `site`; `key` is what all of them depend on."""
        self._folder, self._site, self._before, self._key = folder, site, before, key
        self.keys: dict[str, str] = {}
        """What each file was made from."""

    def take(self, name: str, key: str) -> bool:
        """Take a file over if it was made from the same; return whether it was."""
        whole = f"{self._key} {key}"
        if self._before.get(name) != whole:
            return False
        self._folder.take(name, self._site)
        self.keys[name] = whole
        return True

    def write(self, name: str, content: str, key: str = "") -> None:
        """Write a file, and remember what it was made from."""
        self._folder.write(name, content)
        if key:
            self.keys[name] = f"{self._key} {key}"
