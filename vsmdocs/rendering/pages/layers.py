"""A project's templates over our own: which of the two is asked for, and where one of theirs fails.

Our own stay what they are, as fast and as free; only what the project wrote runs in the sandbox.
A page of theirs extends ours and replaces blocks of it, so the head of every page with what it
may load is always ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateError, TemplateNotFound
from jinja2.exceptions import SecurityError

from vsmdocs.errors import ConfigError, Finding, RenderError
from vsmdocs.rendering.pages.sandbox import Sandbox
from vsmdocs.rendering.pages.sandbox_filters import LimitError
from vsmdocs.rendering.pages.template_checks import check_templates, finding, located_syntax
from vsmdocs.rendering.pages.theme import BuiltIn

BUILT_IN = "builtin/"
"""Before the name of a template, ours is meant."""
_FAILS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError,
          RecursionError, MemoryError)  # fmt: skip


class Under(BuiltIn):
    """Our own templates, where a project has some that go over them."""

    layers: Layers | None = None

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """Return the project's template of this name, where it has one."""
        if self.layers is not None and name in self.layers.names:
            return self.layers.own(name)
        return super().get_template(name, parent, globals)

    def get_own(self, name: str) -> Template:
        """Return ours, whatever the project has."""
        return super().get_template(name)


class _Over(Sandbox):
    """The project's templates, which name ours as `builtin/…`."""

    under: Under

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """Return a template of the project's, or one of ours that is named as such."""
        self.count()
        if isinstance(name, str) and name.startswith(BUILT_IN):
            return self.under.get_own(name.removeprefix(BUILT_IN))
        return super().get_template(name, parent, globals)


class _Files(BaseLoader):
    """The project's templates, read already: what they can name is what is there."""

    def __init__(self, sources: Mapping[str, tuple[str, str]]) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        if template not in self._sources:
            raise TemplateNotFound(template)
        text, shown = self._sources[template]
        return text, shown, lambda: True


class Layers:
    """Renders pages of our templates with a project's over them."""

    def __init__(self, under: BuiltIn, own: Mapping[str, str], ours: Path) -> None:
        """`own` gives templates by their paths as a writer names them, all in one folder.

        The first part of every path is that folder: `theme:pages/map.html.j2` lies in `theme`.

        Raises
        ------
        ConfigError
            With all that keeps them from being used.
        """
        sources = {}
        for shown, text in own.items():
            folder, _, name = shown.partition(":")
            sources[name] = (text, f"{folder}/{name}")
        self.names = frozenset(sources)
        self._sources = {shown: text for text, shown in sources.values()}
        self._over = _Over(_Files(sources))
        assert isinstance(under, Under)
        under.layers, self._over.under = self, under
        self._under = under
        if faults := check_templates(self._over, sources, ours):
            raise ConfigError(tuple(sorted(faults)))

    def own(self, name: str) -> Template:
        """Return a template of the project's."""
        return self._over.get_template(name)

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """Return a page.

        Raises
        ------
        ConfigError
            When a template of the project's fails, at the line at which it does.
        RenderError
            When one of ours does.
        """
        self._over.begin(tuple(values))
        try:
            return self._under.get_template(template).render(values)
        except _FAILS as error:
            if found := self._located(error):
                raise ConfigError((found,)) from None
            if isinstance(error, TemplateError):
                raise RenderError(f"template {template}: {error.message or error}") from error
            raise

    def _located(self, error: BaseException) -> Finding | None:
        """Return what went wrong at the last line of the project's that was being run."""
        if (syntax := located_syntax(error, self._sources)) is not None:
            return syntax
        shown, line, trace = "", 0, error.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name in self._sources:
                shown, line = name, trace.tb_lineno
            trace = trace.tb_next
        if not shown:
            return None
        rule, said = "template-value", str(error)
        if isinstance(error, SecurityError):
            rule = "template-sandbox"
        elif isinstance(error, LimitError):
            rule, said = "template-limit", f"{error}\ndo less, or show less"
        elif isinstance(error, (RecursionError, MemoryError)):
            rule, said = (
                "template-limit",
                "this never ends\na template that uses itself has to stop",
            )
        elif isinstance(error, TemplateNotFound):
            said = f"there is no template {error.name}\n{BUILT_IN} stands before the names of ours"
        elif not isinstance(error, TemplateError):
            said = f"this cannot be worked out: {error}"
        message, _, hint = said.partition("\n")
        return finding(shown, self._sources[shown], line, rule, message[:300], hint)
