"""The languages that there are, and their catalogues."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from gettext import NullTranslations

_CATALOGUES = Path(__file__).parent / "catalogues"


class Language(NamedTuple):
    """A language of the site."""

    code: str
    """As the `lang` of a page has it."""
    name: str
    """In itself."""
    direction: Literal["ltr", "rtl"] = "ltr"


ENGLISH = Language("en", "English")
LANGUAGES = {one.code: one for one in (ENGLISH, Language("he", "עברית", "rtl"))}


def digest_of(language: Language) -> bytes:
    """Return what changes whenever the catalogue of a language does."""
    if language is ENGLISH:
        return b"en"
    return sha256((_CATALOGUES / f"{language.code}.mo").read_bytes()).digest()


def catalogue_of(language: Language) -> NullTranslations:
    """Return the texts of a language, by those in English."""
    # English, which most sites speak, imports nothing for it.
    from gettext import GNUTranslations

    with (_CATALOGUES / f"{language.code}.mo").open("rb") as file:
        return GNUTranslations(file)
