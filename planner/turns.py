"""The searches of a level, in the order in which they take their turns."""

from typing import NamedTuple

from planner.plan import LEVEL_NAMES, ORDINARY


class Turn(NamedTuple):
    """One of the searches of a level: among plans at the relaxation's bound only, or all better ones.

    `raced`: nothing else is searched, two other solvers look for the proof.
    """

    scouts: bool
    units: float | None
    roams: bool
    raced: bool = False


SCOUT = Turn(scouts=True, units=2.0, roams=False)
ROAM = Turn(scouts=False, units=3.0, roams=True)
ROAM_ON = ROAM._replace(units=None)
RACED = Turn(scouts=False, units=None, roams=False, raced=True)
RACED_SHARE = 0.6
"""Of the time left, how long nobody looks for better plans while a proof is raced for."""

RACING = (SCOUT, ROAM_ON)
"""Another solver proves meanwhile."""
PROVING = (ROAM, RACED, ROAM_ON)
"""Where no scout is of use and the proof may take long by chance."""
PROVING_AT_ONCE = (RACED, ROAM_ON)
"""Where the plan at hand is nearly always the best already."""
ALONE = (SCOUT, ROAM, Turn(scouts=False, units=None, roams=False))

SOON = LEVEL_NAMES[:3]
"""Levels whose scout nearly always ends before the second solver has its question."""
ROUGH = ("fairness", "comfort")
"""Levels whose relaxation seldom says what the best plan reaches: no use to look there."""


def turns(name: str, *, looked_near: bool) -> tuple[Turn, ...]:
    """Those of a level while another solver may prove it.

    `looked_near`: a good plan on all ordinary levels was looked for already.
    """
    if looked_near and name in ORDINARY:
        return PROVING_AT_ONCE
    return PROVING if name in ROUGH else RACING
