"""The working tree: settings, where maps lie, and the only reader of those files."""

from vsmdocs.workspace.files import MapFile
from vsmdocs.workspace.settings import Settings, SiteSettings
from vsmdocs.workspace.workspace import Loaded, Workspace, open_workspace

__all__ = ["Loaded", "MapFile", "Settings", "SiteSettings", "Workspace", "open_workspace"]
