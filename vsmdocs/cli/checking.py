"""What is asked of a check on the command line and in the settings, and what comes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vsmdocs.analysis.baseline import Baseline, baseline_of, read_baseline, write_baseline
from vsmdocs.analysis.fingerprints import brought_in
from vsmdocs.analysis.policy import Policy, bad_name
from vsmdocs.cli.words import count
from vsmdocs.errors import ConfigError, Finding, UsageError
from vsmdocs.history.repository import Repository
from vsmdocs.site.own_checks import OwnChecked, check_own
from vsmdocs.workspace import Workspace
from vsmdocs.workspace.checking import UNKNOWN, Checked, before_change, check_commit, check_tree
from vsmdocs.workspace.checking import since as parted
from vsmdocs.workspace.files import UnreadableFile, printable, read_regular
from vsmdocs.workspace.workspace import Report

_MOST_BASELINE = 50_000_000
_MOST_OWN = 2_000_000
"""Bytes of a page, template or picture; a larger one is not shown anyway."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to check, and what of the findings to report."""

    paths: tuple[Path, ...]
    """None of them for all maps."""
    policy: Policy
    since: str
    """Empty for all findings."""
    baseline: Path | None
    """Where the findings are that are not reported."""
    write_to: Path | None
    """Where to put all findings, so that they are reported no more."""

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        paths: Sequence[Path] | None,
        select: Sequence[str] | None,
        ignore: Sequence[str] | None,
        since: str,
        baseline: Path | None,
        write_to: Path | None,
    ) -> Asked:
        """Put together what was typed and what is set.

        Raises
        ------
        UsageError
            When a rule is not known, or two options contradict each other.
        """
        settings = workspace.settings.check
        policy = settings.policy(_names("--select", select), _names("--ignore", ignore))
        if write_to is not None:
            for option, given in (("--baseline", baseline), ("--since", since), ("PATHS", paths)):
                if given:
                    raise UsageError(
                        "--write-baseline writes down all that is found in all maps: leave out "
                        f"{option}"
                    )
        file = workspace.start / baseline if baseline is not None else _set_baseline(workspace)
        return cls(
            tuple(paths or ()),
            policy,
            since,
            file if write_to is None else None,
            workspace.start / write_to if write_to is not None else None,
        )


def _names(option: str, words: Sequence[str] | None) -> list[str]:
    """Return the names of rules and groups in lists with commas."""
    names = [name.strip() for word in words or () for name in word.split(",")]
    for name in names:
        if wrong := bad_name(name):
            raise UsageError(f"{option}: {wrong[0]}; {wrong[1]}")
    return names


