"""What changed between two versions of a map, in terms of the stream, and what each change did."""

from vsmdocs.analysis.diff.change import (
    FIGURES,
    Change,
    CountedLater,
    Effect,
    Kind,
    OffPath,
    Place,
    PlacedStep,
    Times,
)
from vsmdocs.analysis.diff.compare import MapDiff, diff, invert
from vsmdocs.analysis.diff.draft import apply_changes
from vsmdocs.analysis.diff.matching import match_steps
from vsmdocs.analysis.diff.wiring import FlowEdit, Fork, Way

__all__ = [
    "FIGURES",
    "Change",
    "CountedLater",
    "Effect",
    "FlowEdit",
    "Fork",
    "Kind",
    "MapDiff",
    "OffPath",
    "Place",
    "PlacedStep",
    "Times",
    "Way",
    "apply_changes",
    "diff",
    "invert",
    "match_steps",
]
