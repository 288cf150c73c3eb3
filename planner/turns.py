"""The searches of a level, in the order in which they take their turns."""

from typing import NamedTuple

from planner.plan import LEVEL_NAMES


class Turn(NamedTuple):
    """One of the searches of a level: among plans at the relaxation's bound only, or all better ones.

    `ahead`: meanwhile the other solver is at a later level, supposing that this one reaches that bound.
    `doubled`: nothing else is searched, a third kind of solver begins the same beside the other.
    """

    scouts: bool
    units: float | None
    roams: bool
    ahead: bool = False
    doubled: bool = False


SCOUT = Turn(scouts=True, units=2.0, roams=False)
RACING = (SCOUT, Turn(scouts=False, units=None, roams=True))
"""Another solver proves meanwhile."""
ROAM = Turn(scouts=False, units=3.0, roams=True)
FORESEEING = (SCOUT._replace(ahead=True), ROAM._replace(ahead=True))
"""Before those of RACING, while the relaxation may be right."""
DOUBLED = Turn(scouts=False, units=None, roams=False, doubled=True)
PROVING = (ROAM, DOUBLED, RACING[1])
"""Where no scout is of use and the proof may take long by chance."""
PROVING_AT_ONCE = (DOUBLED, RACING[1])
"""Where the plan at hand is nearly always the best already."""
DOUBLED_SHARE = 0.4
"""Of the time left, how long nobody looks for better plans while a proof runs twice."""
ALONE = (SCOUT, ROAM, Turn(scouts=False, units=None, roams=False))

SOON = LEVEL_NAMES[:3]
"""Levels whose scout nearly always ends before the second solver has its question."""
EASY = ("unmet_rest", "continuity")
"""Levels whose relaxation nearly always says what the best plan reaches."""
HARD = "fairness"
"""The level after them: it is asked on the ground that they are about to leave, while they are searched."""
ROUGH = ("fairness", "comfort")
"""Levels whose relaxation seldom says what the best plan reaches: no use to look there."""


def turns(name: str, rough: tuple[Turn, ...], *, looked_near: bool, is_misled: bool) -> tuple[Turn, ...]:
    """Those of a level while another solver may prove it; `rough` where its relaxation says little.

    `looked_near`: a good plan on all ordinary levels was looked for already; `is_misled`: what the
    relaxations say together turned out to be out of reach.
    """
    if looked_near and name in (*EASY, *ROUGH):
        return PROVING_AT_ONCE
    if name in ROUGH:
        return rough
    return (*FORESEEING, *RACING[1:]) if name in EASY and not is_misled else RACING
