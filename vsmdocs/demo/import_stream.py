"""Commits as the stream that `git fast-import` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdocs.demo.commits import MAIN, Author, Commit, Tag

_NOWHERE = "0" * 40


def fast_import(commits: Sequence[Commit]) -> bytes:
    """Return the stream of these commits; the same commits give the same bytes.

    Branches other than the main one are gone at its end, as after a merge on a hosting service.
    """
    parts = ["feature done\n"]
    for number, commit in enumerate(commits):
        parts += _commit(number, commit)
    for branch in sorted({commit.branch for commit in commits} - {MAIN}):
        parts.append(f"reset refs/heads/{branch}\nfrom {_NOWHERE}\n\n")
    parts.append("done\n")
    return "".join(parts).encode()


def _commit(number: int, commit: Commit) -> Iterator[str]:
    who = _signature(commit.author, commit)
    yield f"commit refs/heads/{commit.branch}\nmark {_mark(number)}\n"
    yield f"author {who}\ncommitter {who}\n"
    yield _data(commit.message.rstrip("\n") + "\n")
    for word, parent in zip(("from", "merge"), commit.parents, strict=False):
        yield f"{word} {_mark(parent)}\n"
    # What goes is named first: a file may become a folder.
    for path, text in sorted(commit.files, key=lambda file: (file[1] is not None, file[0])):
        yield f"D {path}\n" if text is None else f"M 100644 inline {path}\n{_data(text)}"
    yield "\n"
    for tag in commit.tags:
        yield _tag(tag, number, who)


def _tag(tag: Tag, number: int, who: str) -> str:
    if not tag.message:
        return f"reset refs/tags/{tag.name}\nfrom {_mark(number)}\n\n"
    return f"tag {tag.name}\nfrom {_mark(number)}\ntagger {who}\n{_data(tag.message + chr(10))}"


def _mark(number: int) -> str:
    return f":{number + 1}"


def _signature(author: Author, commit: Commit) -> str:
    return f"{author.name} <{author.email}> {int(commit.at.timestamp())} {commit.at:%z}"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"
