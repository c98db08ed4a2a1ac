"""What the documentation repeats of the code is what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from vsmdocs.__main__ import main
from vsmdocs.cli.running import VERBS
from vsmdocs.reading.file_rules import FILE_RULES
from vsmdocs.workspace.check_settings import CheckFolder, CheckSettings
from vsmdocs.workspace.settings import Settings, SiteSettings, parse_settings
from vsmdocs.workspace.theme_settings import ThemeColours, ThemeSettings

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_commands_repeat_the_help(
    verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*filter(None, [verb]), "--help"]) == 0
    text = "\n".join(line.rstrip() for line in capsys.readouterr().out.rstrip().splitlines())
    assert f"```text\n{text}\n```\n" in (DOCS / "commands.md").read_text(), text


def test_configuration_has_every_key() -> None:
    text = (DOCS / "configuration.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| `?(.*?)`? \|", text, re.M))
    tables: dict[str, type[BaseModel]] = {
        "": Settings,
        "site.": SiteSettings,
        "theme.": ThemeSettings,
        "theme.colours.": ThemeColours,
        "check.": CheckSettings,
        "check.folder.": CheckFolder,
    }
    fields = {
        f"{table}{name}": field
        for table, model in tables.items()
        for name, field in model.model_fields.items()
        if f"{table}{name}." not in tables or f"{table}{name}" == "check.folder"
    }
    assert rows == {
        name: "required"
        if field.is_required()
        else _shown(field.get_default(call_default_factory=True))
        for name, field in fields.items()
    }


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return "none" if value is None else f'"{value}"' if isinstance(value, str) else str(value)


def test_the_example_of_settings_is_complete() -> None:
    text = (DOCS / "configuration.md").read_text()
    example = re.search(r"```toml\n(.*?)```", text, re.S)
    assert example
    settings = parse_settings(example[1], "vsmdocs.toml")
    assert settings is not None
    assert settings.model_fields_set == set(Settings.model_fields)
    assert settings.site.model_fields_set == set(SiteSettings.model_fields)
    assert settings.theme.model_fields_set == set(ThemeSettings.model_fields)
    assert settings.theme.colours.model_fields_set == set(ThemeColours.model_fields)
    assert settings.check.model_fields_set == set(CheckSettings.model_fields)
    (folder,) = settings.check.folder
    assert folder.model_fields_set == set(CheckFolder.model_fields)


def test_configuration_has_every_rule_about_files() -> None:
    text = (DOCS / "configuration.md").read_text()
    assert set(re.findall(r"^\| `([a-z]+-[a-z-]+)` \|", text, re.M)) == set(FILE_RULES)
