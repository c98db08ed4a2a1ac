"""What a change brings in: the findings of its newer side that the older one has not."""

from __future__ import annotations

from datetime import date

from vsmdocs.analysis.fingerprints import brought_in
from vsmdocs.errors import Finding
from vsmdocs.history.repository import Repository
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.checking import Checked, before_change, check_commit, check_tree


def new_findings(
    workspace: Workspace, repository: Repository, base: str, head: str | None, today: date
) -> list[Finding]:
    """Return what is found at `head`, or in the working tree, and was not at `base`.

    It is what `check --since` reports of maps: the settings choose, whatever the maps are.
    """
    newer = (
        _present(workspace, today)
        if head is None
        else check_commit(workspace, repository, head, today)
    )
    older = check_commit(workspace, repository, base, today, newer.documents)
    wanted = workspace.settings.check.policy().apply(newer.findings)
    return brought_in(before_change(older, newer), wanted)


def _present(workspace: Workspace, today: date) -> Checked:
    """Check the working tree; a change may well have removed its last map."""
    return check_tree(workspace, today) if workspace.find_any().count else Checked((), (), ())
