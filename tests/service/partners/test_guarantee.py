"""What publications and bookings do to one another at one moment: nothing is lost, nothing is had twice."""

import asyncio
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from db.errors import DatabaseError
from db.queries.assignments import assignment
from db.queries.orientations import Oriented, orientation, orientations_of
from db.queries.place_hosts import standing_places
from db.queries.plan_items import items_of
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.copy_published import copy_published
from service.actions.edit_draft import Edit, edit_draft
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.actions.overbook_place import overbook_place
from service.actions.publish_plan import publish_plan
from service.errors import DraftNoLongerHolds, ServiceError
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def _book(territory: Territory, host: UUID, slot: int) -> object:
    """Hold and confirm, as one officer."""
    who = officer("spip-93" if slot % 2 else "spip-94")
    try:
        held = await hold_place(territory, who, host, slot)
        return await orient(territory, who, held.id, FORM)
    except ServiceError as error:
        return error


async def _publish(territory: Territory, draft_id: UUID, after: float) -> object:
    await asyncio.sleep(after)
    try:
        return await publish_plan(territory, draft_id, HOUSE)
    except DraftNoLongerHolds as error:
        return error


@pytest.mark.parametrize("after", [0.0, 0.03, 0.1])
async def test_a_plan_published_at_that_very_moment_keeps_the_booking_or_is_refused(after: float) -> None:
    territory = await make_territory()
    days = (monday(), monday() + timedelta(days=1))
    await publish(territory, *(permanence(day) for day in days))
    territory = await again(territory)
    draft = await copy_published(territory, days[0], days[0] + timedelta(days=4), HOUSE)
    (dropped,) = [
        one for one in await items_of(draft.id) if one.kind == "permanence" and one.held_on == days[0]
    ]
    edit = Edit(words="dropped", drop=(dropped.key,))
    await edit_draft(territory, draft.id, edit, version=draft.version)
    assert dropped.assignment_id is not None
    host = dropped.assignment_id
    published, *booked = await asyncio.gather(
        _publish(territory, draft.id, after), *(_book(territory, host, slot) for slot in (0, 1, 2))
    )
    assert not [one for one in booked if isinstance(one, DatabaseError)]
    kept = [one for one in booked if not isinstance(one, ServiceError)]
    if isinstance(published, DraftNoLongerHolds):
        assert "booked" in str(published.fields["lost"])
        assert (await assignment(territory.id, host)).status == "planned"
    else:
        assert (await assignment(territory.id, host)).status == "cancelled"
        assert kept == []
    standing = {one.orientation_id for one in await standing_places([host], now=NOW) if one.orientation_id}
    planned = await orientations_of(territory.id, Oriented(states=("planned",)))
    assert standing == {one.id for one in planned} == {getattr(one, "id", None) for one in kept}


async def test_a_booking_survives_a_new_version_with_other_people_and_its_interview_follows() -> None:
    territory = await make_territory()
    (host, morning) = await publish(
        territory, permanence(monday()), office(monday() + timedelta(days=1), staff="AR")
    )
    made = [await _book(territory, where, 1) for where in (host, morning)]
    territory = await again(territory)
    draft = await copy_published(territory, monday(), monday() + timedelta(days=4), HOUSE)
    (item,) = [one for one in await items_of(draft.id) if one.kind == "permanence"]
    other = msgspec.structs.replace(item, staff_codes=("NK",))
    await edit_draft(territory, draft.id, Edit(words="NK", put=(other,)), version=draft.version)
    await publish_plan(territory, draft.id, HOUSE)
    for one, staff in zip(made, ("NK", "AR"), strict=True):
        found = await orientation(territory.id, one.id)  # type: ignore[attr-defined]
        interview = await assignment(territory.id, found.interview_id or host)
        assert (found.state, interview.status, interview.staff) == ("planned", "planned", (staff,))
    standing = await standing_places([host, morning], now=NOW)
    assert {(one.state, one.orientation_id is not None) for one in standing} == {("booked", True)}


async def test_a_coordinator_overbooks_knowingly_and_a_partner_never() -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await _book(territory, host, 1)
    more = await overbook_place(territory, officer(coordinator=True), host, 1, FORM)
    assert more.place == 2
    assert (await assignment(territory.id, more.interview_id or host)).staff == ("AR",)
    with pytest.raises(ServiceError):
        await overbook_place(territory, officer(), host, 1, FORM)
