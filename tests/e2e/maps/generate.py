"""Maps of every size and script for the site's tests, written as a project on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from tests.unit.rendering.picture.strategies import (
    ARABIC_80,
    CJK_80,
    COMBINING_80,
    HEBREW_80,
    HOSTILE,
    LATIN_80,
)
from vsmdocs.site.build import build_site
from vsmdocs.site.result import BuildResult
from vsmdocs.workspace import open_workspace

#: Control characters are errors when a map is read; everything else may stand in one.
READABLE = [text for text in HOSTILE if not any(ord(sign) < 32 and sign != "\n" for sign in text)]
LANES = ("Product", "Engineering", "Quality", "Platform", "Change board")
LONG = ("Dev", LATIN_80, "本番化", CJK_80, "בנה", HEBREW_80, "بنى", ARABIC_80, COMBINING_80,
        "W" * 80, "m" * 80, "ABC DEF " * 10, "a" * 40 + " " + "b" * 39)  # fmt: skip
BROKEN = "---\ntitle: Broken\nsteps:\n  - {id: build, process_tme: 2d}\n---\n"


def plan(steps: int, lanes: int = 5) -> dict[str, Any]:
    """A chain of blocks with everything that a map can have."""
    ids = [f"step-{number}" for number in range(1, steps + 1)]
    rows = []
    for number, name in enumerate(ids):
        row: dict[str, Any] = {
            "id": name,
            "owner": LANES[number * 3 % lanes],
            "process_time": f"{number % 7 + 1}h",
            "wait_time": ("2h", "1h..2h..9h", "3d", "0", "30m")[number % 5],
            "complete_accurate": f"{99 - number % 9}%",
            "automation": ("manual", "assisted", "automated")[number % 3],
            "value": ("adding", "necessary", "waste")[number % 3],
            "people": str(number % 12 + 1),
            "systems": ["tracker", "chat"],
            "evidence": {"grade": "sampled", "source": "the board", "on": "2026-09-01"},
        }
        if number % 6 == 2:
            row |= {"kind": "queue", "wip": str(number * 37), "wait_time": "2d"}
            del row["process_time"]
        if number % 8 == 4:
            row |= {"kind": "approval", "wip": "3"}
        if number % 5 == 1:
            row |= {"notes": "Asked **twice**.\n\n- once\n- again", "wastes": ["waiting"]}
        rows.append(row)
    return {
        "title": f"{steps} steps",
        "owner": "Delivery",
        "unit": "order",
        "trigger": "A customer asks",
        "customer": "The customer",
        "outcome": "Half the lead time",
        "demand": "12/month",
        "mapped_on": "2026-09-01",
        "steps": rows,
        "flow": _flow(ids),
        "rework": [
            {"from": ids[-1], "to": ids[0], "rate": "5%", "passes": "1", "reason": "not needed"},
            {"from": ids[-2], "to": ids[1], "rate": "20%", "reason": "defects", "wait": "4h"},
            {"from": ids[1], "to": ids[1], "rate": "10%", "reason": "unclear requirements"},
        ],
        "improvements": [
            {"id": f"burst-{number}", "title": f"Idea {number}", "step": ids[number % 3],
             "owner": "Engineering", "status": status, "hypothesis": "It may help",
             "change": {f"{ids[number % 3]}.wait_time": "-70%"}, "started": "2026-09-01",
             "effort": "2w"}
            for number, status in enumerate(("idea", "trial", "adopted", "rejected"))
        ],
        "targets": [
            {"metric": "lead_time", "at_most": "10d", "by": "2027-03-31"},
            {"metric": "activity_ratio", "at_least": "1%"},
        ],
        "stated_totals": {"lead_time": "9.5w", "activity_ratio": "12%"},
        "tags": ["payments", "web"],
    }  # fmt: skip


def _flow(ids: list[str]) -> list[Any]:
    """Join the steps up: every seventh pair is parallel, two pairs are alternatives."""
    words, edges, position, choices = [], [], 0, 0
    while position < len(ids):
        pair = ids[position : position + 2]
        if position % 7 == 3 and len(pair) == 2:
            words.append(f"[{pair[0]}, {pair[1]}]")
            position += 2
        elif position % 9 == 6 and len(pair) == 2 and choices < 2:
            words.append(f"[{pair[0]} 65%, {pair[1]} 35%]")
            choices += 1
            position += 2
        else:
            words.append(pair[0])
            if len(words) > 1 and not words[-2].startswith("["):
                edges.append((words[-2], pair[0]))
            position += 1
    extra = [
        {"wait": "4h"},
        {"kind": "push"},
        {"kind": "pull", "label": "kanban"},
        {"kind": "fifo"},
    ]
    return [
        " -> ".join(words),
        *({"from": a, "to": b, **extra[n % 4]} for n, (a, b) in enumerate(edges) if n % 2 == 0),
    ]


def named() -> dict[str, Any]:
    """Names of 3 and of 80 characters, in four scripts, everywhere that a name can stand."""
    data = plan(len(LONG) * 2, lanes=1)
    for number, step in enumerate(data["steps"]):
        step |= {"name": LONG[number // 2], "owner": LONG[(number // 4 * 3) % len(LONG)]}
        step["systems"] = [LONG[number // 2]]
    for loop, name in zip(data["rework"], (CJK_80, ARABIC_80, "W" * 80), strict=True):
        loop["reason"] = name
    for row, name in zip(data["improvements"], LONG, strict=False):
        row |= {"title": name, "owner": name, "hypothesis": name}
    for number, edge in enumerate(data["flow"][1:]):
        edge["label"] = LONG[number % len(LONG)]
    return data | {
        "title": HEBREW_80, "owner": ARABIC_80, "trigger": CJK_80, "customer": "W" * 80,
        "unit": LATIN_80, "outcome": ARABIC_80,
    }  # fmt: skip


def hostile() -> dict[str, Any]:
    """Every hostile string as a name, an owner, a reason, a note and more."""
    texts = [text.strip()[:200] for text in READABLE]
    data = plan(len(texts) // 3)
    for number, step in enumerate(data["steps"]):
        one, two, three = texts[number * 3 : number * 3 + 3]
        step |= {"name": one, "owner": three if number % 8 == 0 else LANES[number % 5]}
        step |= {"notes": f"{two}\n\n# {three}\n", "systems": [two, three]}
        step["evidence"] = {"grade": "assumed", "source": three}
    for number, loop in enumerate(data["rework"]):
        loop["reason"] = texts[number * 7]
    for number, row in enumerate(data["improvements"]):
        row |= {"title": texts[number], "owner": texts[-number], "hypothesis": texts[number + 40]}
    for number, edge in enumerate(data["flow"][1:]):
        edge["label"] = texts[number * 5]
    return data | {
        "title": "<script>alert(1)</script>", "owner": '" onload="alert(1)',
        "trigger": "</title><script>x</script>", "customer": "{{ 7 * 7 }}{% x %}",
        "unit": "--><svg onload=alert(1)>", "outcome": "]]><img src=x onerror=alert(1)>",
    }  # fmt: skip


def unknown() -> dict[str, Any]:
    """Nothing is known but the steps."""
    steps = [{"id": f"s{number}", "owner": "Team"} for number in range(4)]
    return {"title": "Little is known", "steps": [*steps, {"id": "end", "process_time": "1h"}]}


def future(data: dict[str, Any]) -> dict[str, Any]:
    """The same work with less waiting, a step fewer and another one instead."""
    steps = [dict(step) for step in data["steps"]]
    for step in steps:
        if step.get("wait_time") == "3d":
            step["wait_time"] = "1h"
    steps[-1]["id"] = "new-step"
    flow = [
        {**line, "to": line["to"].replace(data["steps"][-1]["id"], "new-step")}
        if isinstance(line, dict)
        else line.replace(data["steps"][-1]["id"], "new-step")
        for line in data["flow"]
    ]
    return data | {
        "steps": steps, "flow": flow, "rework": data["rework"][1:], "improvements": [],
        "target_date": "2027-06-30", "targets": [],
    }  # fmt: skip


PROSE = "\n\n".join(["# How it was mapped", "### Nine people", "With a [link](https://a.example).",
                     "| a | b |\n| --- | --- |\n| 1 | 2 |", "```\n" + "x" * 300 + "\n```",
                     "w" * 200, "> quoted", "1. one\n2. two"])  # fmt: skip


def as_map(data: dict[str, Any], body: str = PROSE) -> str:
    """Return a map's file: JSON is YAML as well."""
    return f"---\n{json.dumps(data, ensure_ascii=False, indent=1)}\n---\n{body}\n"


