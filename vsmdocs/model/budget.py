"""A limit to the work that one map may cost, counted in steps of the algorithms, not in time.

A file of 1 MB can describe alternatives, loops and parallel work whose combinations would
take days. Counting operations gives the same answer on every machine; a clock would not.
"""

from __future__ import annotations

from vsmdocs.errors import CalculationError

MOST_OPERATIONS = 2_000_000
"""Two or three seconds; a map of 120 steps with ten loops takes a few thousand."""


class Budget:
    """What is left of the operations that a map may cost."""

    __slots__ = ("left", "where")

    def __init__(self, key: str = "flow", operations: int = MOST_OPERATIONS) -> None:
        self.left = operations
        self.where = (key,)
        """What an error is about: the alternatives or the loops."""

    def spend(self, operations: int) -> None:
        """Take operations off, or raise `CalculationError` where none are left."""
        self.left -= operations
        if self.left < 0:
            raise CalculationError(
                "too-complex",
                "the alternatives, loops and parallel work of this map combine to more cases "
                "than can be calculated",
                "use fewer alternatives, limited passes or loops, or split the map",
                self.where,
            )
