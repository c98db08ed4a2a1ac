"""Bring the catalogues of the site's languages up to date with its texts.

    python -m tests.messages

Texts are found where they are used: in calls of `tr` and its like in Python, templates and scripts,
and in the catalogue of terms. What is new stands in each catalogue without a translation, and what
is gone is gone. `make messages` runs this; a test says when it is due.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vsmdocs.language import ENGLISH, LANGUAGES
from vsmdocs.model.terms import TERMS

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "vsmdocs" / "language" / "catalogues"
_KINDS = {".py": "python", ".j2": "jinja2.ext:babel_extract", ".js": "javascript"}
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "mark": None,
    "tr": None,
    "tr_c": ((1, "c"), 2),
    "tr_m": None,
    "tr_n": (1, 2),
    "tr_parts": None,
}
_OPTIONS = {"silent": "false", "extensions": ""}
_IDLE = tuple(f'"{name}' for name in (
    "Project-Id-Version", "POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To",
    "Last-Translator", "Language-Team", "Generated-By",
))  # fmt: skip
_NAME = re.compile(r"\{(\w*)\}")


def sources() -> Iterator[Path]:
    """Yield every file that can have a text of the site in it."""
    for folder in ("vsmdocs", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _KINDS and "vendor" not in path.parts:
                yield path


def found() -> Catalog:
    """Return the texts that there are, with the files that have them."""
    catalogue = Catalog(project="vsmdocs", charset="utf-8")
    for path in sources():
        with path.open("rb") as file:
            for _, message, _, context in extract(
                _KINDS[path.suffix], file, _KEYWORDS, options=_OPTIONS
            ):
                where = [(path.relative_to(ROOT).as_posix(), 0)]
                catalogue.add(message, locations=where, context=context)
    for term in TERMS:
        for message in filter(None, (term.name, term.definition, term.formula, term.source)):
            catalogue.add(message, locations=[("vsmdocs/model/terms.py", 0)])
    return catalogue


def updated(path: Path, template: Catalog) -> Catalog:
    """Return a catalogue with the texts that there are, and the translations that it has."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as people read and change it."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_by_file=True, omit_header=False, include_lineno=False)
    # When, by whom and with what it was made says nothing that its history does not.
    lines = out.getvalue().decode().split("\n")
    return "\n".join(line for line in lines if not line.startswith(_IDLE)).encode()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    out = io.BytesIO()
    # When it was made is in it, and would make it another one each time.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, catalogue)
    return out.getvalue()


def names(message: str) -> set[str]:
    """Return what is to be filled into a text."""
    return set(_NAME.findall(message))


def main() -> None:
    """Write every catalogue anew."""
    template = found()
    for code in LANGUAGES.keys() - {ENGLISH.code}:
        path = CATALOGUES / f"{code}.po"
        catalogue = updated(path, template)
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(as_mo(catalogue))
        missing = sum(not message.string for message in catalogue if message.id)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} not translated")  # noqa: T201


if __name__ == "__main__":
    main()
