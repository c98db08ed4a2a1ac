"""The story's commits in order of time."""

from vsmdocs.demo.chapters import (
    first_gains,
    first_setback,
    guesses_and_figures,
    last_months,
    second_half,
)

ENTRIES = (
    *guesses_and_figures.ENTRIES,
    *first_gains.ENTRIES,
    *first_setback.ENTRIES,
    *second_half.ENTRIES,
    *last_months.ENTRIES,
)
