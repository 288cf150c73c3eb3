"""Questions about one missing thing, on one day with one person unless more is said, for tests."""

from typing import Any

from planner.plan import Plan
from planner.problem import (
    Absence,
)
from planner.wanted import Wanted
from planner.why_not import WhyNot, why_not
from tests.planner.build import (
    MONDAY,
    at,
    day,
    person,
    problem,
)

VISITS = Wanted(cadence="visits")


N1 = Wanted(need="n1")


ONE_DAY: dict[str, Any] = {"first_on": MONDAY, "last_on": MONDAY}


ONE_PERSON: dict[str, Any] = {"staff": (person("A"),)}


AWAY = Absence(id="leave", starts_at=at(MONDAY, "00:00"), ends_at=at(day(3), "00:00"))


def asked(wanted: Wanted, planned: Plan = Plan(), **facts: Any) -> WhyNot:  # noqa: B008 - plans are frozen
    return why_not(problem(**{**ONE_DAY, **ONE_PERSON, **facts}), planned, wanted)


def told(found: WhyNot) -> set[tuple[str, str]]:
    """(kind, what it is about) of each fact."""
    return {(fact.kind, fact.about or fact.staff or fact.site) for fact in found.facts}
