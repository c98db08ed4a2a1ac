"""Rules of a project's own pages, templates and pictures: true of their examples, and checked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vsmdocs.__main__ import main
from vsmdocs.analysis.lint.site import SITE_RULES
from vsmdocs.errors import ConfigError
from vsmdocs.reading.rule_info import RuleInfo
from vsmdocs.site.build import build_site
from vsmdocs.workspace import open_workspace

MAP = "---\ntitle: Orders\ntags: [shop]\nsteps: [{id: pack, owner: A, process_time: 1h}]\n---\n"
OVER = '{% extends "builtin/pages/map.html.j2" %}\n'
SHOWN = [rule for rule in SITE_RULES if rule.bad]
BUILT_ONLY = {"template-value", "template-sandbox", "template-limit"}
"""What depends on the values that pages get."""
_FILE = re.compile(r"^# (\S+/\S+\.\w+)\n", re.MULTILINE)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in {"maps/orders/current.md": MAP, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def lay(root: Path, example: str) -> Path:
    """Write the files of an example, and settings that name what has to be named."""
    before, *rest = _FILE.split(example)
    assert before == ""
    files = dict(zip(rest[::2], rest[1::2], strict=True))
    settings = "[theme]\n"
    settings += 'logo = "brand/logo.svg"\n' if "brand/logo.svg" in files else ""
    settings += 'templates = "theme"\n' if any(name.startswith("theme/") for name in files) else ""
    return write(root, {**files, "vsmdocs.toml": settings})


def built(root: Path) -> list[tuple[str, str]]:
    """Return what a build finds: rules and how grave."""
    try:
        result = build_site(open_workspace(root), root / "site")
    except ConfigError as error:
        return [(one.rule, one.severity) for one in error.findings]
    return [(one.rule, one.severity) for one in result.findings]


def checked(
    root: Path, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, list[dict[str, Any]]]:
    code = main(["-C", str(root), "check", "-q", "-f", "json", *words])
    return code, json.loads(capsys.readouterr().out)["findings"]


def by_id(rule: RuleInfo) -> str:
    return rule.id


@pytest.mark.parametrize("rule", SHOWN, ids=by_id)
def test_the_bad_example_breaks_the_rule(
    rule: RuleInfo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(tmp_path, rule.bad)
    assert built(tmp_path) == [(rule.id, rule.severity)]
    code, found = checked(tmp_path, capsys)
    told = [] if rule.id in BUILT_ONLY else [(rule.id, rule.severity)]
    assert [(one["rule"], one["severity"]) for one in found] == told
    assert code == (1 if ("error" in dict(told).values()) else 0)


@pytest.mark.parametrize("rule", SHOWN, ids=by_id)
def test_the_good_example_keeps_to_all_of_them(
    rule: RuleInfo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(tmp_path, rule.good)
    assert built(tmp_path) == []
    assert checked(tmp_path, capsys) == (0, [])


# --- what check can tell and what it cannot -----------------------------------


def test_check_tells_of_templates_logo_and_pages_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {
        "vsmdocs.toml": "[theme]\ntemplates = 'theme'\n",
        "theme/pages/map.html.j2": OVER + "{% block file %}{{ view.title }{% endblock %}\n",
        "theme/parts/a.html.j2": "{{ view.title|safe }}\n",
        "pages/a.md": "# A\n\n[b](b.md) [c](../maps/orders/current.md) [d](../maps/orders)\n"
        "[e](../method/index.html#lead-time) [f](../nowhere/index.html) ![g](g.png) [a](#non)\n",
        "pages/z.md": "---\norder: [\n---\n",
    })  # fmt: skip
    code, found = checked(tmp_path, capsys)
    assert code == 1
    assert [(one["path"], one["line"], one["rule"]) for one in found] == [
        ("pages/a.md", 3, "page-link"),
        ("pages/a.md", 4, "page-picture"),
        ("pages/a.md", 4, "page-link"),
        ("pages/z.md", 2, "yaml-syntax"),
        ("theme/pages/map.html.j2", 2, "template-syntax"),
        ("theme/parts/a.html.j2", 1, "template-syntax"),
    ]
    # Whoever names maps asks of them alone.
    assert checked(tmp_path, capsys, str(tmp_path / "maps")) == (0, [])
    assert not (tmp_path / "site").exists()


def test_what_settings_name_and_is_not_there_is_told_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"vsmdocs.toml": "[theme]\nlogo = 'logo.svg'\n"})
    code, (found,) = checked(tmp_path, capsys)
    assert (code, found["path"], found["line"]) == (1, "vsmdocs.toml", 2)
    assert found["rule"] == "settings-value"


def test_what_is_wanted_holds_for_check_and_for_the_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"vsmdocs.toml": "", "pages/a.md": "# A\n\n[b](b.md) ![c](c.png)\n"})
    assert [one["rule"] for one in checked(tmp_path, capsys)[1]] == ["page-link", "page-picture"]
    assert built(tmp_path) == [("page-link", "warning"), ("page-picture", "warning")]
    write(tmp_path, {
        "vsmdocs.toml": '[check]\nignore = ["page-picture"]\nseverity = {page-link = "error"}\n',
    })  # fmt: skip
    code, found = checked(tmp_path, capsys)
    assert (code, [one["rule"] for one in found]) == (1, ["page-link"])
    assert built(tmp_path) == [("page-link", "error")]


def test_a_baseline_holds_what_a_page_can_be_read_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {
        "vsmdocs.toml": "[check]\nbaseline = 'b.json'\n",
        "pages/a.md": "# A\n\n[b](b.md)\n",
        "pages/a_.md": "# A\n",
    })  # fmt: skip
    main(["-C", str(tmp_path), "check", "-q", "--write-baseline", "b.json"])
    capsys.readouterr()
    assert [one["rule"] for one in checked(tmp_path, capsys)[1]] == ["page-address"]
    # What is not asked about is not said to be gone.
    main(["-C", str(tmp_path), "check", "--ignore", "site"])
    assert "there no more" not in capsys.readouterr().err
    (tmp_path / "pages/a.md").write_text("# A\n")
    main(["-C", str(tmp_path), "check"])
    assert "1 finding of the baseline is there no more" in capsys.readouterr().err


def test_since_tells_of_the_files_that_a_branch_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *name, *words], check=True, capture_output=True)

    write(tmp_path, {
        "project/maps/orders/current.md": MAP,
        "project/vsmdocs.toml": "[theme]\ntemplates = 'theme'\n",
        "project/theme/parts/a.html.j2": "{{ a|safe }}\n",
        "project/pages/a b.md": "# A\n\n[b](b.md)\n",
        "project/pages/c.md": "# C\n\n[b](b.md)\n",
    })  # fmt: skip
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "All")
    root = tmp_path / "project"
    assert len(checked(root, capsys)[1]) == 3
    assert checked(root, capsys, "--since", "main") == (0, [])
    (root / "pages/c.md").write_text("# C\n\n[b](b.md), said anew\n")
    (root / "theme/parts/b.html.j2").write_text("{{ a|safe }}\n")
    code, found = checked(root, capsys, "--since", "main")
    assert (code, [one["path"] for one in found]) == (1, ["pages/c.md", "theme/parts/b.html.j2"])


def test_a_check_without_any_imports_nothing_of_it(tmp_path: Path) -> None:
    write(tmp_path, {"vsmdocs.toml": ""})
    told = (
        "import sys; from vsmdocs.__main__ import main; main(['check', '-q']);"
        "print(*[m for m in sys.modules if m == 'jinja2' or m.startswith('vsmdocs.rendering.pages')"
        " or m.endswith(('.own_pages', '.own_page', '.brand'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []
