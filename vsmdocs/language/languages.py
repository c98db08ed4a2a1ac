"""The languages that there are, and their catalogues."""

from __future__ import annotations

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


def catalogue_of(language: Language) -> NullTranslations:
    """Return the texts of a language, by those in English."""
    # English, which most sites speak, imports nothing for it.
    from gettext import GNUTranslations

    with (_CATALOGUES / f"{language.code}.mo").open("rb") as file:
        return GNUTranslations(file)
