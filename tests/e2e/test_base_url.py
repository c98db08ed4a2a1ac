"""`vsmdocs build --base-url`: an address that only whoever publishes knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.repositories import a_map
from vsmdocs.__main__ import main


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an address of its own, in which the test stands."""
    (tmp_path / "vsmdocs.toml").write_text('[site]\nbase_url = "https://example.org/old/"\n')
    (tmp_path / "maps/delivery").mkdir(parents=True)
    (tmp_path / "maps/delivery/current.md").write_text(a_map())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_goes_before_the_settings(project: Path) -> None:
    page = project / "site/index.html"
    assert main(["build"]) == 0
    assert "https://example.org/old/" in page.read_text()
    assert main(["build", "--base-url", "https://acme.github.io/streams"]) == 0
    text = page.read_text()
    assert "https://acme.github.io/streams/" in text
    assert "example.org" not in text
    assert main(["build"]) == 0
    assert "https://example.org/old/" in page.read_text()


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "https://ada:pw@example.org/", "https://a b/", "/x"]
)
def test_what_is_no_address_is_refused(
    project: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--base-url", address]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Error: --base-url ")
    assert "; " in said
    assert not (project / "site").exists()
