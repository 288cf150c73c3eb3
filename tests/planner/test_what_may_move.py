"""What a re-plan moves of what is published: for a compulsory session, a permanence, an urgent interview, and for nothing less."""

import pytest

from planner.plan import Plan
from planner.problem import Problem, Wish
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    day,
    interview,
    need,
    office,
    openings,
    person,
    plan,
    problem,
    promotion,
    sequence,
    site,
)
from tests.planner.test_solver_edges import planned

PUBLISHED = plan(office(), interview())
"""A meets somebody at the bureau on Monday at nine, in its only slot; on Tuesday there is another."""
BEGINNINGS = (openings(to_hour="10:00")[0], openings(to_hour="10:00")[2])


def two_days(*needs: object, **changes: object) -> Problem:
    """Monday and Tuesday, one slot each; what is published may stand on either."""
    given = {
        "first_on": MONDAY,
        "last_on": day(3),
        "sites": (site(openings=openings()[:1]), bureau(openings=BEGINNINGS)),
        "staff": (person(),),
        "interviews": (need(sites=("bureau",)), *needs),
        "published": PUBLISHED,
    }
    return problem(**{**given, **changes})


def moved_in(found: Plan) -> bool:
    """Whether the published interview is on Tuesday."""
    (start,) = (one.starts_at for one in found.interviews if one.need == "n1")
    assert start.date() in (MONDAY, day(3))
    return start.date() != MONDAY


def moves(facts: Problem) -> bool:
    return moved_in(planned(facts))


def on_monday(**changes: object) -> object:
    return need("n2", until_on=MONDAY, sites=("bureau",), **changes)


@pytest.mark.parametrize(("priority", "moved"), [("urgent", True), ("normal", False), ("flexible", False)])
def test_an_urgent_interview_moves_another_and_an_ordinary_one_does_not(priority: str, moved: bool) -> None:
    found = planned(two_days(on_monday(priority=priority)))
    assert moved_in(found) is moved
    assert len(found.interviews) == 1 + moved


def test_an_ordinary_interview_moves_nothing_however_often_it_was_missed() -> None:
    assert not moves(two_days(on_monday(misses=1_000)))


def test_a_permanence_moves_an_interview() -> None:
    found = planned(two_days(cadences=(cadence(length="am"),)))
    assert moved_in(found)
    assert len(found.permanences) == 1


def test_a_permanence_beyond_what_is_asked_moves_nothing() -> None:
    assert not moves(two_days(cadences=(cadence(asked=0, up_to=1),)))


@pytest.mark.parametrize("compulsory", [True, False])
def test_a_compulsory_session_moves_an_interview_and_an_optional_one_does_not(compulsory: bool) -> None:
    group = promotion(sequence("s1", compulsory=compulsory))
    found = planned(two_days(promotions=(group,)))
    assert moved_in(found) is compulsory
    assert len(found.sessions) == compulsory


def test_neither_wishes_nor_travel_nor_waiting_move_anything() -> None:
    avoiding = person(wishes=(Wish(on=MONDAY, half_day="am", wish="avoid"),))
    assert not moves(two_days(staff=(avoiding,), weights={"avoid": 1_000_000}))


def test_what_fits_without_moving_anything_is_added() -> None:
    found = planned(two_days(need("n2", sites=("bureau",))))
    assert not moved_in(found)
    assert len(found.interviews) == 2


def test_what_is_frozen_does_not_move_for_an_urgent_one_either() -> None:
    assert not moves(two_days(on_monday(priority="urgent"), notice_days=1))
