"""Which sessions of a promotion may share a day: rows about a day bind tighter where they may not."""

from planner.problem import Promotion


def day_classes(promotion: Promotion) -> dict[str, int]:
    """A class for each sequence: those of one class are always placed on different days.

    A step is on a later day than the one before it unless its `min_days` is 0, and an intervention
    than every step: only steps that may follow on the same day, and interventions, are told apart.
    """
    found: dict[str, int] = {}
    following = interventions = 0
    for sequence in promotion.sequences:
        if sequence.intervention:
            found[sequence.id] = interventions
            interventions += 1
        else:
            following = 0 if sequence.min_days else following + 1
            found[sequence.id] = following
    return found
