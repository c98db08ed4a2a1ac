"""Templates and assets: where they are, and how a template becomes text."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, nodes
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from vsmdocs.errors import RenderError

_PACKAGE = Path(__file__).resolve().parents[2]


def templates_folder() -> Path:
    """Return the built-in templates: inside the installed package, else the checkout's."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (folder / "pages").is_dir():
            return folder
    raise RenderError("the templates are missing from this installation: install it again")


def _escaped(value: object) -> str:
    """Return a value as jinja's own `escape` would, as plain text for the page to be joined of.

    Markup that is made only to be joined costs a third of what rendering does.
    """
    kind = type(value)
    if kind is int or kind is float:
        return str(value)
    if kind is not str:
        return escape(value)
    text: str = value  # type: ignore[assignment]
    # One by one and asked first: hardly any text has any of them.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return text


class _CodeGenerator(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        # No template can switch escaping off: whatever it outputs goes through here.
        self.write("environment.escaped(")


class _Environment(Environment):
    code_generator_class = _CodeGenerator
    escaped = staticmethod(_escaped)


class _CompiledTemplates(FileSystemBytecodeCache):
    """Templates as Python compiled them, where Python keeps its own modules compiled.

    That is beside the program, never in a project: whoever can write there can as well change
    the program, and a stranger's repository cannot bring any along.
    """

    def __init__(self, templates: Path) -> None:
        folder = Path(cache_from_source(str(templates / "template.py"))).parent
        # What is in them is the work of this module as well.
        made_by = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:10]
        super().__init__(str(folder), f"template-{made_by}-%s.pyc")
        self._folder = folder

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where that is wanted and can be."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


class Theme:
    """Templates and assets of one build."""

    def __init__(self) -> None:
        # Always on: jinja's own choice by file ending leaves .html.j2 and .svg unescaped.
        folder = templates_folder()
        self._environment = _Environment(
            loader=FileSystemLoader(folder),
            bytecode_cache=_CompiledTemplates(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def compile(self, pages: Iterable[str]) -> None:
        """Compile the templates of some pages: once, before workers are forked that would each."""
        for page in pages:
            self._environment.get_template(f"pages/{page}.html.j2")

    def render(self, template: str, **values: Any) -> str:
        """Return a page.

        Raises
        ------
        RenderError
            When the template is missing or asks for what is not there.
        """
        try:
            return self._environment.get_template(template).render(**values)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{getattr(error, 'name', None) or template}{f':{line}' if line else ''}"
            raise RenderError(f"template {place}: {error.message or error}") from error


@lru_cache(maxsize=1)
def assets() -> dict[str, tuple[str, bytes]]:
    """Return by asset its address below the site's root, with a hash of its bytes, and them.

    The parts of the style sheet are joined in order of their names, and those of the script each
    in a block, so that none sees the names of another.
    """
    folder = templates_folder()
    found = {
        "style.css": _joined(folder / "style", "{text}"),
        "script.js": '"use strict";\n' + _joined(folder / "script", "{{\n{text}}}\n"),
    }
    contents = {name: text.encode() for name, text in found.items()}
    contents |= {path.name: path.read_bytes() for path in sorted((folder / "assets").iterdir())}
    named = {}
    for name, data in contents.items():
        digest = hashlib.sha256(data).hexdigest()[:10]
        stem, _, suffix = name.rpartition(".")
        named[name] = (f"assets/{stem}.{digest}.{suffix}", data)
    return named


@lru_cache(maxsize=1)
def first_script() -> tuple[str, str]:
    """Return what has to run before a page is painted, and what allows it to stand in the page."""
    text = (templates_folder() / "parts" / "first.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"sha256-{digest}"


def _joined(folder: Path, form: str) -> str:
    parts = (path.read_text("utf-8") for path in sorted(folder.iterdir()))
    return "".join(form.format(text=text) for text in parts)
