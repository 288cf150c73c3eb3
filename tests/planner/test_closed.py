"""What falls on a closure or a holiday is not asked, and listed as closed."""

from datetime import date

import pytest

from planner.closed import Closed, closed_occurrences
from planner.problem import CadenceException, Closure, Problem
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    day,
    items,
    openings,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
)

EMPTY = plan()


def shut(on: int, half_day: str | None = None) -> tuple[object, ...]:
    """The prison closed on a day of March, and the bureau."""
    closure = Closure(id="works", from_on=day(on), until_on=day(on), half_day=half_day)
    return (site(closures=(closure,)), bureau())


def mondays(**changes: object) -> Problem:
    given = {"cadences": (cadence(asked=0, weekdays=(1,)),), "sites": shut(9), "holidays": (day(30),)}
    return problem(**{**given, **changes})


def test_a_weekly_cadence_lists_its_closed_dates_with_their_cause() -> None:
    closed = (Closed(day(9), "visits", ("closed",)), Closed(day(30), "visits", ("holiday",)))
    assert closed_occurrences(mondays(), EMPTY) == closed
    assert items(mondays(), EMPTY, "unmet_permanences") == {"visits": 3}


def test_that_an_afternoon_never_opens_is_no_news_on_a_holiday() -> None:
    mornings = (site(openings=openings()[::2]), bureau())
    facts = mondays(sites=mornings)
    assert closed_occurrences(facts, EMPTY) == (Closed(day(30), "visits", ("holiday",)),)


def test_what_is_asked_and_what_is_closed_are_all_dates_of_the_cadence() -> None:
    for weekdays in ((1,), (1, 7), (2, 3, 4)):
        facts = mondays(cadences=(cadence(asked=0, weekdays=weekdays),))
        every = sum(day(on).isoweekday() in weekdays for on in range(1, 32))
        asked = items(facts, EMPTY, "unmet_permanences")["visits"]
        assert asked + len(closed_occurrences(facts, EMPTY)) == every


@pytest.mark.parametrize(("length", "listed"), [("half", 0), ("pm", 0), ("am", 1), ("day", 1)])
def test_a_closed_half_day_is_listed_where_the_cadence_needs_it(length: str, listed: int) -> None:
    facts = mondays(
        cadences=(cadence(asked=0, weekdays=(1,), length=length),), sites=shut(9, "am"), holidays=()
    )
    assert len(closed_occurrences(facts, EMPTY)) == listed


def test_an_exception_comes_first() -> None:
    moved = cadence(
        asked=0,
        weekdays=(1,),
        exceptions=(CadenceException(on=day(9), to_on=day(10)), CadenceException(on=day(30))),
    )
    assert closed_occurrences(mondays(cadences=(moved,)), EMPTY) == ()


def test_a_cadence_that_follows_lists_the_closed_days_of_sessions() -> None:
    follows = cadence(asked=0, follows="spring", length="am")
    group = (promotion(sequence("s1"), sequence("s2")),)
    facts = mondays(cadences=(follows,), promotions=group, sites=shut(2, "am"))
    held = plan(session("s1", MONDAY, "14:00", "16:00"), session("s2", day(16), "14:00", "16:00"))
    assert closed_occurrences(facts, held) == (Closed(MONDAY, "visits", ("closed",)),)
    away = cadence(asked=0, follows="spring", exceptions=(CadenceException(on=MONDAY, to_on=day(8)),))
    assert closed_occurrences(mondays(cadences=(away,), promotions=group), held) == (
        Closed(day(8), "visits", ("no_opening",)),
    )
    out = cadence(
        asked=0, follows="spring", exceptions=(CadenceException(on=MONDAY, to_on=date(2026, 4, 6)),)
    )
    assert closed_occurrences(mondays(cadences=(out,), promotions=group), held) == ()


def test_a_monthly_cadence_asks_for_no_date_in_particular() -> None:
    assert closed_occurrences(mondays(cadences=(cadence(asked=2),)), EMPTY) == ()
