"""The board of a published month shows what is published now, not what was the day it was published."""

from datetime import date

import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import remove_fact, store_facts
from db.queries.facts import fact
from db.queries.territories import territory_by_code
from db.records.facts import FactSet
from db.records.participant import InterviewNeed
from service.actions.cancel_today import cancel_today
from service.actions.publish_plan import publish_plan
from service.pages.board.source import load_month
from service.pages.board.todo import Need
from service.pages.month_board_view import Options, month_board
from tests.service.small_territory import ACTOR, FIRST_ON, LAST_ON, make_plan, make_territory

pytestmark = pytest.mark.usefixtures("in_november", "database")


async def shown() -> tuple[list[date], int]:
    """Dates of permanences and the number of interviews on the board."""
    month = await load_month(await territory_by_code("petite"), FIRST_ON, LAST_ON)
    assert month.facts.plan is not None
    assert month_board(month.facts, Options()).rows
    return [one.on for one in month.facts.plan.permanences], len(month.facts.plan.interviews)


async def test_a_permanence_called_off_is_no_longer_on_the_board() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    dates, _ = await shown()
    gone = (await assignments_of(territory.id, Wanted(kinds=("permanence",))))[0]
    await cancel_today(territory, gone.id, ACTOR, reason="site")
    left, _ = await shown()
    assert sorted([*left, gone.held_on]) == sorted(dates)


async def test_a_draft_beside_it_is_shown_as_it_was_made() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    drafted = await make_plan(territory)
    before = await shown()
    for one in await assignments_of(territory.id, Wanted(kinds=("permanence",))):
        await cancel_today(territory, one.id, ACTOR, reason="site")
    assert await shown() == before
    assert drafted.number > 1


async def test_what_was_left_out_and_is_no_longer_asked_is_no_longer_listed() -> None:
    territory = await make_territory()
    saturday_on = date(2026, 12, 12)
    need = InterviewNeed(
        code="ZT1002/gone",
        participant="ZT1002",
        from_on=saturday_on,
        until_on=saturday_on,
        sites=("bureau",),
        referent="AR",
        kind="suivi",
    )
    await store_facts(territory.id, FactSet(needs=(need,)))
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert [one.title for one in await listed_needs()] == ["ZT1002 — entretien de suivi"]
    kept = await fact(territory.id, InterviewNeed, need.code)
    await remove_fact(territory.id, InterviewNeed, need.code, version=kept.version)
    assert await listed_needs() == ()


async def listed_needs() -> tuple[Need, ...]:
    month = await load_month(await territory_by_code("petite"), FIRST_ON, LAST_ON)
    return month_board(month.facts, Options()).needs