def _set_baseline(workspace: Workspace) -> Path | None:
    """Return the baseline of the settings, which come with the repository and stay inside it."""
    name = workspace.settings.check.baseline
    if name is None:
        return None
    file = workspace.root / name
    if not file.resolve().is_relative_to(workspace.root.resolve()):
        raise UsageError(
            f"the baseline {name} leads out of the project by a link; put the file itself there"
        )
    return file


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found."""

    findings: tuple[Finding, ...]
    """What is to be reported, in order."""
    files: tuple[str, ...]
    """What was checked."""
    hidden: int
    """How many more are in the baseline."""
    notes: tuple[str, ...]
    """What whoever asked should know besides."""


def check_maps(workspace: Workspace, asked: Asked, report: Report | None = None) -> Result:
    """Check maps, and leave out what is not wanted, not new, or in the baseline.

    Raises
    ------
    UsageError
        When there is nothing to check or to compare with, or the baseline is not there.
    ConfigError
        When the baseline cannot be used.
    """
    today = date.today()
    notes = [
        f"[[check.folder]] is about {folder.path}, and there is no such folder or map"
        for folder in workspace.settings.check.folder
        if not (workspace.root / folder.path).exists()
    ]
    baseline = _read(asked.baseline, workspace) if asked.baseline is not None else Baseline()
    compared = bool(asked.since)
    checked = check_tree(workspace, today, asked.paths, report=report, documents_too=compared)
    # Whoever names maps asks of them alone.
    own = OwnChecked((), ()) if asked.paths else check_own(workspace, checked.files)
    wanted = asked.policy.apply([*checked.findings, *own.findings])
    if asked.write_to is not None:
        from vsmdocs.cli.check_outputs import write

        baseline = baseline_of(wanted)
        write(asked.write_to, write_baseline(baseline))
        notes.append(
            f"{count(baseline.total, 'finding')} written to {_shown(asked.write_to, workspace)}"
        )
    findings = wanted
    if asked.since:
        findings = _brought_in(workspace, asked.since, checked, own, wanted, today, notes)
    told = set(baseline.new(wanted))
    shown_findings = tuple(finding for finding in findings if finding in told)
    rules = {path: asked.policy.chosen(path) for path in (*checked.files, *own.files)}
    if gone := baseline.outlived(wanted, rules, whole=not asked.paths):
        notes.append(
            f"{count(gone, 'finding')} of the baseline {'is' if gone == 1 else 'are'} there no "
            "more: write it anew with --write-baseline, so that it gets shorter"
        )
    hidden = len(findings) - len(shown_findings)
    return Result(shown_findings, checked.files, hidden, tuple(notes))


def _brought_in(
    workspace: Workspace,
    name: str,
    checked: Checked,
    own: OwnChecked,
    wanted: Sequence[Finding],
    today: date,
    notes: list[str],
) -> list[Finding]:
    """Return what of the findings is new since this branch left a commit."""
    repository = workspace.repository()
    if repository is None:
        raise UsageError("--since compares with a commit, and there is no git repository here")
    commit = parted(workspace, repository, name)
    base = check_commit(workspace, repository, commit, today, checked.documents)
    before = before_change(base, checked)
    for finding in before:
        if finding.rule == UNKNOWN and finding.path in checked.files:
            notes.append(
                f"{finding.path} as it was cannot be had, so all that is found in it counts as "
                f"new: {finding.message}"
            )
    # Pages and templates as they were are not checked: what is found in one that is the same now
    # was there before. What settings name and is not there ends every build, and always counts.
    paths = {finding.path for finding in own.findings if finding.rule != "settings-value"}
    same = _unchanged(workspace, repository, commit, paths)
    return brought_in(before, [one for one in wanted if one.path not in same])


def _unchanged(
    workspace: Workspace, repository: Repository, commit: str, paths: Collection[str]
) -> frozenset[str]:
    """Return which of these files of the project a commit has word for word."""
    if not paths:
        return frozenset()
    from vsmdocs.history.blobs import blob_ids
    from vsmdocs.history.trees import blobs_at
    from vsmdocs.workspace.own_files import read_own

    same = set()
    for path, blob in blobs_at(repository, commit, sorted(paths)).items():
        with suppress(UnreadableFile):
            if blob in blob_ids(read_own(workspace, path, _MOST_OWN)):
                same.add(path)
    return frozenset(same)


def _shown(file: Path, workspace: Workspace) -> str:
    """Name a file as somebody would type it."""
    inside = file.is_relative_to(workspace.start)
    return printable(str(file.relative_to(workspace.start) if inside else file))


def _read(file: Path, workspace: Workspace) -> Baseline:
    shown = _shown(file, workspace)
    try:
        text = read_regular(file, _MOST_BASELINE).decode("utf-8-sig")
    except UnreadableFile as error:
        if not file.exists():
            raise UsageError(
                f"there is no baseline {shown}; vsmdocs check --write-baseline {shown} writes one"
            ) from None
        raise UsageError(f"the baseline {shown} cannot be used: {error.message}") from None
    except UnicodeDecodeError:
        message, hint = "the file is not UTF-8 text", "write it anew with --write-baseline"
        found = Finding(shown, 0, 0, "baseline-syntax", "error", message, hint)
        raise ConfigError((found,)) from None
    return read_baseline(text, shown)
