"""A made-up team that improved its delivery over eighteen months, as commits and nothing else.

Text and dates in, text and dates out; what becomes of it is not known here.
"""

from vsmdocs.demo.commits import Author, Commit, Tag
from vsmdocs.demo.import_stream import fast_import
from vsmdocs.demo.story import END, story

__all__ = ["END", "Author", "Commit", "Tag", "fast_import", "story"]
