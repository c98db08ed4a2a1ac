"""Advice on maps that can be read: one rule, one function, and one catalogue of them."""

from vsmdocs.analysis.lint.catalogue import RULES, Rule
from vsmdocs.analysis.lint.run import run
from vsmdocs.analysis.lint.subject import Document, Subject, calculation_finding

__all__ = ["RULES", "Document", "Rule", "Subject", "calculation_finding", "run"]
