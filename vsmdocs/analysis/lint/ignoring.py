"""Comments in a map that switch rules off: `# vsmdocs: ignore[longest-wait] reason`.

One holds for its own line, alone on a line for the next one that is no comment, and above the
first key for the whole file. A reason is asked for, because the next reader will ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from vsmdocs.analysis.lint.rule import Rule
from vsmdocs.analysis.lint.subject import Document
from vsmdocs.errors import Finding
from vsmdocs.model.units import nearest
from vsmdocs.reading.comments import Comment
from vsmdocs.reading.rule_info import RuleInfo

_MARK = "vsmdocs:"
_MEANT = re.compile(r"vsmdocs:\s*(?:ignore\b|[a-z]+\s*\[)", re.IGNORECASE)
_IGNORE = re.compile(r"vsmdocs:\s*ignore\[([^\]]*)\]\s*(.*)", re.DOTALL)
_WRITE = "write # vsmdocs: ignore[longest-wait] and the reason, say"
_MOST = 100
"""Findings about the comments of one file, and no more guesses at what was meant either."""

_STEPS = "steps:\n  - id: build\n    process_time: 2d\n  - id: review\n"
_WAIT = "    wait_time: 3d\n"


def _rule(id: str, *, summary: str, reason: str, bad: str, good: str, advice: bool = False) -> Rule:
    return Rule(
        id=id,
        group="structure",
        severity="info" if advice else "warning",
        summary=summary,
        reason=reason,
        bad=bad,
        good=good,
        firm=True,
    )


BAD_IGNORE = _rule(
    "bad-ignore",
    summary="A comment that is to switch off a rule is written so that it can.",
    reason="A comment that is nearly right would do nothing, and its writer believes that it "
    "does. What keeps a map from being read or calculated cannot be switched off.",
    bad=_STEPS + "    # vsmdocs: ignore unknown-time, we measure it in May\n" + _WAIT,
    good=_STEPS + "    # vsmdocs: ignore[unknown-time] we measure it in May\n" + _WAIT,
)
IGNORE_WITHOUT_REASON = _rule(
    "ignore-without-reason",
    summary="A comment that switches off a rule says why.",
    reason="The next reader asks why this is fine, and the one who knew may be gone. Without a "
    "reason nothing is switched off.",
    bad=_STEPS + "    # vsmdocs: ignore[unknown-time]\n" + _WAIT,
    good=_STEPS + "    # vsmdocs: ignore[unknown-time] we measure it in May\n" + _WAIT,
)
UNKNOWN_RULE = _rule(
    "unknown-rule",
    summary="A comment that switches off a rule names one that exists.",
    reason="A rule whose name is misspelled stays on, and what it finds seems to come from "
    "nowhere.",
    bad=_STEPS + "    # vsmdocs: ignore[unknown-times] we measure it in May\n" + _WAIT,
    good=_STEPS + "    # vsmdocs: ignore[unknown-time] we measure it in May\n" + _WAIT,
)
UNUSED_IGNORE = _rule(
    "unused-ignore",
    summary="A comment that switches off a rule has something to switch off.",
    reason="A comment that outlived its cause would hide the next one, which nobody has looked at.",
    bad=_STEPS + "    # vsmdocs: ignore[unknown-time] we measure it in May\n"
    "    process_time: 2h\n" + _WAIT,
    good=_STEPS + "    process_time: 2h\n" + _WAIT,
    advice=True,
)
COMMENT_RULES = (BAD_IGNORE, IGNORE_WITHOUT_REASON, UNKNOWN_RULE, UNUSED_IGNORE)


@dataclass(frozen=True, slots=True)
class _Ignore:
    """One rule that one comment switches off somewhere."""

    rule: str
    comment: Comment
    line: int
    """Of what it is about; 0 for the whole file."""


def without_ignored(
    document: Document,
    found: Iterable[Finding],
    rules: Iterable[Rule],
    unjudged: Collection[str] = (),
) -> list[Finding]:
    """Return the findings of a map that no comment switches off, and what is wrong with comments.

    Parameters
    ----------
    rules
        Those that were asked.
    unjudged
        Rules that had not what they need, so that nobody knows whether they would find anything.
    """
    findings = list(found)
    comments = [c for c in document.comments(_MARK) if _MEANT.match(c.text)]
    if not comments:
        return findings
    asked = {rule.id: rule for rule in rules}
    wrong: list[Finding] = []
    ignores = list(_ignores(document, comments, asked, wrong))
    by_place: dict[tuple[str, int], list[_Ignore]] = {}
    for ignore in ignores:
        by_place.setdefault((ignore.rule, ignore.line), []).append(ignore)
    used: set[_Ignore] = set()
    kept = []
    for finding in findings:
        matching = [
            ignore
            for line in (finding.line, 0)
            for ignore in by_place.get((finding.rule, line), ())
        ]
        used.update(matching)
        if not matching:
            kept.append(finding)
    for ignore in ignores:
        if ignore not in used and ignore.rule not in unjudged:
            where = "in this file" if not ignore.line else f"in line {ignore.line}"
            message = f"“{ignore.rule}” finds nothing {where}"
            hint = "remove the comment, or move it to the line that the finding names"
            wrong.append(_finding(document, ignore.comment, UNUSED_IGNORE, message, hint))
    return kept + sorted(wrong)[:_MOST]


def _ignores(
    document: Document, comments: list[Comment], asked: dict[str, Rule], wrong: list[Finding]
) -> Iterator[_Ignore]:
    """Yield what comments switch off, and add to `wrong` what keeps others from doing so."""
    # Only now: nearly no map has such a comment, and there are many words about rules.
    from vsmdocs.analysis.lint.catalogue import find_rule

    alone = {comment.line for comment in document.comments("") if comment.alone}
    guesses = 20
    for comment in comments:
        written = _IGNORE.match(comment.text)
        names = [name.strip() for name in written[1].split(",")] if written else []
        if written is None or not all(names):
            wrong.append(
                _finding(document, comment, BAD_IGNORE, "this switches off no rule", _WRITE)
            )
            continue
        line = comment.line
        if comment.alone and comment.line < document.first_key_line:
            line = 0
        elif comment.alone:
            while line in alone:
                line += 1
        for name in dict.fromkeys(names):
            about = asked.get(name) or find_rule(name)
            if about is None:
                near = _near(name) if guesses > 0 else None
                guesses -= 1
                hint = f"did you mean {near}?" if near else "vsmdocs rules lists them"
                wrong.append(
                    _finding(
                        document, comment, UNKNOWN_RULE, f"there is no rule “{name[:60]}”", hint
                    )
                )
            elif about.firm:
                wrong.append(
                    _finding(
                        document,
                        comment,
                        BAD_IGNORE,
                        f"“{name}” cannot be switched off",
                        f"mend what it finds; vsmdocs explain {name} says why it matters",
                    )
                )
            elif written[2].strip():
                yield _Ignore(name, comment, line)
        if not written[2].strip():
            wrong.append(
                _finding(
                    document,
                    comment,
                    IGNORE_WITHOUT_REASON,
                    "nothing says why, so nothing is switched off",
                    f"write the reason behind it: # {comment.text[:80]} because …",
                )
            )


def _near(name: str) -> str | None:
    from vsmdocs.analysis.lint.catalogue import every_rule

    return nearest(name, tuple(rule.id for rule in every_rule() if not rule.firm))


def _finding(
    document: Document, comment: Comment, rule: RuleInfo, message: str, hint: str
) -> Finding:
    return Finding(
        document.path,
        comment.line,
        comment.column,
        rule.id,
        rule.severity,
        message,
        hint,
        end_column=len(comment.source_line.rstrip()) + 1,
        source_line=comment.source_line,
    )
