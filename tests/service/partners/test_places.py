"""Places as partners find them: computed from what is published, closed where they may not be taken."""

from datetime import timedelta
from uuid import uuid4

import pytest

from db.queries.fact_storing import add_fact
from db.queries.orientations import orientation
from db.queries.place_hosts import standing_places
from db.records.site import Closure
from service.actions.actor import HOUSE
from service.actions.cancel_orientation import cancel_orientation
from service.actions.cancel_today import cancel_today
from service.actions.hold_place import hold_place
from service.actions.move_orientation import move_orientation
from service.actions.orient import orient
from service.actions.release_hold import release_hold
from service.errors import NotFound
from service.partners.errors import (
    PlaceClosed,
)
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
    states,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_places_are_computed_from_published_half_days_of_sites_opened_to_the_partner():
    territory = await make_territory()
    await publish(territory, permanence(monday()), office(monday()))
    assert await states(territory, officer("spip-93")) == [
        ("bureau", 0, "free"),
        ("gagny", 0, "free"),
        ("bureau", 1, "free"),
        ("gagny", 1, "free"),
        ("bureau", 2, "free"),
        ("gagny", 2, "free"),
    ]
    assert {site for site, _, _ in await states(territory, officer("spip-94"))} == {"gagny"}


async def test_another_partners_holds_and_orientations_do_not_exist():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me, other = officer(), officer("spip-94")
    held = await hold_place(territory, me, host, 0, NOW)
    for forbidden in (orient(territory, other, held.id, FORM, NOW), release_hold(territory, other, held.id)):
        with pytest.raises(NotFound):
            await forbidden
    made = await orient(territory, me, held.id, FORM, NOW)
    for forbidden in (
        move_orientation(territory, other, made.id, host, 1),
        cancel_orientation(territory, other, made.id, "autre"),
    ):
        with pytest.raises(NotFound):
            await forbidden


async def test_lead_time_closures_and_sites_not_opened_close_places():
    territory = await make_territory()
    soon = monday(0) + timedelta(days=7)
    (host, closed) = await publish(territory, permanence(soon), permanence(monday()))
    await add_fact(territory.id, Closure(code="travaux", site="gagny", from_on=monday(), until_on=monday()))
    territory = await again(territory)
    me = officer()
    just_before = permanence(soon).starts_at - timedelta(hours=23)
    with pytest.raises(PlaceClosed):
        await hold_place(territory, me, host, 0, just_before)
    with pytest.raises(PlaceClosed):
        await hold_place(territory, me, closed, 0, NOW)
    with pytest.raises(NotFound):
        await hold_place(territory, me, uuid4(), 0, NOW)
    with pytest.raises(PlaceClosed):
        await hold_place(territory, me, host, 9, NOW)


async def test_a_half_day_that_is_called_off_takes_its_orientations_along():
    territory = await make_territory()
    (host, other) = await publish(territory, permanence(monday()), office(monday()))
    me = officer()
    made = [
        await orient(territory, me, (await hold_place(territory, me, where, 0, NOW)).id, FORM, NOW)
        for where in (host, other)
    ]
    for where in (host, other):
        await cancel_today(territory, where, HOUSE, reason="site", by="site")
    for one in made:
        gone = await orientation(territory.id, one.id)
        assert (gone.state, gone.cancelled_by) == ("cancelled", "site")
    assert await standing_places([host, other], now=NOW) == ()
