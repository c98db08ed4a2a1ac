"""What a project sets or brings along for the look of its site, read off the disk and checked.

All of it is read before anything is made: a picture or template that cannot be used ends the
build with its place, and leaves the site as it is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from vsmdocs.errors import ConfigError, Finding
from vsmdocs.rendering.pages.theme import Theme, templates_folder
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.files import UnreadableFile

if TYPE_CHECKING:
    from vsmdocs.reading.pictures import PictureInfo
    from vsmdocs.rendering.pages.brand import Brand

_LOGO_BYTES = 500_000
_STYLE_BYTES = 200_000
_TEMPLATE_BYTES = 200_000
_MOST_TEMPLATES = 200
STYLE = "style.css"
"""A file of this name among templates comes at the end of the style sheet."""


class Look(NamedTuple):
    """How the pages of a site look."""

    theme: Theme
    brand: Brand | None
    """None where nothing is set."""
    key: str
    """What it all depends on, besides our own templates; nothing where nothing is set."""


def read_look(workspace: Workspace) -> Look:
    """Return how the pages of a project look.

    Raises
    ------
    ConfigError
        When a logo or template of the project's cannot be used.
    """
    settings = workspace.settings.theme
    chosen = settings.colours.chosen()
    if not (chosen or settings.logo or settings.footer or settings.templates):
        return Look(Theme(), None, "")
    from vsmdocs.rendering.pages.brand import make_brand

    templates, style = _templates(workspace)
    pictures = tuple(_logos(workspace))
    more = _colours(workspace) + style
    brand = make_brand(more, pictures, settings.footer or "")
    files = [*templates.items(), more, *(data for _, _, data in pictures)]
    key = hashlib.sha256(repr(files).encode()).hexdigest()
    return Look(Theme(templates), brand, key)


def _colours(workspace: Workspace) -> str:
    chosen = workspace.settings.theme.colours.chosen()
    if not chosen:
        return ""
    from vsmdocs.rendering.pages.palette import as_style, settle

    tokens = templates_folder() / "style" / "01-tokens.css"
    return as_style(settle(chosen, tokens.read_text("utf-8"))[0])


def _logos(workspace: Workspace) -> list[tuple[str, PictureInfo, bytes]]:
    """Return by the theme that they are for what the logos are."""
    logo = workspace.settings.theme.logo
    if logo is None:
        return []
    from vsmdocs.reading.pictures import BadPicture, read_picture
    from vsmdocs.workspace.own_files import read_own, setting_error

    both = logo.light == logo.dark
    found = []
    for theme, path in [("", logo.light)] if both else [("light", logo.light), ("dark", logo.dark)]:
        try:
            data = read_own(workspace, path, _LOGO_BYTES)
            info = read_picture(path, data)
        except UnreadableFile as error:
            where = ("theme", "logo", theme) if theme else ("theme", "logo")
            message = f"{path}: {error.message}"
            raise ConfigError((setting_error(workspace, where, message, error.hint),)) from None
        except BadPicture as error:
            raise ConfigError((error.finding,)) from None
        found.append((theme, info, data))
    return found


def _templates(workspace: Workspace) -> tuple[dict[str, str], str]:
    """Return the project's templates by folder and name, and what it adds to the style sheet."""
    folder = workspace.settings.theme.templates
    if folder is None:
        return {}, ""
    from vsmdocs.workspace.own_files import list_own, read_own, setting_error

    where = ("theme", "templates")
    if not (workspace.root / folder).is_dir():
        message, hint = f"there is no folder {folder}/", "make it, or drop the key"
        raise ConfigError((setting_error(workspace, where, message, hint),))
    names = list_own(workspace, folder)
    if len(names) > _MOST_TEMPLATES:
        message = f"{folder}/ holds {len(names)} files, and at most {_MOST_TEMPLATES} are read"
        hint = "name a folder that holds templates alone"
        raise ConfigError((setting_error(workspace, where, message, hint),))
    found: dict[str, str] = {}
    faults: list[Finding] = []
    for name in names:
        shown = f"{folder}/{name}"
        if name.endswith(".md"):
            continue
        if not name.endswith(".j2") and name != STYLE:
            hint = f"templates end in .j2, and {STYLE} comes at the end of the style sheet"
            message = "nothing is made of this file"
            faults.append(Finding(shown, 0, 0, "template-name", "error", message, hint))
            continue
        try:
            most = _STYLE_BYTES if name == STYLE else _TEMPLATE_BYTES
            text = read_own(workspace, shown, most).decode("utf-8-sig")
        except UnreadableFile as error:
            faults.append(Finding(shown, 0, 0, error.rule, "error", error.message, error.hint))
        except UnicodeDecodeError:
            message, hint = "the file is not UTF-8 text", "save it as UTF-8"
            faults.append(Finding(shown, 0, 0, "not-utf8", "error", message, hint))
        else:
            found[f"{folder}:{name}"] = text.replace("\r\n", "\n")
    if faults:
        raise ConfigError(tuple(faults))
    style = found.pop(f"{folder}:{STYLE}", "")
    return found, style
