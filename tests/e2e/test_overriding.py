"""Colours, logo, templates and pages of a project's own, in a real build."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import OpenPage
from vsmdocs.__main__ import main
from vsmdocs.rendering.pages import theme
from vsmdocs.rendering.pages.template_checks import own_blocks
from vsmdocs.site import build as building
from vsmdocs.site.own_pages import OwnPages, slug
from vsmdocs.workspace import open_workspace

README = theme.templates_folder() / "README.md"
BLOCKS = re.findall(r"^\| `(\w+)` \| `(\w+)` \| \w", README.read_text("utf-8"), re.M)
VALUES = {
    page: set(re.findall(r"`(\w+)`", names))
    for page, names in re.findall(
        r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$", README.read_text(), re.M
    )
}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><path d="M0 0h90v20"/></svg>'
MAP = "---\ntitle: A\nsteps: [{id: a, process_time: 1h}]\n---\n"
SETTINGS = """\
[site]
title = "Ours <b>"
base_url = "https://example.org/streams/"
aliases = {old-name = "feature-delivery"}

[theme]
logo = {light = "brand/logo.svg", dark = "brand/night.svg"}
footer = "Ask <script>alert(1)</script> us"
templates = "theme"

[theme.colours]
ground = {light = "#f4f8f6", dark = "#0f1715"}
flow = "#0b6e4f"
"""
PAGES = {
    "about.md": "---\norder: 1\n---\n# About us\n\n"
    "See [the map](../maps/feature-delivery/current.md),"
    " [its stream](../maps/feature-delivery), [more](guide/start.md#why-so) and [terms]"
    "(../method/index.html#lead-time).\n\n"
    "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n![wall](wall.svg)\n",
    "guide/start.md": "# Start\n\n## Why so?\n\n[back](../about.md)\n",
    "guide/Ü ber.md": "---\ntitle: <img src=x onerror=alert(1)>\n---\n<script>alert(1)</script>\n",
    "wall.svg": LOGO,
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def project(root: Path, files: dict[str, str]) -> Path:
    write(root, {"maps/a/current.md": MAP, **files})
    return root


def build(root: Path, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert main(["-C", str(root), "build"]) == code
    return "".join(capsys.readouterr())


@pytest.fixture(scope="module")
def rendered() -> dict[str, set[str]]:
    """Names of the values that each template got."""
    return {}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, rendered: dict[str, set[str]]) -> Iterator[Path]:
    """The demo's history with everything overridden, every block of every page among it."""
    root = tmp_path_factory.mktemp("own") / "demo"
    assert main(["demo", str(root), "-q"]) == 0
    templates: dict[str, list[str]] = {}
    for page, block in BLOCKS:
        # Every page puts what it shows into this one.
        own = "method" if (page, block) == ("base", "content") else page
        templates.setdefault(own, []).append(
            f"{{% block {block} %}}MARK-{page}-{block}. {{{{ super() }}}}{{% endblock %}}\n"
        )
    files = {
        f"theme/pages/{page}.html.j2": f'{{% extends "builtin/pages/{page}.html.j2" %}}\n'
        + "".join(blocks)
        for page, blocks in templates.items()
    }
    files |= {"vsmdocs.toml": SETTINGS, "brand/logo.svg": LOGO, "theme/style.css": ".ours { }\n"}
    files |= {"brand/night.svg": LOGO.replace("M0 0", "M1 1")}
    write(root, files | {f"pages/{name}": text for name, text in PAGES.items()})
    with pytest.MonkeyPatch.context() as patch:
        plain = theme.Theme.render

        def spying(self: theme.Theme, template: str, **values: Any) -> str:
            rendered.setdefault(template, set()).update(values)
            return plain(self, template, **values)

        patch.setattr(theme.Theme, "render", spying)
        patch.setattr(building, "cores_for", lambda portions: 1)
        result = building.build_site(open_workspace(root), root / "site")
    assert [f.place for f in result.findings if f.rule.startswith("page-")] == []
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")
    }


# --- blocks -------------------------------------------------------------------


def test_the_readme_names_every_block_and_no_other() -> None:
    known = own_blocks(theme.templates_folder())
    base = set(known["pages/base.html.j2"])
    named = {
        (name.removeprefix("pages/").removesuffix(".html.j2"), block)
        for name, blocks in known.items()
        for block in blocks
        if name == "pages/base.html.j2" or block not in base
    }
    assert set(BLOCKS) == named
    assert len(BLOCKS) == len(named)


def test_every_block_that_the_readme_names_is_overridden(texts: dict[str, str]) -> None:
    everything = "\n".join(texts.values())
    found = set(re.findall(r"MARK-(\w+)-(\w+)\.", everything))
    assert set(BLOCKS) - found == set()


