"""A map in the one layout, or a reason why it has to stay as it is."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.editing.edits import LINE_END
from vsmdocs.editing.layout import lay_out
from vsmdocs.editing.outline import read_outline
from vsmdocs.errors import InvalidMap, NotFormatted
from vsmdocs.reading.reader import MapDocument, read_map


@dataclass(frozen=True, slots=True)
class Parts:
    """A file's text in three: keys, prose, and how its lines end."""

    front: str
    """The lines between the fences, each ended by a line feed."""
    body: str
    """What stands below, as it was written."""
    line_end: str
    """How the first line ends."""


def split_parts(document: MapDocument, data: bytes) -> Parts:
    """Return the parts of the file that `document` was read from."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode()
    closing = document.body_line - 1
    front = "".join(line + "\n" for line in document.source.lines[1 : closing - 1])
    ends = [match.end() for match in LINE_END.finditer(text)]
    body = text[ends[closing - 1] :] if len(ends) >= closing else ""
    first = LINE_END.search(text)
    return Parts(front, body, first[0] if first else "\n")


def join_parts(lines: list[str], body: str, line_end: str) -> bytes:
    """Return a file of these lines of keys and this prose, ended by exactly one line end."""
    front = "".join(line + line_end for line in ("---", *lines, "---"))
    body = body.rstrip("\r\n")
    return (front + (body + line_end if body else "")).encode()


def format_map(path: str, data: bytes, *, maps_folder: str = "maps") -> bytes:
    """Return the map in the one layout, with the same meaning.

    The prose is not touched but for line ends at its end, and the keys' lines end as the
    file's first one does. Formatting twice gives what formatting once gives.

    Raises
    ------
    InvalidMap
        When it cannot be read.
    NotFormatted
        When what came out would read as something else.
    """
    document = read_map(path, data, maps_folder=maps_folder)
    parts = split_parts(document, data)
    lines = lay_out(read_outline(parts.front))
    if not _reads_equal(document, lines, parts, maps_folder):
        raise NotFormatted(
            f"{path} was left as it is: its layout cannot be changed without changing what it "
            "says; please report this as a bug, with the file"
        )
    return join_parts(lines, parts.body, parts.line_end)


def _reads_equal(document: MapDocument, lines: list[str], parts: Parts, maps_folder: str) -> bool:
    data = join_parts(lines, "", "\n")
    try:
        after = read_map(document.path, data, maps_folder=maps_folder)
    except InvalidMap:
        return False
    return after.map == document.map
