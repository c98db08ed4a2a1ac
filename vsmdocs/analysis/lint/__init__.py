"""Advice on maps that can be read: one rule, one function, and one catalogue of them."""

from vsmdocs.analysis.lint.catalogue import RULES, Rule
from vsmdocs.analysis.lint.run import identities, run
from vsmdocs.analysis.lint.subject import Document, Identity, Subject, calculation_finding

__all__ = [
    "RULES",
    "Document",
    "Identity",
    "Rule",
    "Subject",
    "calculation_finding",
    "identities",
    "run",
]
