"""What there is to say about a rule, whoever holds maps to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vsmdocs.errors import Severity

Group = Literal["structure", "timing", "quality", "states", "evidence", "targets", "waste", "site"]
GROUPS: dict[Group, str] = {
    "structure": "What a map must be like to be read and calculated at all.",
    "timing": "Times and capacities, without which figures are missing or wrong.",
    "quality": "How often work can be used as it is, and where the rest of it goes.",
    "states": "The maps of one stream beside one another: today, and what is to be.",
    "evidence": "How well the numbers are known, and whether they are still true.",
    "targets": "Figures that people aim for or have stated, against those of the steps.",
    "waste": "Where time and effort go without adding value, and what to try: advice on current "
    "states of three steps or more. It is the work that is to change, and then the map.",
    "site": "What a project brings along for its site: pages, templates and pictures. `check` finds"
    " what can be told without making any page, and `build` finds all of it.",
}
"""In the order in which they are listed, each with what it is about."""


def example_language(example: str) -> str:
    """Return what a fence around an example is to say that it is."""
    if "{% " in example:
        return "jinja"
    if example.startswith("# pages/") or "---\n" in example:
        return "markdown"
    return "xml" if "<svg" in example else "yaml"


def example_titles(rule: RuleInfo) -> tuple[str, str]:
    """Return what is said above the bad and above the good example of a rule."""
    if rule.severity == "error":
        return "Instead of", "write"
    # Not “write”: often it is the work that has to change, and not its numbers.
    return "It speaks up here:", "and not here:"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """One rule in words."""

    id: str
    """Stable, and never used again for anything else."""
    group: Group
    severity: Severity
    """The usual one."""
    summary: str
    """What holds for a map that keeps to the rule."""
    reason: str
    """Why it matters."""
    bad: str = ""
    """What breaks the rule; empty where it cannot be shown in a few lines.

    Whole files where lines `---` stand in it, else keys of a map; a line such as
    `# maps/orders/future.md` begins another file. In the group `site` every file begins so.
    """
    good: str = ""
    """The same, mended."""
    firm: bool = False
    """Whether a comment in the file cannot switch it off."""
