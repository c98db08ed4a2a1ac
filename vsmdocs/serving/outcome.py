"""What came of a build: a site, what is wrong with some maps, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from vsmdocs.errors import Finding
from vsmdocs.serving.watched import Watched
from vsmdocs.site.result import BuildResult


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build, as it goes from the process that builds to the one that serves."""

    result: BuildResult | None = None
    """None where the build failed, and the site is as it was."""
    findings: tuple[Finding, ...] = ()
    """What made it fail, by place."""
    error: str = ""
    """What made it fail, where that has no place."""
    watched: Watched | None = None
    """What the site was made of; None where the settings cannot be read."""
    fresh: bool = True
    """Whether anything was made: not where the site was already as it had to be."""
    seconds: float = 0.0

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What a writer has to mend, in order of place."""
        if self.error:
            return (Finding("", 0, 0, "", "error", self.error),)
        found = self.findings if self.result is None else self.result.findings
        return tuple(finding for finding in found if finding.severity == "error")