def write_maps(root: Path) -> None:
    """Write a project with every kind of map."""
    forty = plan(40)
    files = {
        "five/current": as_map(plan(5)),
        "fifteen/current": as_map(plan(15)),
        "fifteen/future": as_map(future(plan(15))),
        "fifteen/future-q2": as_map(future(plan(15)) | {"target_date": "2027-03-31"}),
        "forty/current": as_map(forty, ""),
        "large/current": as_map(plan(120), ""),
        "names/current": as_map(named()),
        "names/future": as_map(named(), ""),
        "hostile/current": as_map(hostile(), "\n\n".join(READABLE)),
        "unknown/current": as_map(unknown()),
        "one/future": as_map({"title": "A", "steps": [{"id": "a", "process_time": "1h"}]}, ""),
        "broken/current": BROKEN,
    }
    for name, text in files.items():
        path = root / f"maps/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


class BuiltSite(NamedTuple):
    root: Path
    """The project."""
    folder: Path
    """The site."""
    result: BuildResult

    def pages(self) -> list[str]:
        """Every page, by its path below the site's folder."""
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.html"))


def build_project(root: Path) -> BuiltSite:
    """Write the maps into `root`, and build them."""
    write_maps(root)
    workspace = open_workspace(root, explicit=True)
    result = build_site(workspace, root / "site")
    return BuiltSite(root, root / "site", result)
