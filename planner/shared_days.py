"""Which sessions of a promotion may share a day: rows about a day bind tighter where they may not."""

from collections.abc import Container
from typing import NamedTuple

from planner.problem import Promotion


class DayClass(NamedTuple):
    """Steps between two that are settled, by how many of those before may be on the same day."""

    segment: int
    following: int


def day_classes(promotion: Promotion, settled: Container[str]) -> dict[str, DayClass]:
    """A class for each sequence: those of one class are always placed on different days.

    A step is on a later day than the one before it unless its `min_days` is 0, and an intervention
    than every step: only steps that may follow on the same day, and interventions, are told apart.
    Over a step that is settled (done, or kept where it is) that says nothing: the step after it may be
    placed although one before it is missing.
    """
    found: dict[str, DayClass] = {}
    segment = following = interventions = 0
    for sequence in promotion.sequences:
        if sequence.intervention:
            found[sequence.id] = DayClass(0, interventions)
            interventions += 1
            continue
        following = 0 if sequence.min_days else following + 1
        if sequence.id in settled:
            segment, following = segment + 1, 0
        found[sequence.id] = DayClass(segment, following)
        if sequence.id in settled:
            segment += 1
    return found
