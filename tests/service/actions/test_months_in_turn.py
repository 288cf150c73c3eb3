"""Three months planned and published one after the other: each begins where the one before ended."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.plans import plan_file
from db.queries.territories import add_territory
from db.records.cadence import Cadence, Promotion, Sequence
from db.records.participant import Path
from db.records.territory import Stage, Territory
from planner.problem import Problem
from planner.problem_file import read_problem
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import RunOptions, request_plan
from service.actions.run_plan import run_plan
from tests.service.small_territory import ACTOR, FACTS, QuietQueue, QuietWatcher, solve_here

pytestmark = pytest.mark.usefixtures("database")

MONTHS = ((date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 31)),
          (date(2027, 1, 1), date(2027, 1, 31)))  # fmt: skip


def steps(count: int) -> tuple[Sequence, ...]:
    return tuple(
        Sequence(
            code=f"S{number}",
            title=f"Séance {number}",
            from_on=date(2026, 11, 16) + timedelta(days=14 * (number - 1)),
            until_on=date(2026, 11, 29) + timedelta(days=14 * (number - 1)),
            needs_room=False,
            min_days=7 if number > 1 else 1,
            max_days=28,
        )
        for number in range(1, count + 1)
    )


WEEKLY = Path(
    code="KM4821-o2r", programme="o2r", participant="KM4821", referent="AR", starts_on=date(2026, 11, 2),
    rhythm=(Stage(every_weeks=2, tolerance_weeks=0),), sites=("bureau",),
)  # fmt: skip
YEAR = msgspec.structs.replace(
    FACTS,
    needs=(),
    cadences=(
        Cadence(code="gagny-permanence", name="Permanence", site="gagny", asked=3, min_days=7),
        Cadence(code="gagny-soutien", name="Soutien", site="gagny", asked=1, length="am", min_days=20),
    ),
    paths=(WEEKLY,),
    promotions=(Promotion(code="sas-1", name="Promotion", site="gagny", seats=8, sequences=steps(5)),),
)


async def a_territory() -> Territory:
    territory = await add_territory(
        code="petite", name="Petite", zone="Europe/Paris", departements=("93",), settings={}
    )
    await store_facts(territory.id, YEAR)
    return territory


async def publish_month(territory: Territory, first_on: date, last_on: date) -> Problem:
    """Plans and publishes; the problem that the plan was made of."""
    options = RunOptions(today_on=first_on - timedelta(days=10), time_limit_seconds=30, workers=1)
    requested = await request_plan(territory, first_on, last_on, options, ACTOR, QuietQueue())
    plan = await run_plan(requested.id, QuietWatcher(), solve_here)
    await publish_plan(territory, plan.id, ACTOR)
    return read_problem(await plan_file(plan.id, "problem"))


async def dates_of(territory: Territory, kind: str, field: str, code: str) -> list[date]:
    found = await assignments_of(territory.id, Wanted(kinds=(kind,)))
    return sorted(one.held_on for one in found if getattr(one, field) == code)


def gaps(dates: list[date]) -> list[int]:
    return [(later - earlier).days for earlier, later in pairwise(dates)]


@pytest.mark.slow
async def test_each_month_begins_where_the_one_before_ended() -> None:
    territory = await a_territory()
    problems = [await publish_month(territory, *month) for month in MONTHS]

    permanences = await dates_of(territory, "permanence", "cadence", "gagny-permanence")
    assert len(permanences) == 9
    assert min(gaps(permanences)) >= 7
    monthly = await dates_of(territory, "permanence", "cadence", "gagny-soutien")
    assert len(monthly) == 3
    assert min(gaps(monthly)) >= 20

    sessions = await dates_of(territory, "session", "promotion", "sas-1")
    assert len(sessions) == 5
    assert all(7 <= days <= 28 for days in gaps(sessions))
    assert {on.month for on in sessions} == {11, 12, 1}
    done = [one.id for one in problems[2].promotions[0].sequences if one.done_on]
    assert done == [f"S{number}" for number, on in enumerate(sessions, 1) if on < MONTHS[2][0]]

    follow_ups = await dates_of(territory, "interview", "participant", "KM4821")
    assert len(follow_ups) >= 6
    weeks = [on - timedelta(days=on.weekday()) for on in follow_ups]
    assert set(gaps(weeks)) == {14}


@pytest.mark.slow
async def test_who_did_more_in_one_month_owes_less_in_the_next() -> None:
    territory = await a_territory()
    first, second, third = [await publish_month(territory, *month) for month in MONTHS]
    assert not any(any(person.ledger.values()) for person in first.staff)
    for problem in (second, third):
        totals: dict[str, int] = {}
        for person in problem.staff:
            for kind, balance in person.ledger.items():
                totals[kind] = totals.get(kind, 0) + balance
        assert set(totals.values()) <= {0}
    held = {person.id: 0 for person in second.staff}
    for one in await assignments_of(territory.id, Wanted(kinds=("permanence",))):
        for staff in one.staff:
            held[staff] += 1 if one.held_on < MONTHS[1][0] else 0
    owed = {person.id: person.ledger.get("permanences", 0) for person in second.staff}
    mean = sum(held.values()) * 100 // 2
    assert owed == {staff: 100 * count - mean for staff, count in held.items()}
    assert [sum(held.values())] == [4]


@pytest.mark.slow
async def test_a_later_month_leaves_the_published_one_as_it_is() -> None:
    territory = await a_territory()
    await publish_month(territory, *MONTHS[0])
    before = {
        one.id: (one.revision, one.starts_at, one.staff)
        for one in await assignments_of(territory.id, Wanted())
    }
    await publish_month(territory, *MONTHS[1])
    after = {
        one.id: (one.revision, one.starts_at, one.staff)
        for one in await assignments_of(territory.id, Wanted())
    }
    assert before
    assert {id_: after[id_] for id_ in before} == before
    assert len(after) > len(before)
