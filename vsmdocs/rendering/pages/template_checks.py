"""What can be said of a project's templates before any page is made with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from vsmdocs.errors import Finding
from vsmdocs.model.units import nearest
from vsmdocs.rendering.pages.sandbox import Sandbox
from vsmdocs.rendering.pages.sandbox_filters import FILTERS

Sources = Mapping[str, tuple[str, str]]
"""Text and shown path of templates, by name."""
_BUILT_IN = "builtin/"
_SPECIAL = ("pages/diff.html.j2", "pages/feed.xml.j2")
"""What is made outside of a site, or is read by programs."""
_NOT_HERE: dict[type[nodes.Node], str] = {
    nodes.FilterBlock: "{% filter %}",
    nodes.CallBlock: "{% call %}",
    nodes.ScopedEvalContextModifier: "{% autoescape %}",
}
"""What would let text through as markup; a template needs none of them."""
_TOP = (nodes.Extends, nodes.Block, nodes.Import, nodes.FromImport, nodes.Macro, nodes.Assign)
_NO_FILTER = re.compile(r"No (filter|test) named '(.*)'\.", re.DOTALL)


def check_templates(sandbox: Sandbox, sources: Sources, ours: Path) -> list[Finding]:
    """Return what keeps templates from being used; all that is right is compiled after this."""
    blocks = own_blocks(ours)
    found: list[Finding] = []
    for name, (text, shown) in sources.items():
        try:
            tree = sandbox.parse(text, name, shown)
        except (TemplateSyntaxError, RecursionError) as error:
            found += filter(None, [located_syntax(error, {shown: text}, shown)])
            continue
        faults = [*_forbidden(tree)]
        if name.startswith("pages/"):
            faults += _page(tree, name, blocks)
        elif (extends := tree.find(nodes.Extends)) is not None:
            faults.append((extends.lineno, "{%", "only files in pages/ extend a template", ""))
        faults += _names(tree, sources, ours)
        for line, near, message, hint in faults:
            found.append(finding(shown, text, line, "template-name", message, hint, near))
        if faults:
            continue
        try:
            sandbox.get_template(name)
        except (TemplateSyntaxError, RecursionError) as error:
            found += filter(None, [located_syntax(error, {shown: text}, shown)])
    return found


@lru_cache(maxsize=1)
def own_blocks(ours: Path) -> dict[str, tuple[str, ...]]:
    """Return by our pages the blocks that can be overridden in them."""
    reader = Environment(trim_blocks=True, lstrip_blocks=True)
    parents: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for path in sorted((ours / "pages").glob("*.j2")):
        name = f"pages/{path.name}"
        tree = reader.parse(path.read_text("utf-8"))
        names[name] = [block.name for block in tree.find_all(nodes.Block)]
        for extends in tree.find_all(nodes.Extends):
            if isinstance(extends.template, nodes.Const):
                parents[name] = extends.template.value
    found = {}
    for name, own in names.items():
        above = names.get(parents.get(name, ""), [])
        if own and name not in _SPECIAL:
            found[name] = tuple(dict.fromkeys([*above, *own]))
    return found


Fault = tuple[int, str, str, str]
"""Line, what on it is at fault, message and hint."""


def _forbidden(tree: nodes.Template) -> Iterator[Fault]:
    for kind, shown in _NOT_HERE.items():
        for node in tree.find_all(kind):
            hint = "what is put out is text; write markup into the template itself"
            yield node.lineno, "{%", f"{shown} cannot be used in templates of a project", hint
    for block in tree.find_all(nodes.AssignBlock):
        if block.filter is not None:
            hint = "set it without, and use the filter where it is put out"
            yield block.lineno, "{%", "a block that is set cannot go through a filter", hint


def _page(
    tree: nodes.Template, name: str, blocks: Mapping[str, tuple[str, ...]]
) -> Iterator[Fault]:
    if name not in blocks:
        stems = {_stem(page): page for page in blocks}
        near = nearest(_stem(name), tuple(stems))
        pages = ", ".join(page.removeprefix("pages/") for page in blocks)
        hint = f"did you mean {stems[near]}?" if near else f"there is {pages}"
        yield 1, "", f"no page is made with {name}", hint
        return
    wanted = f"{_BUILT_IN}{name}"
    first = next((node for node in tree.body if not _is_blank(node)), None)
    extended = first.template if isinstance(first, nodes.Extends) else None
    if first is None or not isinstance(extended, nodes.Const):
        line = first.lineno if first is not None else 1
        yield line, "", "a page overrides blocks of ours", f'begin with {{% extends "{wanted}" %}}'
        return
    if extended.value != wanted:
        said = str(extended.value)[:80]
        yield first.lineno, said, f"{name} cannot extend {said}", f'write "{wanted}"'
    for block in tree.find_all(nodes.Block):
        if block.name not in blocks[name]:
            near = nearest(block.name, blocks[name])
            hint = f"did you mean {near}?" if near else f"there is {', '.join(blocks[name])}"
            yield block.lineno, block.name, f"{name} has no block “{block.name}”", hint
    for node in tree.body:
        if not isinstance(node, _TOP) and not _is_blank(node):
            hint = "put it into a block; what stands outside is never shown"
            yield node.lineno, "", "this stands in no block", hint
            break


def _stem(name: str) -> str:
    """Return what tells a template from others: all of their names end alike."""
    return name.rpartition("/")[2].partition(".")[0]


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
    )


def _names(tree: nodes.Template, sources: Sources, ours: Path) -> Iterator[Fault]:
    built_in = {
        f"{part}/{path.name}" for part in ("pages", "parts") for path in (ours / part).glob("*.j2")
    }
    found: Iterator[Any] = tree.find_all((nodes.Include, nodes.Import, nodes.FromImport))
    for node in found:
        if not isinstance(node.template, nodes.Const):
            hint = f'write its name, such as "{_BUILT_IN}parts/bits.html.j2"'
            yield node.lineno, "{%", "a template is named by text in quotes", hint
            continue
        name = str(node.template.value)
        mine = name.removeprefix(_BUILT_IN)
        # Names are compared, and never followed as a path: none leads out of a folder.
        if mine in (built_in if mine != name else sources):
            continue
        if mine == name and name in built_in:
            hint = f"{_BUILT_IN} stands before the names of ours"
        else:
            known = {_stem(one): one for one in (built_in if mine != name else sources)}
            near = nearest(_stem(mine), tuple(known))
            prefix = _BUILT_IN if mine != name else ""
            hint = f"did you mean {prefix}{known[near]}?" if near else ""
        yield node.lineno, name, f"there is no template {name[:80]}", hint


def located_syntax(
    error: BaseException, sources: Mapping[str, str], shown: str = ""
) -> Finding | None:
    """Return what is wrong with a template as it is written; None where the error is another."""
    if isinstance(error, RecursionError) and shown:
        return finding(shown, sources[shown], 1, "template-syntax", "this is nested too deeply", "")
    if not isinstance(error, TemplateSyntaxError):
        return None
    shown = error.filename if error.filename and error.filename in sources else shown
    if shown not in sources:
        return None
    message, hint, near = error.message or "this is no template", "", ""
    if match := _NO_FILTER.fullmatch(message):
        kind, near = match[1], match[2]
        message = f"there is no {kind} “{near[:40]}” here"
        if kind == "filter":
            guess = nearest(near, FILTERS)
            hint = f"did you mean {guess}?" if guess else f"there is {', '.join(FILTERS)}"
        if near in ("safe", "forceescape"):
            hint = "what people wrote is text and stays text; write markup into the template itself"
    else:
        message = message[:1].lower() + message[1:].rstrip(".")
    return finding(shown, sources[shown], error.lineno, "template-syntax", message, hint, near)


def finding(
    shown: str, text: str, line: int, rule: str, message: str, hint: str, near: str = ""
) -> Finding:
    """Return an error at a line of a template, and at what is named on it."""
    lines = text.split("\n")
    line = min(max(line, 1), len(lines))
    source = lines[line - 1].rstrip("\r")
    at = source.find(near) if near else -1
    start = at if at >= 0 else len(source) - len(source.lstrip())
    end = start + len(near) if at >= 0 else len(source.rstrip())
    return Finding(
        shown,
        line,
        start + 1,
        rule,
        "error",
        message,
        hint,
        max(end, start + 1) + 1,
        source[:2_000],
    )
