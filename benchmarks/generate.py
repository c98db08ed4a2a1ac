"""Make a project of any number of maps, and the same prose as a MkDocs project.

    python -m benchmarks.generate 1000 some/folder

The maps of streams differ in structure (chains, parallel branches, alternatives, rework),
owners and numbers, as maps that people drew would. Of the future states half keep the
structure of today's map with other numbers, and half have one of their own. The same numbers
in give the same bytes out.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

STEPS = 12
PROSE_BYTES = 650
OWNERS = ("Product", "Design", "Engineering", "Quality", "Security", "Operations")
VERBS = ("Write", "Review", "Approve", "Build", "Test", "Deploy", "Verify", "Plan", "Refine")
NOUNS = ("story", "design", "change", "release", "report", "contract", "migration", "feature")
TIMES = ("15m", "45m", "2h", "4h", "1d", "1d 4h", "2h..8h", "1h..3h..8h", "0", "3d", "1w")
WASTES = ("waiting", "handoffs", "defects", "relearning", "task-switching", "partially-done")
WORDS = """
the team a change waits for review because nobody owns it and work piles up before the weekly
board so that people switch to something else then come back days later ask again find defects
late agree on limits pair on critical parts measure what arrives and learn
""".split()  # noqa: SIM905


def make_map(number: int, seed: int) -> str:
    """Return one map with frontmatter and prose; an odd number gives a future state."""
    stream, future = divmod(number, 2)
    random = Random(f"{seed} {number}")
    alike = stream % 2 == 0
    structure = Random(f"{seed} stream {stream}" if alike else f"{seed} map {number}")
    steps = [f"step-{index:02}" for index in range(STEPS)]
    lines = [
        "---",
        f"title: Stream {stream} {'as it should be' if future else 'as it is'}",
        f"owner: {random.choice(OWNERS)}",
        f"stream: stream-{stream:04}",
        f"state: {'future' if future else 'current'}",
        f"unit: {random.choice(NOUNS)}",
        "trigger: A customer asks",
        f"demand: {random.randint(4, 60)}/month",
        "mapped_on: 2026-09-01",
        "steps:",
        *(line for step in steps for line in _step(step, structure, random)),
        *_flow(steps, structure),
        *_rework(steps, structure, random),
        *_improvements(steps, structure, random),
        "---",
        make_prose(random),
    ]
    return "\n".join(lines)


def _step(step: str, structure: Random, random: Random) -> list[str]:
    lines = [
        f"  - id: {step}",
        f"    name: {structure.choice(VERBS)} the {structure.choice(NOUNS)}",
        f"    owner: {structure.choice(OWNERS)}",
        f"    process_time: {random.choice(TIMES)}",
        f"    wait_time: {random.choice(TIMES)}",
        f"    complete_accurate: {random.randint(50, 100)}%",
    ]
    if structure.random() < 0.3:
        lines.append(f"    people: {random.randint(1, 6)}")
    if structure.random() < 0.3:
        lines.append(f"    automation: {random.choice(('manual', 'assisted', 'automated'))}")
    if structure.random() < 0.2:
        lines.append(f"    wastes: [{', '.join(structure.sample(WASTES, 2))}]")
    return lines


def _flow(steps: list[str], structure: Random) -> list[str]:
    """Draw a chain, or one with parallel branches or alternatives in two of its places."""
    shape = structure.choice(("listed", "parallel", "alternatives", "both"))
    if shape == "listed":
        return []
    parts = [steps[0], steps[1], "", steps[4], steps[5], "", *steps[8:]]
    parallel, choice = "[{0}, {1}]", "[{0} 30%, {1} 70%]"
    first = choice if shape == "alternatives" else parallel
    second = parallel if shape == "parallel" else choice
    parts[2], parts[5] = first.format(*steps[2:4]), second.format(*steps[6:8])
    return ["flow:", f"  - {' -> '.join(parts)}"]


def _rework(steps: list[str], structure: Random, random: Random) -> list[str]:
    if structure.random() < 0.3:
        return []
    lines = ["rework:"]
    for source, target in ((5, 4), (8, 1), (11, 9))[: structure.randint(1, 3)]:
        rate = random.randint(5, 40)
        lines.append(f"  - {{from: {steps[source]}, to: {steps[target]}, rate: {rate}%}}")
    return lines


def _improvements(steps: list[str], structure: Random, random: Random) -> list[str]:
    if structure.random() < 0.5:
        return []
    return [
        "improvements:",
        "  - id: limit",
        "    title: Work waits a day at most",
        f"    step: {structure.choice(steps)}",
        f"    status: {random.choice(('idea', 'trial', 'adopted'))}",
    ]


def make_prose(random: Random) -> str:
    """Return a few paragraphs of Markdown, about `PROSE_BYTES` long."""
    parts = ["## What we saw", ""]
    while len("\n".join(parts)) < PROSE_BYTES - 60:
        words = random.choices(WORDS, k=random.randint(18, 30))
        words[3] = f"**{words[3]}**"
        words[7] = f"[{words[7]}](https://example.org/{words[7]})"
        parts += [" ".join(words).capitalize() + ".", ""]
    return "\n".join(parts)


def write_project(folder: Path, maps: int, seed: int = 1) -> None:
    """Write `maps` maps, two to a stream, and nothing else that a project may have."""
    for number in range(maps):
        name = "future" if number % 2 else "current"
        path = folder / "maps" / f"stream-{number // 2:04}" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_map(number, seed), encoding="utf-8")


def write_mkdocs(folder: Path, maps: Path, theme: str) -> None:
    """Write a MkDocs project of the prose of all maps, a page each, with their paths."""
    pages = sorted(maps.rglob("*.md"))
    for page in pages:
        front, prose = page.read_text(encoding="utf-8").split("---\n", 2)[1:]
        title = front.split("title: ", 1)[1].split("\n", 1)[0]
        path = folder / "docs" / page.relative_to(maps)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {title}\n\n{prose}\n", encoding="utf-8")
    (folder / "docs/index.md").write_text("# Streams\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        f"site_name: Streams\nsite_url: https://example.org/\ntheme:\n  name: {theme}\n",
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("maps", type=int, help="how many maps")
    parser.add_argument("folder", type=Path, help="project to make")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_project(given.folder, given.maps, given.seed)


if __name__ == "__main__":
    main()