def test_the_readme_says_which_values_pages_get(root: Path, rendered: dict[str, set[str]]) -> None:
    known = {
        template.removeprefix("pages/").removesuffix(".html.j2"): names - {"site", "page"}
        for template, names in rendered.items()
        if template in own_blocks(theme.templates_folder())
    }
    assert known == VALUES


def test_what_pages_may_load_is_ours_whatever_is_overridden(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        head = text.split("MARK-", 1)[0]
        assert "default-src 'none'" in head, name


# --- colours, logo, footer ----------------------------------------------------


def test_colours_logo_and_footer_are_on_every_page(root: Path, texts: dict[str, str]) -> None:
    site = root / "site"
    (style,) = (site / "assets").glob("style.*.css")
    sheet = style.read_text("utf-8")
    assert "--flow: light-dark(#0b6e4f, #" in sheet
    assert "--ground: light-dark(#f4f8f6, #0f1715)" in sheet
    assert sheet.endswith(".ours { }\n")
    logos = sorted(path.name for path in (site / "assets").glob("logo.*.svg"))
    assert len(logos) == 2
    for name, text in texts.items():
        if 'class="top"' not in text:
            continue  # the 404 page and old addresses stand alone
        assert text.count('alt="Ours &lt;b&gt;"') == 2, name
        assert all(f"assets/{logo}" in text for logo in logos), name
        assert "Ask &lt;script&gt;alert(1)&lt;/script&gt; us" in text, name
        assert "<script>alert" not in text, name
        icon = re.search(r'<link rel="icon" href="[./]*(.*?)" type="(.*?)">', text)
        assert icon
        assert "assets/logo." in icon[1]
        assert icon[2] == "image/svg+xml"


@pytest.mark.parametrize(
    ("settings", "files", "place", "words"),
    [
        ("[theme]\nlogo = 'x.svg'", {}, "vsmdocs.toml:2:8", "there is no such file"),
        ("[theme]\nlogo = {light = 'a.svg', dark = 'x.svg'}", {"a.svg": LOGO},
         "vsmdocs.toml:2:33", "there is no such file"),
        ("[theme]\nlogo = 'a.svg'", {"a.svg": "<svg/>"}, "a.svg:1:1", "no SVG"),
        ("[theme]\nlogo = 'a.svg'", {"a.svg": LOGO.replace("<path", "\n<script/><path")},
         "a.svg:2:1", "more than a drawing"),
        ("[theme]\nlogo = 'a.png'", {"a.png": "text"}, "a.png", "no picture"),
        ("[theme]\nlogo = 'a.svg'", {"a.svg": "x" * 600_000}, "vsmdocs.toml:2:8", "larger than"),
        ("[theme]\nlogo = 'd.svg'", {"d.svg/x": ""}, "vsmdocs.toml:2:8", "a folder"),
        ("[theme]\nlogo = '\\\\x\" onerror=\"a.svg'", {}, "vsmdocs.toml:2:8", "forward slash"),
        ("[theme]\nlogo = 'x\" onerror=\"alert(1).svg'", {}, "vsmdocs.toml:2:8", "no such file"),
        ("[theme]\ntemplates = 'theme'", {}, "vsmdocs.toml:2:13", "there is no folder theme/"),
        ("[theme]\ntemplates = 't'", {"t/x.html": ""}, "t/x.html", "nothing is made"),
        ("[theme]\ntemplates = 't'", {"t/pages/map.html.j2": "x"}, "t/pages/map.html.j2:1",
         "begin with"),
        ("[theme]\ntemplates = 't'", {"t/pages/map.html.j2":
         '{% extends "builtin/pages/map.html.j2" %}\n{% block steps %}{{ vieww }}{% endblock %}'},
         "t/pages/map.html.j2:2:1", "did you mean view?"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_ends_the_build_at_its_place(
    settings: str,
    files: dict[str, str],
    place: str,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project(tmp_path, {"vsmdocs.toml": settings, **files})
    said = build(tmp_path, capsys, 2)
    assert f"{place}" in said
    assert words in said
    assert "Traceback" not in said
    assert not (tmp_path / "site").exists()


def test_no_link_leads_out_of_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"secret/logo.svg": LOGO, "secret/pages/a.md": "SECRET"})
    root = project(tmp_path / "in", {"vsmdocs.toml": "[theme]\nlogo = 'a.svg'"})
    (root / "a.svg").symlink_to(tmp_path / "secret/logo.svg")
    assert "leads out" in build(root, capsys, 2)
    (root / "vsmdocs.toml").write_text("")
    (root / "pages").symlink_to(tmp_path / "secret/pages")
    assert "leads out" in build(root, capsys, 2)
    (root / "pages").unlink()
    (root / "pages").mkdir()
    (root / "pages/a.md").symlink_to(tmp_path / "secret/pages/a.md")
    os.mkfifo(root / "pages/pipe.md")
    (root / "pages/b.md").write_text("![x](../../secret/logo.svg) ![x](c.svg)")
    (root / "pages/c.svg").symlink_to(tmp_path / "secret/logo.svg")
    said = build(root, capsys, 1)
    assert "pages/a.md: error[link-outside]" in said
    assert said.count("pages/b.md:1:") == 2
    assert "SECRET" not in "".join(p.read_text() for p in (root / "site").rglob("*.html"))
    assert not (root / "site/pages/files").exists()


# --- pages --------------------------------------------------------------------


def test_own_pages_stand_in_the_site(root: Path, texts: dict[str, str]) -> None:
    about = texts["pages/about.html"]
    assert '<h1 dir="auto">About us</h1>' in about
    for href in (
        "../streams/feature-delivery/current.html",
        "../streams/feature-delivery/index.html",
        "guide/start.html#h-why-so",
        "../method/index.html#lead-time",
    ):
        assert f'href="{href}"' in about
        assert (root / "site/pages" / href.partition("#")[0]).is_file()
    assert re.search(
        r'<img src="files/wall\.[0-9a-f]{10}\.svg" alt="wall" width="90" height="20"', about
    )
    odd = texts[f"pages/guide/{slug('Ü ber')}.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in odd
    assert "<img src=x" not in odd
    assert 'href="../../pages/guide/start.html"' in odd
    nav = texts["index.html"].split('aria-label="Site"')[1].split("</nav>")[0]
    names = re.findall(r'href="(pages/.*?)">(.*?)</a>', nav)
    assert names == [
        ("pages/guide/u-ber.html", "Guide"), ("pages/about.html", "About us"),
    ]  # fmt: skip
    assert 'aria-current="page">About us' in about
    listed = OwnPages.read(open_workspace(root)).listed
    assert {(one.href, one.title) for one in listed} >= {("pages/about.html", "About us")}
    # Whoever searches, or reads the map of the site, comes to them.
    scripts = "".join(path.read_text("utf-8") for path in (root / "site/assets").glob("*.js"))
    sitemap = (root / "site/sitemap.xml").read_text("utf-8")
    for one in listed:
        assert one.href in sitemap
        assert one.href in scripts


def test_what_leads_nowhere_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path, {
        "pages/a.md": "# A\n\n[b](c.md)\n[d](b.md#non)\n![e](https://a.example/e.png)\n![f](f.png)\n"
        "[g](../maps/b/current.md) [h](../../../etc/passwd) [i](#below)\n\n![j](b.svg)",
        "pages/b.md": "# B\n\n## None\n",
        "pages/b.svg": LOGO.replace("<path", "<script/><path"),
        "pages/b_.md": "# Other",
        "pages/README.md": "for those who write",
    })  # fmt: skip
    said = build(tmp_path, capsys, 1)
    for line, words in (
        (3, "this leads to no page: c.md"),
        (4, "pages/b.md has no heading for #non"),
        (5, "no picture is shown from outside of pages/"),
        (6, "pages/f.png: there is no such file"),
        (7, "this leads to no page: ../maps/b/current.md"),
        (7, "this leads to no page: ../../../etc/passwd"),
        (7, "has no heading for #below"),
    ):
        assert re.search(rf"pages/a\.md:{line}:\d+: .*{re.escape(words)}", said), words
    assert re.search(r"pages/b\.svg:1:\d+: <script> is more than a drawing", said)
    assert "the same address as pages/b.md" in said
    checks = (tmp_path / "site/checks/index.html").read_text("utf-8")
    assert checks.count("page-link") == 5
    assert not (tmp_path / "site/pages/readme.html").exists()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Getting Started", "getting-started"), ("CON", None), ("files", None), ("日本", None),
        ("../x", "x"), ("a.b", "a-b"), ("Ünï", "uni"), ("<img>", "img"), ("x" * 300, "x" * 80),
        ("-", None),
    ],
)  # fmt: skip
def test_addresses_are_the_same_everywhere(name: str, address: str | None) -> None:
    got = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", got)
    assert got == address if address else got not in ("con", "files")


# --- what the documentation shows ---------------------------------------------


def test_the_documentation_is_true(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).parents[2] / "docs" / "theming.md").read_text("utf-8")
    shown = {
        kind: re.findall(rf"^```{kind}\n(.*?)^```", text, re.M | re.S)
        for kind in ("toml", "jinja", "markdown", "text")
    }
    colours, templates = shown["toml"]
    of_map, of_base = shown["jinja"]
    (about,) = shown["markdown"]
    settings = colours.replace("[theme]\n", templates)
    project(tmp_path, {
        "vsmdocs.toml": settings,
        "brand/logo.svg": LOGO,
        "brand/night.svg": LOGO,
        "theme/pages/map.html.j2": of_map,
        "theme/pages/base.html.j2": of_base,
        "maps/feature-delivery/current.md": MAP,
        "pages/about.md": about,
        "pages/handbook/index.md": "# Handbook",
        "pages/wall.jpg": "x",
    })  # fmt: skip
    (tmp_path / "pages/wall.jpg").write_bytes(b"\xff\xd8\xff\xd9")
    assert "Warning: pages/" not in build(tmp_path, capsys)
    page = (tmp_path / "site/streams/feature-delivery/current.html").read_text("utf-8")
    assert '<h2 id="ask">Who to ask</h2>\n<p>The delivery guild.</p>' in page
    assert '<a href="../../pages/about.html">About these maps</a></div></footer>' in page
    unread, unknown = shown["text"]
    write(tmp_path, {"vsmdocs.toml": '[theme.colours]\nflow = "#7fd1ae"\n'})
    assert unread in build(tmp_path, capsys, 2)
    lines = of_map.split("\n")
    lines[2] = "{{ vieww.title }}"
    write(tmp_path, {"vsmdocs.toml": templates, "theme/pages/map.html.j2": "\n".join(lines)})
    assert unknown in build(tmp_path, capsys, 2)


