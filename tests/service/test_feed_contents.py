"""What each feed shows only if wanted or allowed, and facts that are events of their own."""

from datetime import timedelta

import msgspec
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import change_fact, store_facts
from db.queries.facts import facts_of
from db.queries.places import release_places, take_place
from db.queries.territories import change_territory, territory_by_id
from db.records.assignment import Content
from db.records.facts import FactSet
from db.records.place import PlaceRequest
from db.records.site import Closure
from db.records.staff import BusyMark
from db.records.territory import Territory
from service import feed_store
from service.actions.read_feeds import REFERENCES_SETTING
from service.feed_options import FeedOptions
from service.feed_store import FeedStore
from tests.db.assignments import interview, new, permanence, session, territory_with_facts
from tests.service.feed_world import NOW, address_of, at, change, events_of

pytestmark = [pytest.mark.usefixtures("database")]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)


@pytest.fixture
async def territory() -> Territory:
    return await territory_with_facts()


@pytest.fixture
def store() -> FeedStore:
    return FeedStore("https://escale.test")


def office(day: int) -> Content:
    return permanence(day, kind="office", key=f"office/{day}", site="bureau", cadence=None, places=0)


async def allow_references(territory: Territory, *, allowed: bool) -> None:
    known = await territory_by_id(territory.id)
    settings = {**known.settings, REFERENCES_SETTING: allowed}
    await change_territory(msgspec.structs.replace(known, settings=settings))


async def test_a_reference_is_shown_only_where_territory_and_subscriber_both_allow_it(
    territory: Territory, store: FeedStore
):
    host = new(permanence(1))
    await write_assignments(territory.id, [host, new(interview(1, host_id=host.id))], Author(at=NOW))
    plain = await address_of(territory)
    wanted = await address_of(territory, options=FeedOptions(references=True))
    everybody = await address_of(territory, "territory", options=FeedOptions(references=True))
    assert b"KM4821" not in (await store.serve(wanted, NOW)).body
    await allow_references(territory, allowed=True)
    assert b"10\xc2\xa0h\xc2\xa000 KM4821" in (await store.serve(wanted, NOW)).body
    assert b"KM4821" not in (await store.serve(plain, NOW)).body
    assert b"KM4821" not in (await store.serve(everybody, NOW)).body
    await allow_references(territory, allowed=False)
    assert b"KM4821" not in (await store.serve(wanted, NOW)).body


async def test_office_half_days_and_protected_time_are_shown_if_wanted(
    territory: Territory, store: FeedStore
):
    marks = (
        BusyMark(code="chaque-mardi", staff="AR", half_day="pm", weekday=2),
        BusyMark(code="un-jour", staff="AR", half_day="am", busy_on=at(4, 0).date()),
    )
    await store_facts(territory.id, FactSet(busy_marks=marks))
    await write_assignments(territory.id, [new(office(2)), new(permanence(9))], Author(at=NOW))
    assert not [
        one for one in await events_of(store, await address_of(territory)) if "Bureau" in one["SUMMARY"]
    ]
    options = FeedOptions(office=True, protected=True)
    found = await events_of(store, await address_of(territory, options=options))
    (half_day,) = [one for one in found if one["SUMMARY"] == "Bureau (suivis)"]
    assert half_day["TRANSP"] == "TRANSPARENT"
    kept = sorted(one["DTSTART"].dt.isoformat() for one in found if one["SUMMARY"] == "Temps protégé")
    assert kept == ["2026-12-04T09:00:00+01:00", "2026-12-08T14:00:00+01:00"]
    assert {one["TRANSP"] for one in found if one["SUMMARY"] == "Temps protégé"} == {"OPAQUE"}
    again = await events_of(store, await address_of(territory, options=options))
    assert [one["UID"] for one in again] == [one["UID"] for one in found]


