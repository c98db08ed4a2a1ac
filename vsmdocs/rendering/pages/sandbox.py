"""Templates of a project: what they may ask, call and make, and where to stop them.

They come with the repository, and a build of somebody else's branch must be no more than a build.
So they see the fields of views, plain values and a few filters, and nothing that leads from there
into this program; nothing they output is markup but what they write themselves; and loops, calls
and text are counted. What is not counted is how long one filter takes on a value that is large
already: whoever builds strangers' branches sets a time for the whole job as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from functools import wraps
from itertools import islice
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.runtime import markup_join as join_text
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace, missing

from vsmdocs.rendering.pages.escaping import escaped
from vsmdocs.rendering.pages.sandbox_filters import (
    FILTERS,
    LONGEST,
    MOST_ITEMS,
    OWN_FILTERS,
    LimitError,
    kind_of,
)

MOST_TURNS = 1_000_000
"""Turns of loops, calls and files that are included, on one page."""
MOST_CHARACTERS = 20_000_000
"""Characters that are made on one page, those included that are put together and never shown."""
_MOST_BITS = 4_096
_GLOBALS = ("range", "dict", "cycler", "joiner", "namespace")
_TEXT = frozenset((
    "capitalize", "count", "endswith", "find", "isdigit", "lower", "lstrip", "removeprefix",
    "removesuffix", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
))  # fmt: skip
_MAPPING = frozenset(("get", "items", "keys", "values"))
_LOOP = frozenset((
    "changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length",
    "nextitem", "previtem", "revindex", "revindex0",
))  # fmt: skip
_CYCLER = frozenset(("current", "next", "reset"))
_CALLED: tuple[type, ...] = (Macro, BlockReference, LoopContext, Joiner)


class _CodeGenerator(CodeGenerator):
    """Sends all that a template outputs past those who escape and count."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.escaped(")

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        return f"environment.literal({super()._output_const_repr(group)})"

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Join text with `~`, counted."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a project's templates."""

    code_generator_class = _CodeGenerator
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            undefined=_undefined_in(self),
        )
        self.filters = {
            name: self._counted(OWN_FILTERS.get(name, self.filters[name])) for name in FILTERS
        }
        self.filters["_turns"] = self._turns
        self.globals = {name: self.globals[name] for name in _GLOBALS}
        self.known: Sequence[str] = ()
        """Names of the values that the page being made was given."""
        self.begin(())

    def begin(self, known: Sequence[str]) -> None:
        """Start to count for another page."""
        self.known = known
        self._turns_left, self._characters_left = MOST_TURNS, MOST_CHARACTERS

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, "_turns", [], [], None, None, lineno=loop.iter.lineno
            )
        tree.set_environment(self)
        return tree

    # --- what is counted ---------------------------------------------------------

    def count(self, turns: int = 1) -> None:
        """Count turns, and stop a template that takes too many."""
        self._turns_left -= turns
        if self._turns_left < 0:
            raise LimitError(f"more than {MOST_TURNS:,} turns of loops and calls on one page")

    def made(self, text: str) -> str:
        """Count text, and stop a template that makes too much."""
        self._characters_left -= len(text)
        if self._characters_left < 0:
            raise LimitError(f"more than {MOST_CHARACTERS:,} characters made for one page")
        return text

    literal = made

    def escaped(self, value: object) -> str:
        """Return a value as it is put out; a list is none."""
        if isinstance(value, Undefined):
            str(value)  # raises what is missing
        if not isinstance(value, (str, int, float)):
            kind = "nothing here" if value is None else f"a {kind_of(value)}, which is no text"
            raise TemplateRuntimeError(f"this is {kind}\nname a field of it, or ask with if first")
        return self.made(escaped(value))

    def joined(self, parts: Sequence[Any]) -> str:
        """Return parts as one text."""
        for part in parts:
            self.escaped(part)
        return join_text(iter(parts))

    def _turns(self, items: Any) -> list[Any]:
        if isinstance(items, Undefined):
            str(items)  # raises what is missing
        found = list(islice(items, MOST_TURNS + 1))
        self.count(len(found))
        return found

    def _counted(self, filter: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(filter)
        def counted(*arguments: Any, **named: Any) -> Any:
            self.count()
            value = filter(*arguments, **named)
            return self.made(value) if isinstance(value, str) else value

        return counted

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, where the result cannot be larger than a page has use for."""
        sides = left, right
        numbers = all(isinstance(side, (int, float)) for side in sides)
        if operator == "+":
            if not numbers and all(isinstance(side, Sequence) for side in sides):
                most = LONGEST if isinstance(left, str) else MOST_ITEMS
                if len(left) + len(right) > most:
                    raise LimitError("this becomes too long")
                self.count(len(left) + len(right))
        elif not numbers:
            raise TemplateRuntimeError(f"{operator} is for numbers alone\njoin texts with ~")
        elif operator in ("*", "**") and _bits(operator, left, right) > _MOST_BITS:
            raise LimitError("this number becomes too large")
        return super().call_binop(context, operator, left, right)

    # --- what is allowed ---------------------------------------------------------

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may see this: fields of views, and little else."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, str):
            return attr in _TEXT
        if isinstance(obj, Mapping):
            return attr in _MAPPING
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, Cycler):
            return attr in _CYCLER
        if isinstance(obj, BlockReference):
            return attr == "super"
        if isinstance(obj, (Namespace, TemplateReference)):
            return True
        if isinstance(obj, TemplateModule):
            return isinstance(value, (Macro, str, int, float, bool, tuple, list))
        return attr in fields_of(obj)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call this: macros, blocks, and methods of plain values."""
        if (
            isinstance(obj, _CALLED)
            or obj is safe_range
            or obj in (dict, Cycler, Joiner, Namespace)
        ):
            return True
        if not isinstance(obj, (BuiltinMethodType, MethodType)):
            return False
        owner, name = obj.__self__, obj.__name__
        return (
            (isinstance(owner, str) and name in _TEXT)
            or (isinstance(owner, dict) and name in _MAPPING)
            or (isinstance(owner, LoopContext) and name in ("changed", "cycle"))
            or (isinstance(owner, Cycler) and name in ("next", "reset"))
        )

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what may be called."""
        if isinstance(__obj, Undefined):
            str(__obj)  # raises what is missing
        if not __self.is_safe_callable(__obj):
            raise SecurityError(f"a {kind_of(__obj)} cannot be called from a template")
        __self.count()
        return __context.call(__obj, *args, **kwargs)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return what raises that this may not be seen."""
        message = f"“{attribute[:40]}” of a {kind_of(obj)} is not for templates"
        return self.undefined(message + _offer(obj, attribute), obj, attribute, SecurityError)


def fields_of(obj: object) -> tuple[str, ...]:
    """Return the fields of a view, with what is worked out from them; nothing of anything else."""
    kind = type(obj)
    if not kind.__module__.startswith("vsmdocs."):
        return ()
    own = getattr(kind, "_fields", ()) or (
        tuple(kind.__dataclass_fields__) if is_dataclass(kind) else ()
    )
    worked_out = (name for name, value in vars(kind).items() if isinstance(value, property))
    return (*own, *(name for name in worked_out if not name.startswith("_")))


def _undefined_in(sandbox: Sandbox) -> type[Undefined]:
    class Missing(StrictUndefined):
        """What is not there, which says what is."""

        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:
                return self._undefined_hint
            name = str(self._undefined_name)[:60]
            if self._undefined_obj is missing:
                return f"there is no “{name}” here" + _among(name, sandbox.known)
            kind = kind_of(self._undefined_obj)
            return f"a {kind} has no “{name}”" + _offer(self._undefined_obj, name)

    return Missing


def _offer(obj: object, name: str) -> str:
    names = list(obj) if isinstance(obj, dict) else fields_of(obj)
    if isinstance(obj, LoopContext):
        names = sorted(_LOOP)
    return _among(name, [one for one in names if isinstance(one, str)])


def _among(name: str, names: Sequence[str]) -> str:
    from vsmdocs.model.units import nearest

    if near := nearest(name, tuple(names)):
        return f"\ndid you mean {near}?"
    return f"\nthere is {', '.join(names)}" if names else ""


def _bits(operator: str, left: Any, right: Any) -> float:
    """Return about how many bits a product or a power has; floats never have many."""
    if isinstance(left, float) or isinstance(right, float):
        return 0
    one, other = int(left).bit_length(), int(right).bit_length()
    if operator == "*":
        return one + other
    return float("inf") if other > 16 else one * abs(int(right))
