"""Which sessions of a promotion may share a day: rows about a day bind tighter where they may not."""

from planner.problem import Promotion


def turns(promotion: Promotion) -> dict[str, int]:
    """A number for each sequence: those with one number are always placed on different days.

    A step is on a later day than the one before it unless its `min_days` is 0, and an intervention
    than every step: only steps that may follow on the same day, and interventions, are told apart.
    """
    found: dict[str, int] = {}
    turn = interventions = 0
    for sequence in promotion.sequences:
        if sequence.intervention:
            found[sequence.id] = interventions
            interventions += 1
        else:
            turn = 0 if sequence.min_days else turn + 1
            found[sequence.id] = turn
    return found
