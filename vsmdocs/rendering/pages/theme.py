"""Templates and assets: where they are, and how a template becomes text."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, nodes
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from vsmdocs import language
from vsmdocs.errors import RenderError
from vsmdocs.rendering.pages.dates import FILTERS
from vsmdocs.rendering.pages.escaping import escaped
from vsmdocs.rendering.pages.script_texts import script_texts

if TYPE_CHECKING:
    from vsmdocs.rendering.pages.layers import Layers

_PACKAGE = Path(__file__).resolve().parents[2]
_TEXTS = ("tr", "tr_c", "tr_m", "tr_n")
"""What says the texts of a template; a project's templates have none, since they may format."""
_AT_HAND: dict[tuple[str, str, str], CodeType] = {}
"""Templates that were compiled or loaded by this process, by what made them and their text."""


def templates_folder() -> Path:
    """Return the built-in templates: inside the installed package, else the checkout's."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (folder / "pages").is_dir():
            return folder
    raise RenderError("the templates are missing from this installation: install it again")


class _CodeGenerator(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        # No template can switch escaping off: whatever it outputs goes through here.
        self.write("environment.escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Read a field as Python does: our templates are given views, and ask for no items."""
        if isinstance(node.node, nodes.Name) and node.node.name == "self":
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Call macros as Python does, and what says texts past the context.

        A project's templates put their own names there; and to ask of each macro how it wants to
        be called takes longer than many of them.
        """
        plain = not (forward_caller or node.dyn_args or node.dyn_kwargs)
        if not (plain and isinstance(node.node, nodes.Name) and node.node.name != "super"):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        if node.node.name in _TEXTS:
            self.write(f"environment.{node.node.name}(")
        else:
            self.visit(node.node, frame)
            self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")


class _Said(NodeTransformer):
    """Says what is the same on every page while a template is compiled, and not on every page."""

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="tr"), args=[nodes.Const(value=str(text))], kwargs=[]
            ):
                return nodes.Const(language.tr(text), lineno=node.lineno)
        return node


class BuiltIn(Environment):
    """The environment of our own templates."""

    code_generator_class = _CodeGenerator
    escaped = staticmethod(escaped)
    tr, tr_c = staticmethod(language.tr), staticmethod(language.tr_c)
    tr_m, tr_n = staticmethod(language.tr_m), staticmethod(language.tr_n)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Said().visit(tree)
        tree.set_environment(self)
        return tree


class _CompiledTemplates(FileSystemBytecodeCache):
    """Templates as Python compiled them, where Python keeps its own modules compiled.

    That is beside the program, never in a project: whoever can write there can as well change
    the program, and a stranger's repository cannot bring any along.
    """

    def __init__(self, templates: Path) -> None:
        folder = Path(cache_from_source(str(templates / "template.py"))).parent
        # What is in them is the work of this module as well.
        made_of = Path(__file__).read_bytes() + language.digest()
        self._made_by = hashlib.sha256(made_of).hexdigest()[:10]
        super().__init__(str(folder), f"template-{self._made_by}-%s.pyc")
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template, which a process that builds again and again has at hand."""
        bucket.code = _AT_HAND.get((self._made_by, bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self._have_at_hand(bucket)

    def _have_at_hand(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _AT_HAND[self._made_by, bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where that is wanted and can be."""
        self._have_at_hand(bucket)
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


class Theme:
    """Templates of one build, among them those of the project."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """`own` gives the project's templates by their paths, as `Layers` takes them.

        Raises
        ------
        ConfigError
            When any of them cannot be used.
        """
        # Always on: jinja's own choice by file ending leaves .html.j2 and .svg unescaped.
        folder, kind = templates_folder(), BuiltIn
        self._layers: Layers | None = None
        if own:
            # A build without any imports nothing of this.
            from vsmdocs.rendering.pages.layers import Layers, Under

            kind = Under
        self._environment = kind(
            loader=FileSystemLoader(folder),
            bytecode_cache=_CompiledTemplates(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= FILTERS
        if own:
            self._layers = Layers(self._environment, own, folder)

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
        ConfigError
            When one of the project's does.
        """
        if self._layers is not None:
            return self._layers.render(template, values)
        try:
            return self._environment.get_template(template).render(**values)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{getattr(error, 'name', None) or template}{f':{line}' if line else ''}"
            raise RenderError(f"template {place}: {error.message or error}") from error


Assets = dict[str, tuple[str, bytes]]
"""Address below the site's root and bytes of files, by their names."""


def assets() -> Assets:
    """Return by asset its address below the site's root, with a hash of its bytes, and them.

    The parts of the style sheet are joined in order of their names, and those of the script each
    in a block, so that none sees the names of another but what says their texts.
    """
    return _assets_in(language.spoken().code)


@lru_cache(maxsize=1)
def _assets_in(_: str) -> Assets:
    folder = templates_folder()
    script = _joined(folder / "script", "{{\n{text}}}\n")
    said = script_texts(script)
    speaking = (folder / "parts" / "speaking.js").read_text("utf-8")
    found = {
        "style.css": _joined(folder / "style", "{text}"),
        "script.js": f'"use strict";\n{said}{speaking}{script}',
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
