"""Where the difference of a goal comes from: what is placed, who takes over, which wish is kept."""

from datetime import UTC, datetime, time, timedelta

import msgspec

from planner.plan import LEVEL_NAMES
from planner.problem import Absence
from service.catalogue import NBSP
from service.pages.board.wishes import Wishes
from service.pages.comparison import compare
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem


def origins(before, after):
    """By goal, as the page tells them; every level is worth one less, so that each has something to tell."""
    lower = tuple(msgspec.structs.replace(one, value=one.value + 1) for one in before.levels)
    found = compare(sample_problem(), LABELS, msgspec.structs.replace(before, levels=lower), after)
    return [one.origin.replace(NBSP, " ") for one in found.goals]


def test_what_is_placed_more_is_counted():
    plan = sample_plan()
    fewer = msgspec.structs.replace(plan, permanences=plan.permanences[1:])
    assert "1 permanence de plus" in origins(fewer, plan)
    assert "1 permanence de moins" in origins(plan, fewer)


def test_who_takes_over_is_named_with_how_much():
    plan = sample_plan()
    first, *others = plan.permanences
    taken = msgspec.structs.replace(first, staff=("ZZ",))
    after = msgspec.structs.replace(plan, permanences=(taken, *others))
    (shares,) = [one for one in origins(plan, after) if one.startswith("permanences et séances")]
    assert "Z.Z. +1" in shares
    assert "−1" in shares
    assert "prix de 1 changement" in origins(plan, after)


def test_fairness_is_told_by_the_burden_that_changes_hands_where_everybody_holds_as_much():
    """A permanence of a middle day that moves to a Monday morning costs whoever holds it, and nobody has one more."""
    plan = sample_plan()
    first = next(one for one in plan.permanences if 1 < one.on.isoweekday() < 5)
    others = tuple(one for one in plan.permanences if one is not first)
    monday = first.on - timedelta(days=first.on.isoweekday() - 1)

    def fairness(changed):
        after = msgspec.structs.replace(plan, permanences=(changed, *others))
        return origins(plan, after)[LEVEL_NAMES.index("fairness")]

    moved = msgspec.structs.replace(first, on=monday, half_day="am")
    assert fairness(moved).startswith("lundis matin et vendredis après-midi : ")
    assert fairness(first) == "présences ou soldes de l’équipe changés depuis"


def test_a_goal_that_stays_has_no_origin():
    found = compare(sample_problem(), LABELS, sample_plan(), sample_plan())
    assert [one.origin for one in found.goals] == [""] * len(found.goals)


def test_a_wish_is_counted_over_the_worked_days_of_the_month():
    problem = sample_problem()
    kept = Wishes(problem, sample_plan())
    told = [kept.words(person.id, wish) for person in problem.staff for wish in person.wishes]
    assert told
    assert all(words.startswith("suivi ") for words in told if words)


def test_a_wish_is_not_counted_on_the_days_of_an_absence():
    problem = sample_problem()
    person, wish = next((one, wish) for one in problem.staff for wish in one.wishes if wish.weekday)
    month = Absence(
        id="conge",
        starts_at=datetime.combine(problem.first_on, time(0), UTC) - timedelta(days=1),
        ends_at=datetime.combine(problem.last_on, time(23), UTC) + timedelta(days=1),
    )
    away = msgspec.structs.replace(person, absences=(month,))
    staff = tuple(away if one.id == person.id else one for one in problem.staff)
    gone = msgspec.structs.replace(problem, staff=staff)
    assert Wishes(problem, sample_plan()).words(person.id, wish)
    assert Wishes(gone, sample_plan()).words(person.id, wish) == ""
