"""What is offered to be pasted into a map can be pasted: the map is then one with it in."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdocs.analysis.answer import find_answer
from vsmdocs.analysis.lint import run as lint
from vsmdocs.model.metrics import measure
from vsmdocs.reading import MapDocument, read_map
from vsmdocs.rendering.pages.forge import Forge
from vsmdocs.rendering.pages.proposal import edit_view, find_place, future_file

PATH = "maps/delivery/current.md"
GITHUB = Forge("github", "https://github.com/a/b/", "main", "sub/")
STEPS = """steps:
  - {id: build, owner: Engineering, process_time: 2d}
  - {id: review, name: "Review: the #1", owner: "'Q' & co", wait_time: 3d, process_time: 2h}
"""
LISTED = "improvements:\n  - id: a\n    title: A\n"
ITEM = "id: shorter-wait-for-review"


def read(keys: str, body: str = "Body\n") -> MapDocument:
    return read_map(PATH, f"---\n{keys}---\n{body}".encode())


def pasted(document: MapDocument) -> MapDocument:
    """Paste what is offered where it says, and read the file again."""
    view = edit_view(GITHUB, PATH, document, find_answer(measure(document.map)))
    place = find_place(document)
    assert place is not None
    assert f"after line {place.after}," in view.where
    lines = document.source.text.split("\n")
    lines[place.after : place.after] = view.block.removesuffix("\n").split("\n")
    return read_map(PATH, "\n".join(lines).encode())


SHAPES = {
    "no improvements": f"title: T\n{STEPS}",
    "no improvements, keys after steps": f"{STEPS}title: T\n",
    "text at the end": f"{STEPS}title: T\noutcome: >\n  of two\n\n  lines\n",
    "a comment at the end": f"title: T\n{STEPS}# the end\n",
    "all indented": "".join(f"  {line}\n" for line in f"title: T\n{STEPS}".splitlines()),
    "an empty key": f"title: T\nimprovements:\n{STEPS}",
    "an empty key with a comment": f"title: T\n{STEPS}improvements:  # none yet\n",
    "a list": f"title: T\n{LISTED}{STEPS}",
    "a list at the end": f"title: T\n{STEPS}{LISTED}",
    "a list without indentation": f"title: T\n{STEPS}improvements:\n- id: a\n  title: A\n",
    "a list far right": f"title: T\n{STEPS}improvements:\n      - {{id: a, title: A}}\n",
    "brackets over lines": f"title: T\nimprovements:\n  - {{id: a,\n     title: A\n    }}\n{STEPS}",
    "comments between": f"title: T\n{LISTED}    # of a\n\n# about the steps\n{STEPS}",
    "hashes in a text": f"title: T\nimprovements:\n  - id: a\n    title: A\n"
    f"    hypothesis: |\n      # no comment\n\n      # nor this\n\n{STEPS}",
    "hashes in quotes": f"title: T\nimprovements:\n  - id: a\n    title: A\n"
    f'    hypothesis: "x\n\n# y\n# z"\n{STEPS}',
    "ids that are taken": f"title: T\nimprovements:\n  - {{{ITEM}, title: A}}\n"
    f"  - {{{ITEM}-2, title: B}}\n{STEPS}",
    "windows": f"title: T\n{LISTED}{STEPS}".replace("\n", "\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_pasting_it_gives_the_map_with_one_more_improvement(shape: str) -> None:
    document = read(SHAPES[shape])
    after = pasted(document)
    added = [one for one in after.map.improvements if one not in document.map.improvements]
    assert len(added) == 1
    assert len(after.map.improvements) == len(document.map.improvements) + 1
    assert after.map.model_copy(update={"improvements": ()}) == document.map.model_copy(
        update={"improvements": ()}
    )
    assert after.map.improvements[-1] == added[0], "it comes last"
    (new,) = added
    assert (new.step, new.owner, new.status) == ("review", "'Q' & co", "idea")
    assert new.title == "A shorter wait for Review: the #1"
    assert [(c.step, c.field, c.value) for c in new.change] == [("review", "wait_time", "-50%")]
    assert new.hypothesis == "The wait of 3 d halves because …"
    before, now = ({one.rule for one in lint([d], date(2026, 1, 1))} for d in (document, after))
    assert now <= before, "what is offered brings no finding with it"


@pytest.mark.parametrize(
    ("keys", "id", "step", "change"),
    [
        # A wait on the way, which no step has.
        (
            "title: T\nsteps:\n  - {id: a, process_time: 1h}\n  - {id: b, process_time: 1h}\n"
            "flow:\n  - {from: a, to: b, wait: 3d}\n",
            "shorter-wait-for-b", "b", "",
        ),
        (
            "title: T\nsteps:\n  - {id: a, process_time: 1h}\n  - {id: b, process_time: 2d}\n"
            "rework:\n  - {from: b, to: a, rate: 50%}\n",
            "less-rework-after-b", "b", "",
        ),
        (
            "title: T\nsteps:\n  - {id: a, process_time: 2d}\n",
            "less-work-in-a", "a", "process_time",
        ),
        ("title: T\nsteps:\n  - {id: a}\n", "improvement", None, ""),
        (
            "title: T\nowner: Ada\nsteps:\n"
            f"  - {{id: {'a' * 64}, wait_time: 2d, process_time: 1h}}\n",
            f"shorter-wait-for-{'a' * 33}", "a" * 64, "wait_time",
        ),
    ],
)  # fmt: skip
def test_it_is_about_where_value_gets_stuck(
    keys: str, id: str, step: str | None, change: str
) -> None:
    (new,) = pasted(read(keys)).map.improvements
    assert (new.id, new.step, "".join(c.field for c in new.change)) == (id, step, change)


@pytest.mark.parametrize(
    "keys",
    [
        "{title: T, steps: [{id: a, process_time: 1h}]}\n",
        f"title: T\nimprovements: []\n{STEPS}",
        f"title: T\nimprovements: [{{id: a, title: A}}]\n{STEPS}",
        f"title: T\nimprovements: null\n{STEPS}",
        "? title\n: T\n? steps\n: - {id: a, process_time: 1h}\n",
    ],
)
def test_where_it_cannot_be_said_where_nothing_is_offered(keys: str) -> None:
    view = edit_view(GITHUB, PATH, read(keys), None)
    assert (view.block, view.where, view.issue_href) == ("", "", "")
    assert view.edit_href == f"https://github.com/a/b/edit/main/sub/{PATH}"


def test_an_older_version_is_shown_and_nothing_goes_into_it() -> None:
    view = edit_view(GITHUB, PATH, None, None)
    assert view.edit_href
    assert (view.block, view.issue_href, view.future_href) == ("", "", "")


def test_without_a_forge_there_is_the_block_alone() -> None:
    view = edit_view(None, PATH, read(SHAPES["a list"]), None)
    assert view.block
    assert (view.view_href, view.edit_href, view.issue_href, view.forge) == ("", "", "", "")


def test_an_issue_holds_the_block_whatever_stands_in_it() -> None:
    document = read(SHAPES["a list"].replace("'Q' & co", "```` x"))
    view = edit_view(GITHUB, PATH, document, find_answer(measure(document.map)))
    (body,) = parse_qs(urlsplit(view.issue_href).query)["body"]
    assert body == f"`````yaml\n# {PATH}, {view.where}\n{view.block}`````\n"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30
)


@given(WORDS, WORDS, st.booleans())
def test_no_name_breaks_what_is_pasted(name: str, owner: str, listed: bool) -> None:
    text = "title: T\nsteps:\n  - {id: s, process_time: 1h, wait_time: 3d}\n"
    document = read(text + (LISTED if listed else ""))
    (step,) = document.map.steps
    other = step.model_copy(update={"name": name, "owner": owner})
    changed = MapDocument(
        document.path, document.map.model_copy(update={"steps": (other,)}), document.body,
        document.body_line, document.source, document.marks,
    )  # fmt: skip
    new = pasted(changed).map.improvements[-1]
    assert (new.title, new.owner) == (f"A shorter wait for {name}", owner)


def test_a_future_state_begins_as_a_copy_of_today() -> None:
    path, text = future_file(read(f"title: T\nstate: 'current'  # today\n{STEPS}"))
    assert path == "maps/delivery/future.md"
    future = read_map(path, text.encode())
    assert future.map.identity == ("delivery", "future", "")
    assert "# today" in text
    assert future_file(read(f"title: T\n{STEPS}"))[1].count("future") == 0, "its path says it"
    alone = read_map("maps/delivery.md", f"---\ntitle: T\n{STEPS}---\n".encode())
    path, text = future_file(alone)
    assert read_map(path, text.encode()).map.identity == ("delivery", "future", "")


def test_only_a_current_map_is_offered_a_future() -> None:
    current, future = (
        read(f"title: T\nstate: {state}\n{STEPS}") for state in ("current", "future")
    )
    views = [edit_view(GITHUB, PATH, document, None) for document in (current, future)]
    assert [bool(view.future_href) for view in views] == [True, False]
    assert "/new/main/sub/maps/delivery?filename=future.md&value=---" in views[0].future_href
