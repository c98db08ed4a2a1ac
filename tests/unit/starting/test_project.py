"""The files of a new project, as texts."""

from __future__ import annotations

import re
from datetime import date

import pytest
import yaml

from vsmdocs.analysis.lint import run as lint
from vsmdocs.editing.format import format_map
from vsmdocs.reading import read_map
from vsmdocs.starting.project import Facts, ci_files, first_map, project_files, settings_file
from vsmdocs.workspace.settings import Settings, SiteSettings, parse_settings

FACTS = Facts(date(2026, 11, 22), "1.2.3", ci="github", branch="trunk", maps="docs/maps")


def test_no_word_is_left_to_be_put_in() -> None:
    for ci in ("github", "gitlab", "none"):
        for file in project_files(Facts(FACTS.today, "1.2.3", ci=ci)):
            assert not re.search("@[a-z]+@", file.text)
            assert file.text.endswith("\n")
            assert file.about


def test_the_first_map_can_be_read_and_has_no_errors_or_warnings() -> None:
    file = first_map(FACTS)
    assert file.path == "docs/maps/my-first-stream/current.md"
    document = read_map(file.path, file.text.encode(), maps_folder="docs/maps")
    assert (document.map.stream, document.map.state) == ("my-first-stream", "current")
    assert {f.severity for f in lint([document], FACTS.today)} <= {"info"}


def test_the_first_map_is_in_the_one_layout() -> None:
    file = first_map(FACTS)
    assert format_map(file.path, file.text.encode(), maps_folder="docs/maps").decode() == file.text


def test_commented_keys_of_the_first_map_are_right_too() -> None:
    text = first_map(FACTS).text
    opened = text.replace("# targets:\n#   - ", "targets:\n  - ")
    assert opened != text
    read_map("maps/a/current.md", opened.encode())


def test_settings_as_written_and_with_everything_switched_on() -> None:
    text = settings_file(FACTS).text
    written = parse_settings(text, "vsmdocs.toml")
    assert written is not None
    assert written.site.title == "Value streams"
    keys = [*Settings.model_fields, *SiteSettings.model_fields]
    opened = "\n".join(
        line.removeprefix("# ") if line.startswith(tuple(f"# {key} = " for key in keys)) else line
        for line in text.splitlines()
    )
    known = parse_settings(opened, "vsmdocs.toml")
    assert known is not None
    assert known.model_fields_set >= {"maps", "stale_after_days", "site"}
    assert known.site.model_fields_set == set(SiteSettings.model_fields)


def test_settings_name_the_repository_where_it_is_known() -> None:
    facts = Facts(FACTS.today, "1", repository="https://github.com/acme/streams/")
    settings = parse_settings(settings_file(facts).text, "vsmdocs.toml")
    assert settings is not None
    assert settings.site.repository == "https://github.com/acme/streams/"


def test_attributes_follow_the_maps_and_lines_are_told() -> None:
    files = {file.path: file for file in project_files(FACTS)}
    line = "docs/maps/**/*.md text eol=lf diff=vsmdocs merge=vsmdocs"
    assert files[".gitattributes"].lines == (line,)
    assert files[".gitignore"].lines == ("/site/", "/.vsmdocs-cache/")


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_workflows_install_the_version_that_wrote_them(ci: str) -> None:
    files = ci_files(Facts(FACTS.today, "1.2.3", ci=ci, branch="trunk"))  # type: ignore[arg-type]
    texts = [file.text for file in files]
    for text in texts:
        assert yaml.safe_load(text)
        for line in text.splitlines():
            assert "pip install" not in line or line.endswith(" vsmdocs==1.2.3")
    assert any("vsmdocs==1.2.3" in text for text in texts)


def test_the_default_branch_is_published() -> None:
    pages = next(file for file in ci_files(FACTS) if file.path.endswith("pages.yml"))
    assert yaml.safe_load(pages.text)[True]["push"] == {"branches": ["trunk"]}


def test_no_ci_has_no_files() -> None:
    assert ci_files(Facts(FACTS.today, "1")) == ()
