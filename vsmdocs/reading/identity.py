"""What a map's path says about it, where the map itself does not say it."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.model.stream import STATES


@dataclass(frozen=True, slots=True)
class PathIdentity:
    """Stream, state and variant by the convention `maps/<stream>/<state>[-<variant>].md`."""

    stream: str
    """Not necessarily a slug; the same holds for `variant`."""
    state: str
    variant: str | None


def identity_from_path(path: str, maps_folder: str = "maps") -> PathIdentity:
    """Return what `path` stands for; a file right in the maps folder names its stream."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    root = [part for part in maps_folder.split("/") if part not in ("", ".")]
    if root and parts[: len(root)] == root:
        parts = parts[len(root) :]
    stem = parts[-1] if parts else ""
    if stem.lower().endswith(".md"):
        stem = stem[:-3]
    if len(parts) < 2:
        return PathIdentity(stem, "current", None)
    state, _, variant = stem.partition("-")
    if state not in STATES:
        return PathIdentity(parts[-2], "current", stem)
    return PathIdentity(parts[-2], state, variant or None)
