"""What can go wrong, as values that carry a place, and one root for what is raised.

A `Finding` is said about a file; an exception stops the work at hand. Reading collects
findings and raises them together as `InvalidMap`, so that a writer mends a file in one go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong or worth a look, at the very value that it is about."""

    path: str
    """Path as the user would type it, with forward slashes."""
    line: int
    """1-based; 0 where the finding is about the whole file or run."""
    column: int
    """1-based, counted in characters; 0 with line 0."""
    rule: str
    """Stable id, see `vsmdocs.analysis.lint.catalogue`."""
    severity: Severity
    message: str
    hint: str = ""
    """What to write instead."""
    end_column: int = 0
    """One past the last character on the same line; 0 where it is unknown."""
    source_line: str = ""
    """The line as it stands in the file, for the caret on a terminal."""

    @property
    def place(self) -> str:
        """`path:line:column`, or the path alone."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class VsmdocsError(Exception):
    """Root of everything that this package raises on purpose."""


class InvalidMap(VsmdocsError):
    """A file that cannot be read as a map; `findings` says why, at least one."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{f.place}: {f.message}" for f in findings[:3]))
        self.findings = findings


class ConfigError(VsmdocsError):
    """Settings that cannot be used; `findings` says where and why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{f.place}: {f.message}" for f in findings[:3]))
        self.findings = findings

    def __reduce__(self) -> tuple[type[ConfigError], tuple[tuple[Finding, ...]]]:
        # A worker hands it on as what it was made of.
        return type(self), (self.findings,)


class UsageError(VsmdocsError):
    """A request that cannot be carried out as asked; the message says what to ask for."""


class NotFormatted(VsmdocsError):
    """A map that was left as it is, although it can be read; the message says why."""


class HistoryError(VsmdocsError):
    """A repository that cannot be read to the end; the message is git's own or says why."""


class RenderError(VsmdocsError):
    """A picture or page that could not be made; the page then carries the table and says so."""


class CalculationError(VsmdocsError):
    """A map whose figures do not exist, such as a rework loop that nothing leaves."""

    def __init__(self, rule: str, message: str, hint: str, where: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint
        self.where = where
        """Path of keys to the value at fault, such as `("rework", 0, "rate")`."""
