"""A person oriented to a held place, under a label that tells nobody who they are."""

from datetime import timedelta

import msgspec
import pytest

from db.queries.assignments import assignment
from db.queries.orientations import orientation
from db.queries.partner_demand import demand_of
from db.queries.place_hosts import standing_places
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.partners.errors import (
    HoldLost,
    WrongForm,
)
from tests.service.partners.sample import (
    FORM,
    NOW,
    make_territory,
    monday,
    officer,
    permanence,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


async def test_an_orientation_becomes_an_interview_and_a_booked_place_and_sent_twice_is_one():
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    held = await hold_place(territory, me, host, 2, NOW)
    made = await orient(territory, me, held.id, FORM, NOW)
    assert await orient(territory, me, held.id, FORM, NOW) == await orientation(territory.id, made.id)
    interview = await assignment(territory.id, made.interview_id)
    assert (interview.staff, interview.host_id, interview.status) == (("AR",), host, "planned")
    assert interview.starts_at == permanence(monday()).starts_at + timedelta(hours=2)
    assert interview.participant is None
    (place,) = await standing_places([host], now=NOW)
    assert (place.state, place.orientation_id, place.interview_id) == ("booked", made.id, interview.id)
    assert made.leave_by_on == monday() - timedelta(days=10)
    (count,) = await demand_of(territory.id, monday(), monday())
    assert (count.asked_count, count.got_count) == (1, 1)
    with pytest.raises(HoldLost):
        await orient(territory, me, held.id, msgspec.structs.replace(FORM, label="94-9"), NOW)


@pytest.mark.parametrize(
    ("label", "good"),
    [
        ("94-1211", True),
        ("A-17", True),
        ("2026/31", True),
        ("AB 12", True),
        ("Dupont", False),
        ("DUPONT-7", False),
        ("M. Durand", False),
        ("Zoé", False),
        ("123456", False),
        ("45123A", False),
        ("12/03/1990", False),
        ("12031990", False),
        ("", False),
        ("94-1211-1211-1", False),
        ("<script>", False),
    ],
)
async def test_a_label_that_looks_like_a_person_is_refused_with_every_other_fault(label, good):
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    held = await hold_place(territory, me, host, 0, NOW)
    form = msgspec.structs.replace(FORM, label=label, officer_phone=FORM.officer_phone if good else "01 45")
    if good:
        assert (await orient(territory, me, held.id, form, NOW)).label == label
        return
    with pytest.raises(WrongForm) as refusal:
        await orient(territory, me, held.id, form, NOW)
    assert [field for field, _ in refusal.value.problems] == ["label", "officer_phone"]
