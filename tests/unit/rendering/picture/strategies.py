"""Random maps for pictures: lanes, blocks, alternatives, labels and rework, up to 40 steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.unit.model.strategies import make
from vsmdocs.model.metrics import StreamMetrics, measure
from vsmdocs.model.stream import ValueStreamMap

HOSTILE: list[str] = [
    entry["text"]
    for entry in json.loads(
        (Path(__file__).parents[3] / "data/hostile-strings.json").read_text("utf-8")
    )
]

LATIN_80 = "Prüfung der übernommenen Vertragsverlängerungen durch die Fachabteilung Süd-West"
CJK_80 = ("本番環境への展開に必要な変更承認手続きと利用者への影響範囲の確認作業および記録" * 3)[:80]
HEBREW_80 = "בדיקת הדרישות של הלקוח ואישור השינויים לפני העלייה לסביבת הייצור על ידי הצוות המ"
ARABIC_80 = "مراجعة متطلبات العميل والموافقة على التغييرات قبل النشر في بيئة الإنتاج من الفريق"
COMBINING_80 = "Pr\u0302u\u0308fe\u0301n\u0303" * 8
NAMES = (
    "Dev", "本番化", "בנה", "بنى", "Build the feature", "Code review", "WWWWWW MMMMMM",
    LATIN_80, CJK_80, HEBREW_80[:80], ARABIC_80[:80], COMBINING_80[:80],
    "W" * 80, "https://example.org/a/very/long/path/that/has/no/spaces/in/it/at/all/index.html",
)  # fmt: skip
OWNERS = (
    None,
    "Engineering",
    "Product management and discovery",
    "品質保証部",
    "צוות התשתיות",
    "QA",
)

names = st.sampled_from(NAMES)
owners = st.sampled_from(OWNERS)
labels = st.sampled_from((None, None, "hand over", LATIN_80, CJK_80, HEBREW_80[:80]))


@st.composite
def pictured(draw: st.DrawFn, *, most_steps: int = 40, loops: int = 6) -> dict[str, Any]:
    """Draw the keys of a map: blocks of parallel work and alternatives along a chain."""
    size = draw(st.integers(1, most_steps))
    steps = [_step(draw, f"s{number}") for number in range(size)]
    flow, edges = _flow(draw, [step["id"] for step in steps])
    for source, target in edges:
        if draw(st.integers(0, 5)) == 0:
            kind = draw(st.sampled_from((None, "push", "pull", "fifo")))
            extra = {
                "kind": kind,
                "label": draw(labels),
                "wait": draw(st.sampled_from((None, "3h"))),
            }
            flow.append({"from": source, "to": target} | {k: v for k, v in extra.items() if v})
    rework = []
    for start in draw(st.lists(st.integers(0, size - 1), max_size=loops, unique=True)):
        back = draw(st.integers(0, start))
        loop = {"from": f"s{start}", "to": f"s{back}", "rate": "20%"}
        rework.append(loop | ({"reason": draw(names)} if draw(st.booleans()) else {}))
    return {"title": "t", "stream": "s", "steps": steps, "flow": flow, "rework": rework}


def _step(draw: st.DrawFn, name: str) -> dict[str, Any]:
    step: dict[str, Any] = {"id": name, "name": draw(names)}
    owner = draw(owners)
    if owner:
        step["owner"] = owner
    step["kind"] = draw(st.sampled_from(("work", "work", "work", "approval", "queue")))
    if step["kind"] == "queue" or draw(st.booleans()):
        step["wait_time"] = draw(st.sampled_from(("0", "1h", "3d", "20w")))
    if step["kind"] != "queue" and draw(st.booleans()):
        step["process_time"] = draw(st.sampled_from(("0", "20m", "2d")))
    return step


def _flow(draw: st.DrawFn, ids: list[str]) -> tuple[list[Any], list[tuple[str, str]]]:
    """Cut the steps into groups along a chain; few are alternatives, some edges skip one."""
    groups: list[list[str]] = []
    position = 0
    while position < len(ids):
        width = draw(st.sampled_from((1, 1, 1, 1, 2, 3)))
        groups.append(ids[position : position + width])
        position += width
    words, edges, choices = [], [], 0
    for index, group in enumerate(groups):
        word = group[0]
        if len(group) > 1:
            alternatives = choices < 3 and draw(st.booleans())
            choices += alternatives
            shares = (" 60%", " 40%", " 0%") if alternatives else ("", "", "")
            word = "[" + ", ".join(f"{g}{s}" for g, s in zip(group, shares, strict=False)) + "]"
        words.append(word)
        if index:
            edges += [(a, b) for a in groups[index - 1] for b in group]
    # Now and then a second start joins in later, so that lanes and columns begin anew.
    cut = draw(st.integers(1, len(words) - 1)) if len(words) > 1 and draw(st.booleans()) else 0
    flow: list[Any] = [" -> ".join(part) for part in (words[:cut], words[cut:]) if part]
    if cut:
        early = draw(st.sampled_from(groups[:cut]))[0]
        flow.append(f"{early} -> {draw(st.sampled_from(groups[cut:]))[0]}")
    for index in range(len(groups) - 2):
        if draw(st.integers(0, 9)) == 0:
            flow.append(f"{groups[index][0]} -> {groups[index + 2][0]}")
    return flow, edges


def measured(data: dict[str, Any]) -> tuple[ValueStreamMap, StreamMetrics]:
    """Return the map of these keys with its figures."""
    stream_map = ValueStreamMap.model_validate(data)
    return stream_map, measure(stream_map)


__all__ = ["HOSTILE", "NAMES", "make", "measured", "names", "pictured"]
