"""Permanences months ahead, interviews later: each version says what it promises and leaves the rest alone."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignment, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.plan_items import items_of, unplaced_of
from db.queries.plans import any_plan
from db.records.assignment import Assignment, Write
from db.records.cadence import Cadence, Promotion, Sequence
from db.records.facts import FactSet
from db.records.territory import Territory
from db.states import PlanState
from service.actions.move_item import Move, move_item
from service.actions.preview_publication import preview_publication
from service.actions.publish_plan import publish_plan
from service.errors import StepNotAllowed
from service.pages.board.living import published_days
from service.translate.covering import is_within
from tests.service.small_territory import ACTOR, FIRST_ON, LAST_ON, OPTIONS, make_plan, make_territory

pytestmark = pytest.mark.usefixtures("database")


async def test_a_version_of_permanences_places_no_interview_and_outlives_that_of_interviews() -> None:
    territory = await make_territory()
    ahead = await make_plan(territory, msgspec.structs.replace(OPTIONS, covers=("permanences", "sessions")))
    kinds = [item.kind for item in await items_of(ahead.id) if item.need_code != "KM4821/fixed"]
    assert kinds.count("permanence") == 2
    assert "interview" not in kinds
    month = (territory.id, FIRST_ON - timedelta(days=1), LAST_ON + timedelta(days=1))
    assert await published_days(*month) == frozenset()
    first = await publish_plan(territory, ahead.id, ACTOR)
    assert first.plan.covers == ("permanences", "sessions")
    told = await published_days(*month)
    assert (min(told), max(told), len(told)) == (FIRST_ON, LAST_ON, (LAST_ON - FIRST_ON).days + 1)
    permanences = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    weekly = await make_plan(territory, msgspec.structs.replace(OPTIONS, covers=("interviews",)))
    second = await publish_plan(territory, weekly.id, ACTOR)
    assert second.superseded == ()
    assert (await any_plan(first.plan.id)).state is PlanState.PUBLISHED
    assert await assignments_of(territory.id, Wanted(kinds=("permanence",))) == permanences
    assert len(await assignments_of(territory.id, Wanted(kinds=("interview",)))) == 3


async def test_a_version_of_interviews_alone_tells_of_no_presence() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory, INTERVIEWS)).id, ACTOR)
    assert await published_days(territory.id, FIRST_ON, LAST_ON) == frozenset()


async def test_publishing_permanences_alone_calls_no_interview_off() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    interviews = await assignments_of(territory.id, Wanted(kinds=("interview",)))
    ahead = await make_plan(territory, msgspec.structs.replace(OPTIONS, covers=("permanences",)))
    outcome = await publish_plan(territory, ahead.id, ACTOR)
    assert (outcome.cancelled, outcome.superseded) == ((), ())
    assert await assignments_of(territory.id, Wanted(kinds=("interview",))) == interviews


INTERVIEWS = msgspec.structs.replace(OPTIONS, covers=("interviews",))


async def as_published(territory: Territory) -> list[Assignment]:
    """Permanences and sessions that stand, as the database holds them."""
    found = await assignments_of(territory.id, Wanted(kinds=("permanence", "session")))
    return [one for one in found if one.status != "cancelled"]


async def called_off(territory: Territory) -> Assignment:
    """One of the two published permanences, called off: the cadence asks for one more than there is."""
    first, _ = await as_published(territory)
    cancelled = msgspec.structs.replace(content_of(first), status="cancelled", cancelled_by="us")
    await write_assignments(
        territory.id, [Write(id=first.id, content=cancelled)], Author(at=datetime.now(UTC))
    )
    return first


async def test_a_version_of_interviews_adds_no_permanence_that_is_missing() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    await called_off(territory)
    before = await as_published(territory)
    weekly = await make_plan(territory, INTERVIEWS)
    permanences = [one for one in await items_of(weekly.id) if one.kind == "permanence"]
    assert [one.held_on for one in permanences] == [one.held_on for one in before]
    assert (weekly.levels[1]["value"], await unplaced_of(weekly.id), weekly.overruled) == (0, (), ())
    await publish_plan(territory, weekly.id, ACTOR)
    assert await as_published(territory) == before
    whole = await make_plan(territory)
    assert [one.kind for one in await items_of(whole.id)].count("permanence") == 2


async def test_what_a_version_leaves_alone_is_published_as_it_stands_at_that_moment() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    weekly = await make_plan(territory, INTERVIEWS)
    await called_off(territory)
    before = await as_published(territory)
    preview = await preview_publication(territory, weekly.id)
    contents = [one.after or one.before for one in preview.differences]
    assert [one.kind for one in contents if one and one.kind in ("permanence", "session")] == []
    outcome = await publish_plan(territory, weekly.id, ACTOR)
    assert await as_published(territory) == before
    kept = [one.assignment_id for one in await items_of(outcome.plan.id) if one.kind == "permanence"]
    assert kept == [one.id for one in before]


async def test_a_draft_of_interviews_moves_no_permanence_by_hand() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    weekly = await make_plan(territory, INTERVIEWS)
    items = await items_of(weekly.id)
    key = next(one.key for one in items if one.kind == "permanence")
    with pytest.raises(StepNotAllowed):
        await move_item(
            territory, weekly.id, key, Move(on=date(2026, 12, 14)), version=weekly.version, overrule=True
        )
    assert await items_of(weekly.id) == items


async def test_sessions_that_are_not_promised_are_neither_added_nor_moved() -> None:
    territory = await make_territory()
    step = Sequence(code="S1", title="Un", from_on=FIRST_ON, until_on=LAST_ON, needs_room=False)
    later = msgspec.structs.replace(step, code="S2", title="Deux")
    group = Promotion(code="sas-1", name="Promotion", site="gagny", seats=8, sequences=(step,))
    workshop = Cadence(
        code="atelier", name="Atelier", site="bureau", kind="session", weekdays=(2,), duration_minutes=60
    )
    await store_facts(territory.id, FactSet(promotions=(group,), cadences=(workshop,)))
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert len([one for one in await as_published(territory) if one.kind == "session"]) == 3
    grown = msgspec.structs.replace(group, sequences=(step, later))
    more = msgspec.structs.replace(workshop, weekdays=(2, 4))
    await store_facts(territory.id, FactSet(promotions=(grown,), cadences=(more,)))
    before = await as_published(territory)
    weekly = await make_plan(territory, INTERVIEWS)
    assert (await unplaced_of(weekly.id), weekly.overruled) == ((), ())
    await publish_plan(territory, weekly.id, ACTOR)
    assert await as_published(territory) == before


async def test_what_became_of_an_interview_survives_the_next_version() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    one = (await assignments_of(territory.id, Wanted(kinds=("interview",))))[0]
    missed = Write(id=one.id, content=msgspec.structs.replace(content_of(one), status="missed"))
    await write_assignments(territory.id, [missed], Author(at=datetime.now(UTC)))
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert (await assignment(territory.id, one.id)).status == "missed"


@pytest.mark.parametrize(
    ("earlier", "later", "within"),
    [
        ((), (), True),
        (("permanences",), (), True),
        ((), ("permanences",), False),
        (("interviews",), ("permanences", "sessions"), False),
        (("sessions",), ("permanences", "sessions"), True),
    ],
)
def test_a_version_replaces_what_promised_no_more(
    earlier: tuple[str, ...], later: tuple[str, ...], within: bool
) -> None:
    assert is_within(earlier, later) is within
