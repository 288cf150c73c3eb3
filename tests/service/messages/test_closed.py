"""What a closure or a holiday takes away is told by cadence, with its dates and causes."""

from datetime import date

from planner.plan import Plan
from planner.problem import Closure, Problem
from service.messages.closed import closed_lines
from tests.planner.build import bureau, cadence, day, problem, site

WORKS = Closure(id="works", from_on=day(9), until_on=day(9))


def lines(facts: Problem) -> list[str]:
    told = closed_lines(facts, Plan(), lambda one: f"Permanence {one.id}")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in told]


def test_each_cadence_has_one_line_with_its_dates_and_their_cause() -> None:
    weekly = cadence("gagny", asked=0, weekdays=(1,))
    facts = problem(cadences=(weekly,), sites=(site(closures=(WORKS,)), bureau()), holidays=(day(30),))
    assert lines(facts) == ["Permanence gagny : lundi 9 (fermeture) et lundi 30 (jour férié)"]


def test_where_nothing_is_closed_nothing_is_told() -> None:
    assert lines(problem(cadences=(cadence(asked=0, weekdays=(1,)),))) == []


def test_many_dates_are_counted() -> None:
    sundays = problem(cadences=(cadence(asked=0, weekdays=(7,)),), last_on=date(2026, 5, 31))
    (line,) = lines(sundays)
    assert line.endswith("et 8 autres")
