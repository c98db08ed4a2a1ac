"""The sites that are checked: the demonstration's, this project's own, and one of odd maps."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from tests.e2e.maps.generate import BROKEN, as_map, named, unknown
from tests.unit.rendering.picture.strategies import ARABIC_80, CJK_80, HEBREW_80
from vsmdocs.demo import END, fast_import, story
from vsmdocs.history.making import make_repository
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

OWN = Path(__file__).parents[3]
TODAY = date(2026, 10, 30)
REMOTE = "https://github.com/example/payments.git"
ODD_NAMES = ((HEBREW_80, "צוות"), (CJK_80, "品質保証部"), ("בנה", "צוות"), ("W" * 80, "W" * 80))
BASE = "/streams/"
SETTINGS = f"""[site]
title = "Wertströme und سلاسل القيمة"
base_url = "https://example.org{BASE}"
repository = "https://github.com/example/odd/"

[site.aliases]
moved-away = "one"
"""
OWN_PAGE = f"""---
title: {ARABIC_80}
---
## 仕事の流れ

A paragraph, and a [map](../maps/one/current.md).

| {HEBREW_80} | b |
| --- | --- |
| {"w" * 200} | 2 |

```
{"x" * 300}
```
"""


def build_demo(folder: Path) -> Path:
    """Build the demonstration as one who cloned it has it: with a remote."""
    project = folder / "payments"
    make_repository(project, fast_import(story()))
    subprocess.run(["git", "-C", str(project), "remote", "add", "origin", REMOTE], check=True)
    build_site(open_workspace(project, explicit=True), project / "site", today=END)
    return project / "site"


def build_own(folder: Path) -> Path:
    """Build this project's own maps."""
    build_site(open_workspace(OWN, explicit=True), folder / "own", today=TODAY)
    return folder / "own"


def build_odd(folder: Path) -> Path:
    """Build maps that are as odd as the format allows, without any past."""
    project = folder / "odd"
    right_to_left = {
        "title": ARABIC_80, "owner": HEBREW_80, "outcome": CJK_80, "tags": ["דחוף", "支払い"],
        "steps": [
            {"id": f"s{number}", "name": name, "owner": owner, "process_time": "1h",
             "wait_time": f"{number}d", "systems": [CJK_80[:20]]}
            for number, (name, owner) in enumerate(ODD_NAMES)
        ],
    }  # fmt: skip
    one = {"title": "A", "steps": [{"id": "a", "process_time": "1h"}]}
    files = {
        "vsmdocs.toml": SETTINGS,
        "pages/about.md": OWN_PAGE,
        "pages/team/rules.md": "# Rules\n\nWe have [none](../about.md).\n",
        "maps/one/current.md": as_map(one, ""),
        "maps/rtl/current.md": as_map(right_to_left),
        "maps/names/current.md": as_map(named()),
        "maps/names/future.md": as_map(named(), ""),
        "maps/unknown/current.md": as_map(unknown()),
        "maps/broken/current.md": BROKEN,
    }
    for name, text in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    build_site(open_workspace(project, explicit=True), project / "site", today=TODAY)
    return project / "site"
