"""From text to values: frontmatter, strict YAML with marks, and located errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vsmdocs.reading.reader import MapDocument, read_map

__all__ = ["MapDocument", "read_map"]


def __getattr__(name: str) -> Any:
    """Import the reader when it is asked for: some commands end without reading a map."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from vsmdocs.reading import reader

    return getattr(reader, name)
