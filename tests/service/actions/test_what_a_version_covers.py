"""Permanences months ahead, interviews later: each version says what it promises and leaves the rest alone."""

from datetime import UTC, datetime

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignment, assignments_of
from db.queries.plan_items import items_of
from db.queries.plans import any_plan
from db.records.assignment import Write
from db.states import PlanState
from service.actions.publish_plan import publish_plan
from service.translate.covering import is_within
from tests.service.small_territory import ACTOR, OPTIONS, make_plan, make_territory

pytestmark = pytest.mark.usefixtures("database")


async def test_a_version_of_permanences_places_no_interview_and_outlives_that_of_interviews() -> None:
    territory = await make_territory()
    ahead = await make_plan(territory, msgspec.structs.replace(OPTIONS, covers=("permanences", "sessions")))
    kinds = [item.kind for item in await items_of(ahead.id) if item.need_code != "KM4821/fixed"]
    assert kinds.count("permanence") == 2
    assert "interview" not in kinds
    first = await publish_plan(territory, ahead.id, ACTOR)
    assert first.plan.covers == ("permanences", "sessions")
    permanences = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    weekly = await make_plan(territory, msgspec.structs.replace(OPTIONS, covers=("interviews",)))
    second = await publish_plan(territory, weekly.id, ACTOR)
    assert second.superseded == ()
    assert (await any_plan(first.plan.id)).state is PlanState.PUBLISHED
    assert await assignments_of(territory.id, Wanted(kinds=("permanence",))) == permanences
    assert len(await assignments_of(territory.id, Wanted(kinds=("interview",)))) == 3


async def test_publishing_permanences_alone_calls_no_interview_off() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    interviews = await assignments_of(territory.id, Wanted(kinds=("interview",)))
    ahead = await make_plan(territory, msgspec.structs.replace(OPTIONS, covers=("permanences",)))
    outcome = await publish_plan(territory, ahead.id, ACTOR)
    assert (outcome.cancelled, outcome.superseded) == ((), ())
    assert await assignments_of(territory.id, Wanted(kinds=("interview",))) == interviews


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
