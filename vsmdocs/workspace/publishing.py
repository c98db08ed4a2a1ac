"""Where a site is published, for those who know it only when they build it."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from vsmdocs.errors import UsageError
from vsmdocs.workspace.files import printable
from vsmdocs.workspace.settings import SiteSettings
from vsmdocs.workspace.workspace import Workspace


def published_at(workspace: Workspace, address: str) -> Workspace:
    """Return the project with another base URL, held to what the settings hold theirs to.

    Raises
    ------
    UsageError
        When it is no address of a site.
    """
    try:
        checked = SiteSettings.model_validate({"base_url": address})
    except ValidationError as error:
        context = error.errors(include_url=False)[0].get("ctx") or {}
        why = f"{context.get('message', 'it cannot be used')}; {context.get('hint', '')}"
        raise UsageError(f"--base-url {printable(address[:200])!r}: {why.rstrip('; ')}") from None
    site = workspace.settings.site.model_copy(update={"base_url": checked.base_url})
    return replace(workspace, settings=workspace.settings.model_copy(update={"site": site}))
