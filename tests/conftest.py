"""What every kind of test shares: whole-output goldens and hypothesis profiles."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"

#: What the `golden` fixture is, for annotations in tests.
Golden = Callable[[str, str, str], None]

settings.register_profile("default", max_examples=60, deadline=None)
settings.register_profile(
    "ci",
    max_examples=150,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write today's output to tests/golden/ instead of comparing with it",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(case, name, text)` compares `text` with all of tests/golden/<case>/<name>."""
    update = bool(request.config.getoption("--update-goldens"))

    def compare(case: str, name: str, text: str) -> None:
        path = GOLDEN / case / name
        got = text.encode()
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != got:
                path.write_bytes(got)
            return
        shown = path.relative_to(GOLDEN.parent.parent).as_posix()
        if not path.exists():
            pytest.fail(f"{shown} does not exist; `make golden` writes it", pytrace=False)
        want = path.read_bytes()
        if got != want:
            pytest.fail(_difference(shown, want, got), pytrace=False)

    return compare


def _difference(shown: str, want: bytes, got: bytes) -> str:
    """Show the first lines of what changed, line ends included where only they did."""
    before, after = (side.decode(errors="backslashreplace") for side in (want, got))
    if before.splitlines() == after.splitlines():
        before, after = (
            "\n".join(repr(line) for line in side.splitlines(keepends=True))
            for side in (before, after)
        )
    lines = list(
        difflib.unified_diff(
            before.splitlines(), after.splitlines(), shown, "this run", lineterm="", n=2
        )
    )
    more = [f"... and {len(lines) - 120} lines more"] if len(lines) > 120 else []
    hint = "`make golden` accepts the change; look at the diff before you commit it"
    return "\n".join([f"{shown} differs", *lines[:120], *more, hint])
