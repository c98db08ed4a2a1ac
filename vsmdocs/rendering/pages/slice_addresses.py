"""Where the pages by team, tag and system are: addresses that follow from a name alone.

Names are free text of strangers, and file systems do not all tell upper case from lower. So
only a name in its usual spelling has the plain slug; every other one has a hash of its own
behind it, and no two names ever share a page.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from vsmdocs.model.units import slugify

_HASH = 10
_LONGEST = 48
_LIKE_HASH = re.compile(r"(?:^|-)[0-9a-f]{10}$")
_TAKEN = re.compile(r"index|con|prn|aux|nul|(?:com|lpt)[0-9]")
"""The folder's own page, and names that Windows keeps for devices."""


@lru_cache(maxsize=4_096)
def team_href(name: str) -> str:
    """Return the page of an owner, such as `teams/change-board.html` for `Change board`."""
    return f"teams/{_slug(name, 'team', _sentence_case)}.html"


def tag_href(tag: str) -> str:
    """Return the page of a tag."""
    return f"tags/{_slug(tag, 'tag', lambda slug: slug)}.html"


@lru_cache(maxsize=4_096)
def system_href(name: str) -> str:
    """Return the page of a system, such as `systems/issue-tracker.html`."""
    return f"systems/{_slug(name, 'system', lambda slug: slug.replace('-', ' '))}.html"


def _slug(name: str, kind: str, usual: Callable[[str], str]) -> str:
    """Return a slug that no other name has; `usual` spells the name that has it plain."""
    slug = slugify(name)
    if slug and usual(slug) == name and not _TAKEN.fullmatch(slug) and not _LIKE_HASH.search(slug):
        return slug
    own = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    # Letters without their accents say more than none.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{slugify(plain)[:_LONGEST].rstrip('-') or kind}-{own}"


def _sentence_case(slug: str) -> str:
    text = slug.replace("-", " ")
    # QA, IT, UX.
    return text.upper() if len(text) <= 2 else text.capitalize()
