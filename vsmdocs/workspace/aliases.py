"""Names that streams had before, held against the streams that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vsmdocs.errors import Finding
from vsmdocs.model.units import nearest
from vsmdocs.reading.identity import identity_from_path
from vsmdocs.workspace.own_files import setting_error
from vsmdocs.workspace.workspace import Workspace

_KEYS = ("site", "aliases")


def alias_findings(
    workspace: Workspace, streams: Collection[str], unread: Iterable[str]
) -> list[Finding]:
    """Return what is wrong with the settings' old names of streams.

    `unread` are the paths of maps that cannot be read: their streams are there all the same.
    """
    aliases = workspace.settings.site.aliases
    if not aliases:
        return []
    folder = workspace.settings.maps
    known = {*streams, *(identity_from_path(path, folder).stream for path in unread)}
    findings = []
    for old, new in aliases.items():
        if old in known:
            message = f"there is a stream “{old}” now, so its addresses are its own"
            hint = "take this line out, or give that stream another name"
        elif new not in known:
            message = f"there is no stream “{new}” that “{old}” could lead to"
            near = nearest(new, tuple(sorted(known)))
            hint = f"did you mean {near}?" if near else "write the name that the stream has now"
        else:
            continue
        findings.append(setting_error(workspace, (*_KEYS, old), message, hint))
    return findings
