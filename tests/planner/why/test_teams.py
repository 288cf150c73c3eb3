"""Teams are judged by counting people: the same answer as by listing every team, and for teams too many to list."""

from random import Random

import msgspec
import pytest

from planner.plan import Plan
from planner.problem import Absence, Accreditation, Problem, StaffMember
from planner.suggest import suggest
from planner.wanted import Wanted
from planner.why.blocking import smallest_blocking
from planner.why.spots import asking, spots
from planner.why_not import Explainer, families_of, why_not
from tests.planner.build import (
    at,
    cadence,
    day,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
)

VISITS = Wanted(cadence="visits")
HALVES = {"am": ("08:00", "13:00"), "pm": ("13:00", "19:00")}


def away(on: int, half: str, number: int) -> Absence:
    start, end = HALVES[half]
    return Absence(id=f"a{number}", starts_at=at(day(on), start), ends_at=at(day(on), end))


def team_month(seed: int, people: int = 5, days: int = 2) -> Problem:
    """A permanence of two or three at a prison; some are absent, some may not enter, few have the skill."""
    dice = Random(f"team {seed}")
    staff = tuple(
        person(
            f"P{rank:02}",
            skills=("job",) if dice.random() < 0.4 else (),
            accreditations=(Accreditation(site="prison"),) if dice.random() < 0.6 else (),
            absences=tuple(
                away(2 + index // 2, ("am", "pm")[index % 2], index)
                for index in range(2 * days)
                if dice.random() < 0.4
            ),
        )
        for rank in range(people)
    )
    asked = cadence(staff_count=dice.choice((2, 3)), skills=("job",) if dice.random() < 0.6 else ())
    return problem(
        first_on=day(2),
        last_on=day(1 + days),
        sites=(site(demands_accreditation=True),),
        staff=staff,
        cadences=(asked,),
    )


@pytest.mark.parametrize("seed", range(40))
def test_counting_people_says_what_listing_teams_says(seed: int) -> None:
    facts = team_month(seed)
    explainer = Explainer(facts, Plan())
    found, ask = explainer.why_not(VISITS), asking(explainer.view, VISITS)
    assert (found.status == "crowded") == bool(explainer.free(ask))
    if found.status == "impossible":
        listed = smallest_blocking(families_of(explainer.decided, ask, spots(explainer.view, ask)))
        assert (len(found.facts), found.is_smallest) == (len(listed.facts), True)
        assert found.is_complete


def test_the_months_hold_both_answers() -> None:
    found = {why_not(team_month(seed), Plan(), VISITS).status for seed in range(40)}
    assert found == {"impossible", "crowded"}


def planted(size: int, absent: tuple[str, ...]) -> Problem:
    """Thirty people, one morning: one too few may enter and are there, the others lack one of both."""
    allowed = {f"P{rank:02}" for rank in range(size + len(absent) - 1)}
    staff = tuple(
        person(
            name,
            accreditations=(Accreditation(site="prison"),) if name in allowed else (),
            absences=(away(2, "am", rank),) if name in absent else (),
        )
        for rank, name in enumerate(f"P{rank:02}" for rank in range(30))
    )
    asked, where = cadence(staff_count=size, length="am"), site(demands_accreditation=True)
    return problem(first_on=day(2), last_on=day(2), sites=(where,), staff=staff, cadences=(asked,))


@pytest.mark.parametrize(("size", "absences"), [(3, 1), (3, 2), (4, 3), (5, 2)])
def test_a_planted_conflict_of_a_large_team_is_minimal(size: int, absences: int) -> None:
    absent = tuple(f"P{rank:02}" for rank in range(absences))
    facts = planted(size, absent)
    found = why_not(facts, Plan(), VISITS)
    assert (found.status, found.is_smallest, found.is_complete) == ("impossible", True, True)
    assert len(found.facts) == 30 - size + 1
    for one in found.facts:
        staff = tuple(freed(member) if member.id == one.staff else member for member in facts.staff)
        assert suggest(msgspec.structs.replace(facts, staff=staff), Plan(), VISITS, count=1), one


def freed(member: StaffMember) -> StaffMember:
    return msgspec.structs.replace(member, absences=(), accreditations=(Accreditation(site="prison"),))


def test_who_has_to_leave_for_a_large_team_is_proven_where_nobody_is_free() -> None:
    """Twelve people, each at the annex with two others all day: one of these four has to go, and that is enough."""
    names = [f"P{rank:02}" for rank in range(12)]
    teams = [tuple(names[first : first + 3]) for first in range(0, 12, 3)]
    held = [permanence(day(2), "am", *team, cadence=f"annex-{number}") for number, team in enumerate(teams)]
    facts = problem(
        first_on=day(2),
        last_on=day(2),
        sites=(site("prison"), site("annex")),
        staff=tuple(person(name) for name in names),
        cadences=(
            cadence(staff_count=3, length="am"),
            *(cadence(f"annex-{number}", site="annex", staff_count=3) for number in range(4)),
        ),
    )
    found = why_not(facts, plan(*held), VISITS)
    assert (found.status, len(found.leave), found.is_fewest) == ("crowded", 1, True)


def test_whoever_does_not_lead_is_hindered_by_nothing_but_what_is_in_the_way_of_the_team() -> None:
    """A, who leads, holds another permanence, and so do six others; of the five who are free each could join A."""
    names = ["A", *(f"P{rank:02}" for rank in range(1, 12))]
    busy = [permanence(day(2), "pm", name, cadence=f"annex-{name}") for name in names[:7]]
    facts = problem(
        first_on=day(2),
        last_on=day(2),
        sites=(site("prison"), site("annex")),
        staff=tuple(person(name) for name in names),
        promotions=(promotion(sequence("one", from_on=day(2), until_on=day(2))),),
        cadences=(
            cadence(follows="spring", asked=0, length="pm", staff_count=2),
            *(cadence(f"annex-{name}", site="annex", length="pm") for name in names[:7]),
        ),
    )
    held = plan(session("one", day(2), "09:00", "11:00", staff=("A",)), *busy)
    found = why_not(facts, held, VISITS)
    assert (found.status, len(found.leave), found.is_fewest, found.is_complete) == ("crowded", 1, True, True)
