"""In which formats findings are wanted, and where each of them goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from os.path import abspath
from pathlib import Path, PurePosixPath

from vsmdocs.errors import Finding, Severity, UsageError
from vsmdocs.model.units import nearest
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.files import printable

FORMATS = ("text", "json", "github", "sarif", "gitlab", "junit")
_OF_THE_REPOSITORY = ("github", "sarif", "gitlab")
"""Formats whose readers know a file by its path from the top of the repository."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing to write."""

    format: str
    file: Path | None = None
    """None for standard output."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell, in whatever format."""

    findings: Sequence[Finding]
    files: Sequence[str]
    """What was checked."""
    fail_on: Severity


def parse_outputs(words: Sequence[str], start: Path) -> list[Output]:
    """Read what was asked for, such as `sarif:out.sarif`; files are relative to `start`.

    Where every format goes into a file, text goes to standard output besides: whoever looks
    at a log wants to see what is wrong.

    Raises
    ------
    UsageError
        When there is no such format, or two go to the same place.
    """
    outputs = [_output(word, start) for word in words]
    if not any(output.file is None for output in outputs):
        outputs.append(Output("text"))
    places = [output.file for output in outputs]
    for place in places:
        if places.count(place) > 1 and place is None:
            raise UsageError(
                "only one format can go to standard output: give the others a file, as in "
                f"-f {words[-1]}:findings.{words[-1]}"
            )
        if places.count(place) > 1:
            raise UsageError(f"two formats cannot go into one file, {printable(str(place))}")
    return outputs


def _output(word: str, start: Path) -> Output:
    name, colon, file = word.partition(":")
    if name not in FORMATS:
        near = nearest(name, FORMATS)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(FORMATS)}"
        raise UsageError(f"{name[:60]!r} is no format; {hint}")
    if colon and not file:
        raise UsageError(f"no file is named in {word!r}; write {name}:findings.{name}, say")
    return Output(name, start / file if file and file != "-" else None)


def write_outputs(
    outputs: Sequence[Output],
    told: Told,
    workspace: Workspace,
    put: Callable[[str], None],
    color: bool,
) -> None:
    """Write all that was asked for; files first, so that nobody reads of them too early.

    Raises
    ------
    UsageError
        When a file cannot be written.
    """
    for output in sorted(outputs, key=lambda one: one.file is None):
        told_here = told
        if output.format in _OF_THE_REPOSITORY:
            told_here = replace(told, findings=_from_top(workspace, told.findings))
        text = render(output.format, told_here, color and output.file is None)
        if output.file is None:
            put(text)
        else:
            write(output.file, text)


def write(file: Path, text: str) -> None:
    """Write a file that somebody named, whole or not at all, with its folders.

    Raises
    ------
    UsageError
        When it cannot be written.
    """
    from vsmdocs.workspace.writing import write_file

    try:
        write_file(file, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{printable(str(file))} cannot be written: {reason}") from None


def render(format: str, told: Told, color: bool = False) -> str:
    """Return findings in a format."""
    if format == "json":
        from vsmdocs.rendering.findings_json import findings_json

        return findings_json(told.findings)
    if format == "github":
        from vsmdocs.rendering.findings_github import findings_github

        return findings_github(told.findings)
    if format == "sarif":
        from vsmdocs.rendering.findings_sarif import findings_sarif

        return findings_sarif(told.findings)
    if format == "gitlab":
        from vsmdocs.rendering.findings_gitlab import findings_gitlab

        return findings_gitlab(told.findings)
    if format == "junit":
        from vsmdocs.rendering.findings_junit import findings_junit

        return findings_junit(told.findings, told.files, told.fail_on)
    from vsmdocs.rendering.findings_text import render_findings

    return render_findings(told.findings, color=color)


def _from_top(workspace: Workspace, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with paths from the top of the repository on."""
    repository = workspace.repository()
    prefix = repository.prefix if repository is not None else ""
    top = repository.work_tree if repository is not None else workspace.root
    names: dict[str, str] = {}
    for path in {finding.path for finding in findings}:
        names[path] = f"{prefix}{path}"
        # What lies outside of the project is named as somebody typed it.
        if path.startswith("/") or ".." in PurePosixPath(path).parts:
            whole = Path(abspath(workspace.start / path))  # noqa: PTH100 - links stay links
            inside = whole.is_relative_to(top)
            names[path] = whole.relative_to(top).as_posix() if inside else path
    return [replace(finding, path=names[finding.path]) for finding in findings]
