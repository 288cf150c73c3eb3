"""The best plan of a month that is being computed, looked at on the board: read only, gone once the computation is over."""

from collections.abc import Awaitable, Callable
from datetime import date

import httpx
import msgspec
import pytest

from db.errors import NotFoundError
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.plans import plan_file, store_plan_file
from db.queries.territories import territory_by_code
from db.records.participant import InterviewNeed
from db.states import PlanState
from planner.fact_changes import StaffLeaves
from planner.plan import Plan as MadePlan
from planner.plan import PlannedPermanence
from planner.problem_file import read_problem, write_plan
from planner.solve import Planned, solve
from service.actions.request_plan import RunOptions, request_plan
from service.actions.run_plan import SO_FAR, run_plan
from service.jobs.solver_messages import CurvePoint, SolveOptions
from tests.pages.december_draft import DECEMBER, MONTH, act, newest
from tests.service.door import plain
from tests.service.small_territory import ACTOR, OPTIONS, QuietQueue, QuietWatcher

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
Looks = Callable[[], Awaitable[None]]


def solver(meanwhile: Looks, *, keeps: bool = True):
    """Solves, tells its plan as the best so far, and lets somebody look before it ends."""

    async def solve_and_wait(
        problem: bytes, options: SolveOptions, *, stop_asked, on_point
    ) -> MadePlan | None:
        outcome = solve(read_problem(problem))
        assert isinstance(outcome, Planned)
        await on_point(CurvePoint(seconds=1.0, level="comfort", value=9, bound=1, best=outcome.plan))
        await meanwhile()
        return outcome.plan if keeps else None

    return solve_and_wait


async def computed_while(meanwhile: Looks, *, keeps: bool = True, options: RunOptions = OPTIONS) -> PlanState:
    territory = await territory_by_code("petite")
    requested = await request_plan(territory, *DECEMBER, options, ACTOR, QuietQueue())
    return (await run_plan(requested.id, QuietWatcher(), solver(meanwhile, keeps=keeps))).state


async def test_what_is_found_so_far_is_drawn_and_cannot_be_changed(visitor: httpx.AsyncClient) -> None:
    seen = []

    async def look() -> None:
        progress = plain(await visitor.get(f"{MONTH}/calcul"))
        seen.append("calcul/arreter" in progress)
        for view in ("", "?par=personne", "?vue=liste"):
            answer = await visitor.get(f"{MONTH}/calcul/tableau{view}")
            assert answer.status_code == 200
            assert "le meilleur planning à cet instant" in plain(answer)
            assert "data-board" not in answer.text
            assert f'action="{MONTH}/calcul/arreter"' in answer.text
        seen.append(
            'data-key="permanence:gagny-permanence' in (await visitor.get(f"{MONTH}/calcul/tableau")).text
        )

    assert await computed_while(look) is PlanState.READY
    assert seen == [True, True]


@pytest.mark.parametrize("keeps", [True, False])
async def test_it_is_gone_once_the_computation_is_over(visitor: httpx.AsyncClient, keeps: bool) -> None:
    async def nothing() -> None:
        assert await plan_file((await newest()).id, SO_FAR)

    await computed_while(nothing, keeps=keeps)
    with pytest.raises(NotFoundError):
        await plan_file((await newest()).id, SO_FAR)
    answer = await visitor.get(f"{MONTH}/calcul/tableau")
    assert answer.status_code in (302, 303)
    assert answer.headers["location"].endswith("/calcul")


async def test_before_anything_is_found_the_page_of_the_computation_answers(
    visitor: httpx.AsyncClient,
) -> None:
    await act(visitor, "generer")
    answer = await visitor.get(f"{MONTH}/calcul/tableau")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{MONTH}/calcul")


async def test_a_scenario_is_no_plan_of_the_month(visitor: httpx.AsyncClient) -> None:
    answers = []

    async def look() -> None:
        answers.append(await visitor.get(f"{MONTH}/calcul/tableau"))

    leaves = StaffLeaves(staff="NK", on=date(2026, 12, 14))
    options = msgspec.structs.replace(OPTIONS, name="si N.K. part", changes=(leaves,))
    assert await computed_while(look, options=options) is PlanState.READY
    (answer,) = answers
    assert (answer.status_code, answer.headers["location"]) == (302, f"{MONTH}/calcul")


class Dies(BaseException):
    """The process that solves is killed: it leaves everything as it stands."""


async def test_what_a_dead_process_found_is_not_shown_for_the_next_attempt(
    visitor: httpx.AsyncClient,
) -> None:
    async def die() -> None:
        raise Dies

    with pytest.raises(Dies):
        await computed_while(die)
    territory, left = await territory_by_code("petite"), await newest()
    assert (left.state, bool(await plan_file(left.id, SO_FAR))) == (PlanState.SOLVING, True)
    need = await fact(territory.id, InterviewNeed, "ZT1002/first")
    await change_fact(territory.id, msgspec.structs.replace(need, state="closed"), version=need.version)

    async def look_before_anything_is_found(
        problem: bytes, options: SolveOptions, *, stop_asked, on_point
    ) -> MadePlan | None:
        with pytest.raises(NotFoundError):
            await plan_file(left.id, SO_FAR)
        answer = await visitor.get(f"{MONTH}/calcul/tableau")
        assert (answer.status_code, answer.headers["location"]) == (302, f"{MONTH}/calcul")
        return None

    again = await run_plan(left.id, QuietWatcher(), look_before_anything_is_found)
    assert again.state is PlanState.CANCELLED


async def test_a_plan_that_is_read_with_the_problem_of_another_attempt_is_not_shown(
    visitor: httpx.AsyncClient,
) -> None:
    answers = []

    async def look() -> None:
        plan = await newest()
        gone = PlannedPermanence(cadence="gone", on=date(2026, 12, 9), half_day="am", staff=("AR",))
        await store_plan_file(plan.id, SO_FAR, write_plan(MadePlan(permanences=(gone,))))
        answers.append(await visitor.get(f"{MONTH}/calcul/tableau"))

    await computed_while(look)
    (answer,) = answers
    assert (answer.status_code, answer.headers["location"]) == (302, f"{MONTH}/calcul")
