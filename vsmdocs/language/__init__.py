"""What the site says, in the language of its settings.

A text of ours is written in English where it is used and goes through `tr`, which looks it up in
the catalogue of the language that is spoken: all texts of a language are in one file. What people
wrote into maps is never translated, nor what the command line says.
"""

from __future__ import annotations

from vsmdocs.language import languages
from vsmdocs.language.languages import ENGLISH, LANGUAGES, Language
from vsmdocs.language.speaking import (
    apart,
    catalogue,
    digest,
    isolated,
    mark,
    own_way,
    signed,
    speaking,
    spoken,
    tr,
    tr_c,
    tr_m,
    tr_n,
    tr_parts,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Language",
    "apart",
    "catalogue",
    "digest",
    "isolated",
    "languages",
    "mark",
    "own_way",
    "signed",
    "speaking",
    "spoken",
    "tr",
    "tr_c",
    "tr_m",
    "tr_n",
    "tr_parts",
]
