"""The tables `[check]`: what `check` looks for, how grave it is, and in which folders.

Names of rules are looked up as the settings are read, so that a misspelt one is an error at its
place and not a rule that is never ignored. The rules are imported only where any is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from vsmdocs.errors import Severity
from vsmdocs.workspace.setting_values import Folder, Table, problem

if TYPE_CHECKING:
    from vsmdocs.analysis.policy import Choice, Policy


def _rule_name(value: object) -> object:
    if isinstance(value, str):
        from vsmdocs.analysis.policy import bad_name

        if wrong := bad_name(value):
            raise problem(*wrong)
    return value


RuleName = Annotated[str, BeforeValidator(_rule_name)]
# TOML has lists; as tuples nobody can change them.
RuleNames = Annotated[tuple[RuleName, ...], Field(strict=False)]


class CheckFolder(Table):
    """One table `[[check.folder]]`: what differs in a folder or a single map."""

    path: Folder
    """Of the folder or the map, below the root."""
    select: RuleNames | None = None
    """What is looked for there, in place of what is elsewhere."""
    ignore: RuleNames = ()
    """What is not looked for there, besides what is not anywhere."""
    severity: dict[RuleName, Severity] = Field(default_factory=dict)
    """How grave findings are there."""

    @property
    def choice(self) -> Choice:
        """What is wanted there."""
        from vsmdocs.analysis.policy import Choice

        return Choice(self.select, self.ignore, self.severity)


def _once(folders: tuple[CheckFolder, ...]) -> tuple[CheckFolder, ...]:
    known: set[str] = set()
    for number, folder in enumerate(folders):
        if folder.path in known:
            message = f"there is a table for {folder.path} already"
            raise problem(message, "put what they say into one", number, "path")
        known.add(folder.path)
    return folders


class CheckSettings(Table):
    """The table `[check]`."""

    select: RuleNames = ("all",)
    """Rules and groups of them that are looked for."""
    ignore: RuleNames = ()
    """Rules and groups that are not, whatever is selected."""
    severity: dict[RuleName, Severity] = Field(default_factory=dict)
    """How grave the findings of a rule or group are, where not as usual."""
    fail_on: Severity = "error"
    """How grave a finding must be for exit code 1."""
    baseline: Folder | None = None
    """File of findings that are not reported, below the root."""
    folder: Annotated[tuple[CheckFolder, ...], Field(strict=False), AfterValidator(_once)] = ()
    """What differs in folders; the one nearest to a map goes before those above it."""

    def policy(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Policy:
        """Return what is wanted of every map.

        What a person selects by hand is looked for whatever the settings say; what they ignore
        is ignored besides.
        """
        from vsmdocs.analysis.policy import Choice, Policy

        if chosen := tuple(select):
            grave = [(one.path, Choice(severity=one.severity)) for one in self.folder]
            return Policy(Choice(chosen, tuple(ignore), self.severity), tuple(grave))
        choice = Choice(self.select, (*self.ignore, *ignore), self.severity)
        return Policy(choice, tuple((one.path, one.choice) for one in self.folder))