# --- what is made anew --------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "page"),
    [
        ("theme/pages/map.html.j2", "{% block title %}NEW{% endblock %}", "streams/a/current.html"),
        ("theme/style.css", ".new { }", "index.html"),
        ("brand/logo.svg", LOGO.replace("M0", "M2"), "streams/a/current.html"),
        ("pages/a.md", "# Another title", "streams/a/current.html"),
        ("pages/p.svg", LOGO.replace("M0", "M3"), "pages/a.html"),
    ],
)
def test_whatever_pages_are_made_of_is_seen(
    path: str, text: str, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extends = '{% extends "builtin/pages/map.html.j2" %}'
    project(tmp_path, {
        "vsmdocs.toml": "[theme]\nlogo = 'brand/logo.svg'\ntemplates = 'theme'\n",
        "brand/logo.svg": LOGO,
        "theme/pages/map.html.j2": extends,
        "pages/a.md": "# A page\n\n![p](p.svg)",
        "pages/p.svg": LOGO,
    })  # fmt: skip
    build(tmp_path, capsys)
    before = (tmp_path / "site" / page).read_bytes()
    build(tmp_path, capsys)
    assert (tmp_path / "site" / page).read_bytes() == before
    write(tmp_path, {path: extends + text if path.endswith(".j2") else text})
    build(tmp_path, capsys)
    assert (tmp_path / "site" / page).read_bytes() != before


def test_nothing_of_a_projects_templates_is_kept_compiled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    kept = theme.templates_folder() / "__pycache__"
    before = {path.name for path in kept.glob("*")}
    build(project(tmp_path, {}), capsys)
    ours = {path.name for path in kept.glob("*")}
    write(tmp_path, {
        "vsmdocs.toml": "[theme]\ntemplates = 'theme'\n",
        "theme/pages/map.html.j2": '{% extends "builtin/pages/map.html.j2" %}',
    })  # fmt: skip
    build(tmp_path, capsys)
    assert {path.name for path in kept.glob("*")} == ours
    assert ours >= before
    assert not list(tmp_path.rglob("*.pyc"))


def test_a_build_without_any_imports_nothing_of_it(tmp_path: Path) -> None:
    import subprocess
    import sys

    project(tmp_path, {})
    told = (
        "import sys; from vsmdocs.__main__ import main; main(['build', '-q']);"
        "print(*[m for m in sys.modules if 'sandbox' in m or m.endswith(('.layers', '.palette',"
        " '.pictures', '.own_page', '.own_links', '.colours'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip().splitlines()[-1:] in ([], [""]), ran.stdout


# --- in a browser -------------------------------------------------------------


def test_a_site_of_ones_own_in_a_browser(
    root: Path, open_page: OpenPage, serve: Callable[[Path, str], str]
) -> None:
    address = serve(root / "site", "/own/")
    for scheme, shown in (("light", "for-light"), ("dark", "for-dark")):
        opened = open_page(f"{address}pages/about.html", width=360, scheme=scheme)  # type: ignore[arg-type]
        page = opened.page
        assert page.locator(f".logo.{shown}").is_visible()
        assert page.locator(".logo:visible").count() == 1
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(244, 248, 246)" if scheme == "light" else "rgb(15, 23, 21)")
        # It is loaded when it comes into sight.
        page.locator(".own-body img").scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.own-body img').naturalWidth > 0")
        assert opened.overflow() == 0
        assert opened.violations() == []
        opened.assert_quiet()