async def test_a_closure_is_days_or_half_days_and_its_change_is_seen(territory: Territory, store: FeedStore):
    whole = Closure(code="noel", site="gagny", from_on=at(28, 0).date(), until_on=at(31, 0).date())
    await store_facts(territory.id, FactSet(closures=(whole,)))
    path = await address_of(territory, "site", "gagny")
    found = [one for one in await events_of(store, path) if one["SUMMARY"] == "Fermé · CSL Gagny"]
    days = [one for one in found if not hasattr(one["DTSTART"].dt, "hour")]
    assert [(str(one["DTSTART"].dt), str(one["DTEND"].dt)) for one in days] == [("2026-12-28", "2027-01-01")]
    mornings = [one["DTSTART"].dt.day for one in found if hasattr(one["DTSTART"].dt, "hour")]
    assert mornings == [21, 22, 23, 24]
    stored = next(one for one in (await facts_of(territory.id)).closures if one.code == "noel")
    longer = msgspec.structs.replace(stored, until_on=at(30, 0).date())
    await change_fact(territory.id, longer, version=stored.version)
    (after,) = [one for one in await events_of(store, path) if one["UID"] == days[0]["UID"]]
    assert after["SEQUENCE"] > days[0]["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= days[0]["LAST-MODIFIED"].dt
    assert str(after["DTEND"].dt) == "2026-12-31"


async def test_who_is_taken_off_a_meeting_sees_it_cancelled(territory: Territory, store: FeedStore):
    facts = await facts_of(territory.id)
    (meeting,) = facts.meetings
    theirs, mine = await address_of(territory, code="LD"), await address_of(territory)
    (before,) = await events_of(store, theirs)
    only_me = msgspec.structs.replace(meeting, attendees=("AR",))
    await change_fact(territory.id, only_me, version=meeting.version)
    (gone,) = await events_of(store, theirs)
    assert (gone["STATUS"], gone["SUMMARY"]) == ("CANCELLED", "Annulé : Réunion")
    assert gone["SEQUENCE"] > before["SEQUENCE"]
    (kept,) = await events_of(store, mine)
    assert (kept["STATUS"], kept["UID"]) == ("CONFIRMED", gone["UID"])


async def test_a_place_given_back_moves_the_last_change_forward(territory: Territory, store: FeedStore):
    host = new(permanence(1))
    await write_assignments(territory.id, [host], Author(at=NOW))
    path = await address_of(territory)
    partner = (await facts_of(territory.id)).partners[0]
    request = PlaceRequest(host_kind="permanence", host_id=host.id, slot=0, capacity=1, state="booked")
    taken = await take_place(territory.id, msgspec.structs.replace(request, partner_id=partner.id))
    booked = await one_permanence(store, path)
    await release_places([one.id for one in taken], reason="cancelled", at=NOW)
    free = await one_permanence(store, path)
    assert (booked["SUMMARY"], free["SUMMARY"]) == (
        "Permanence · CSL Gagny · 1/4",
        "Permanence · CSL Gagny · 0/4",
    )
    assert free["LAST-MODIFIED"].dt >= booked["LAST-MODIFIED"].dt > NOW
    assert free["SEQUENCE"] == booked["SEQUENCE"] == 0


async def one_permanence(store: FeedStore, path: str):
    (found,) = [one for one in await events_of(store, path) if "Permanence" in one["SUMMARY"]]
    return found


async def test_links_lead_to_the_page_of_whoever_reads(territory: Territory, store: FeedStore):
    await write_assignments(territory.id, [new(permanence(1)), new(session(3))], Author(at=NOW))
    leads_to = {
        ("staff", "AR"): "https://escale.test/t/somme/ma-semaine?semaine=2026-12-01",
        ("territory", ""): "https://escale.test/t/somme/planning/2026-12",
        ("promotion", "sas-7"): "https://escale.test/t/somme/ma-semaine?semaine=2026-12-03",
    }
    for (kind, code), expected in leads_to.items():
        found = await events_of(store, await address_of(territory, kind, code))
        assert found[0]["URL"] == expected
        assert expected in found[0]["DESCRIPTION"]


async def test_modified_stays_until_the_new_time_and_a_move_after_leaving_is_consistent(
    territory: Territory, store: FeedStore
):
    host = new(permanence(1))
    await write_assignments(territory.id, [host], Author(at=NOW))
    path = await address_of(territory)
    eve = at(1, 6)
    await change(territory, host.id, eve, starts_at=at(1, 13), ends_at=at(1, 16), half_day="pm")
    for when, prefixed in ((eve, True), (at(1, 9), True), (at(1, 12, 59), True), (at(1, 13), False)):
        found = [one for one in await events_of(store, path, when) if "Permanence" in one["SUMMARY"]]
        assert [one["SUMMARY"].startswith("Modifié : ") for one in found] == [prefixed], when
    await change(territory, host.id, eve + timedelta(minutes=1), staff=("LD",))
    left = (await assignments_of(territory.id, Wanted(ids=(host.id,))))[0].sequence_number
    await change(territory, host.id, eve + timedelta(minutes=2), starts_at=at(1, 14))
    gone = await one_permanence(store, path)
    assert gone["STATUS"] == "CANCELLED"
    assert gone["SEQUENCE"] > left
    assert gone["DTSTART"].dt == at(1, 14)
