"""What the types of settings cannot say: limits that functions check, and examples.

By class and key, as in `vsmdocs.workspace.settings`.
"""

from __future__ import annotations

from typing import Any

_FOLDER = {
    "type": "string",
    "pattern": r"^(?!/|[A-Za-z]:)(?!(?:.*/)?\.\.(?:/|$))(?!\s*$)(?!(?:\.?/)*\.?$)[^\\]+$",
    "maxLength": 500,
}
_ADDRESS = {
    "type": "string",
    "pattern": r"""^[Hh][Tt][Tt][Pp][Ss]?://[^\s"'<>\\@?#/]+(?:/[^\s"'<>\\?#]*)?$""",
    "maxLength": 2_000,
}
_BRANCH = r"^(?!.*(?:[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/$|\.$|/\.|\.lock(?:/|$)))(?!@$)[^-/.].*$"
_STREAM = {"pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$", "maxLength": 64}

LIMITS: dict[str, dict[str, Any]] = {
    "Settings.maps": _FOLDER,
    "Settings.layout_engine": {
        "pattern": r"^(?:graphviz-pure|dot|(?:/|[A-Za-z]:[\\/]|\\\\)(?:.*[\\/])?dot(?:\.exe)?)$"
    },
    "Settings.stale_after_days": {"minimum": 1, "maximum": 36_500},
    "SiteSettings.title": {"pattern": r"\S", "maxLength": 200},
    "SiteSettings.output": _FOLDER,
    "SiteSettings.base_url": _ADDRESS,
    "SiteSettings.repository": _ADDRESS,
    "SiteSettings.branch": {"pattern": _BRANCH, "maxLength": 200},
    "SiteSettings.aliases": {
        "propertyNames": _STREAM,
        "additionalProperties": {"type": "string", **_STREAM},
    },
    "SiteSettings.version_pages": {"minimum": 0, "maximum": 1_000_000},
    "SiteSettings.pages": _FOLDER,
    "ThemeSettings.footer": {"pattern": r"\S", "maxLength": 200},
    "ThemeSettings.templates": _FOLDER,
}

EXAMPLES: dict[str, tuple[Any, ...]] = {
    "Settings.maps": ("maps", "docs/maps"),
    "Settings.layout_engine": ("graphviz-pure", "dot", "/usr/bin/dot"),
    "Settings.stale_after_days": (365,),
    "Settings.site": ({"title": "How we deliver"},),
    "Settings.check": ({"ignore": ["no-owner"]},),
    "CheckSettings.select": (["all"], ["structure", "target-missed"]),
    "CheckSettings.ignore": (["no-owner"],),
    "CheckSettings.severity": ({"review-due": "info"},),
    "CheckSettings.fail_on": ("error", "warning"),
    "CheckSettings.baseline": ("vsmdocs-baseline.json",),
    "CheckSettings.folder": ([{"path": "maps/drafts", "ignore": ["no-owner"]}],),
    "CheckFolder.path": ("maps/drafts",),
    "CheckFolder.select": (["structure"],),
    "CheckFolder.ignore": (["unknown-time"],),
    "CheckFolder.severity": ({"target-missed": "info"},),
    "SiteSettings.title": ("How we deliver",),
    "SiteSettings.output": ("site", "public"),
    "SiteSettings.base_url": ("https://example.org/streams/",),
    "SiteSettings.repository": ("https://github.com/example/streams/",),
    "SiteSettings.forge": ("gitlab", "none"),
    "SiteSettings.branch": ("main",),
    "SiteSettings.aliases": ({"checkout": "payments"},),
    "SiteSettings.language": ("en", "he"),
    "SiteSettings.version_pages": (100, "all"),
    "SiteSettings.pages": ("pages", "docs/site"),
    "Settings.theme": ({"logo": "brand/logo.svg", "colours": {"flow": "#0b6e4f"}},),
    "ThemeSettings.logo": (
        "brand/logo.svg",
        {"light": "brand/logo.svg", "dark": "brand/night.svg"},
    ),
    "ThemeSettings.footer": ("Questions? Ask the delivery guild.",),
    "ThemeSettings.templates": ("theme",),
    "ThemeSettings.colours": ({"flow": "#0b6e4f", "wait": "#a33b00"},),
    "ThemeColours.ground": ("#f4f8f6", {"light": "#f4f8f6", "dark": "#0f1715"}),
    "ThemeColours.card": ("#ffffff",),
    "ThemeColours.ink": ("#101418",),
    "ThemeColours.link": ("#0b6e4f", {"light": "#0b6e4f", "dark": "#7fd1ae"}),
    "ThemeColours.flow": ("#0b6e4f", {"light": "#0b6e4f", "dark": "#7fd1ae"}),
    "ThemeColours.wait": ("#a33b00", {"light": "#a33b00", "dark": "#ffb067"}),
    "ThemeColours.rework": ("#7a2e74",),
    "ThemeColours.better": ("rgb(25 113 63)",),
    "ThemeColours.worse": ("hsl(3 71% 41%)",),
}
