"""The occurrences of cadences that a closure or a holiday takes away, in words: one line a cadence."""

from collections import defaultdict
from collections.abc import Callable
from itertools import islice

from planner.closed import Closed, closed_occurrences
from planner.plan import Plan
from planner.problem import Cadence, Problem
from service.catalogue import counted, gettext, text
from service.french_text import listed, weekday_and_day
from service.messages.reasons import DETAILS

MOST_DATES = 6


def closed_lines(problem: Problem, plan: Plan, name: Callable[[Cadence], str]) -> tuple[str, ...]:
    """In the order of the first date; `name` is what the reader calls a cadence."""
    cadences = {cadence.id: cadence for cadence in problem.cadences}
    found: dict[str, list[Closed]] = defaultdict(list)
    for one in closed_occurrences(problem, plan):
        found[one.cadence].append(one)
    return tuple(
        text("{what} : {dates}", what=name(cadences[code]), dates=_dates(several))
        for code, several in found.items()
    )


def _dates(several: list[Closed]) -> str:
    told = [_date(one) for one in islice(several, MOST_DATES)]
    left = len(several) - len(told)
    return listed([*told, counted("{n} autre", "{n} autres", left)] if left > 0 else told)


def _date(one: Closed) -> str:
    causes = listed(gettext(DETAILS["site_open"][code]) for code in one.codes)
    return text("{day} ({causes})", day=weekday_and_day(one.on), causes=causes)
