"""The rules that a file must keep to be read at all, each with what it is about.

Ids are never reused. Everything here is an error; advice on maps that can be read lives in
`vsmdocs.analysis.lint`, and so does the catalogue of all rules.
"""

from __future__ import annotations

from vsmdocs.reading.rule_info import RuleInfo
from vsmdocs.reading.rules.files import FILE
from vsmdocs.reading.rules.parts import PARTS
from vsmdocs.reading.rules.syntax import SYNTAX
from vsmdocs.reading.rules.values import VALUES

READING_RULES: dict[str, RuleInfo] = {rule.id: rule for rule in (*FILE, *SYNTAX, *VALUES, *PARTS)}

__all__ = ["READING_RULES"]
