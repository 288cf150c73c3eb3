"""Pins and the ledger: one pin a thing, a month's entries replaced as one."""

from datetime import date

import msgspec
import pytest

from db.errors import NotFoundError
from db.queries.facts import facts_of, pins
from db.queries.ledger import store_ledger_month
from db.queries.pin_storing import add_pins, put_pin, release_pin
from db.queries.territories import territory_by_id
from db.records.participant import Pin
from db.records.staff import LedgerEntry
from tests.db.assignments import LATER, NOON, territory_with_facts
from tests.db.facts import make_territory, on

pytestmark = pytest.mark.usefixtures("database")

PIN = Pin(
    key="interview/KM4821/diagnostic",
    kind="interview",
    held_on=on(8),
    starts_hour="09:30",
    staff_codes=("AR",),
    site_code="gagny",
    need_code="KM4821/diagnostic",
    number=1,
    origin="fixed_with_person",
)


def _as_given(pin: Pin) -> Pin:
    return msgspec.structs.replace(pin, id=None, version=0)


async def test_a_thing_has_one_pin_and_the_new_one_takes_the_place_of_the_old():
    territory = await make_territory()
    await put_pin(territory.id, PIN, at=NOON)
    moved = msgspec.structs.replace(PIN, held_on=on(10))
    stored = await put_pin(territory.id, moved, at=LATER)
    assert await pins(territory.id) == (stored,)
    assert _as_given(stored) == moved
    assert (await territory_by_id(territory.id)).facts_revision == 2


async def test_a_released_pin_is_gone_and_cannot_be_released_again():
    territory, other = await make_territory(), await make_territory("var")
    await put_pin(territory.id, PIN, at=NOON)
    with pytest.raises(NotFoundError):
        await release_pin(other.id, PIN.key, at=LATER)
    await release_pin(territory.id, PIN.key, at=LATER)
    with pytest.raises(NotFoundError):
        await release_pin(territory.id, PIN.key, at=LATER)
    assert await pins(territory.id) == ()


async def test_many_pins_added_leave_those_that_stand():
    territory = await make_territory()
    await put_pin(territory.id, PIN, at=NOON)
    other = msgspec.structs.replace(PIN, key="interview/other")
    stored = await add_pins(territory.id, [msgspec.structs.replace(PIN, held_on=on(20)), other])
    assert (stored.added, stored.unchanged) == (1, 1)
    assert [(pin.key, pin.held_on) for pin in await pins(territory.id)] == [
        (PIN.key, on(8)),
        (other.key, on(8)),
    ]


async def test_a_month_of_the_ledger_is_replaced_as_one_and_other_months_stay():
    territory = await territory_with_facts()
    october, november = date(2026, 10, 1), date(2026, 11, 1)

    def entry(month_on: date, staff: str, balance: int) -> LedgerEntry:
        return LedgerEntry(staff=staff, month_on=month_on, kind="far", balance_hundredths=balance)

    await store_ledger_month(territory.id, october, [entry(october, "AR", 100), entry(october, "LD", -100)])
    await store_ledger_month(territory.id, november, [entry(november, "AR", 50)])
    await store_ledger_month(territory.id, october, [entry(october, "LD", 25)])
    with pytest.raises(NotFoundError):
        await store_ledger_month(territory.id, november, [entry(november, "ZZ", 1)])
    ledger = (await facts_of(territory.id)).ledger
    assert ledger == (entry(november, "AR", 50), entry(october, "LD", 25))
