"""From text to values: frontmatter, strict YAML with marks, and located errors."""

from vsmdocs.reading.reader import MapDocument, read_map

__all__ = ["MapDocument", "read_map"]
