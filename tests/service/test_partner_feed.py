"""A partner's feed through the life of its orientations: what pages offer, its own, and nothing of others."""

from datetime import datetime, timedelta

import icalendar
import msgspec
import pytest

from db.queries.facts import facts_of
from db.records.territory import Territory
from service import feed_store
from service.actions.allow_references import allow_references
from service.actions.cancel_orientation import cancel_orientation
from service.actions.hold_place import hold_place
from service.actions.move_orientation import move_orientation
from service.actions.orient import orient
from service.actions.read_places import Window, read_places
from service.feed_options import FeedOptions
from service.feed_store import FeedStore
from service.partners.settings import partner_settings
from tests.service.feed_world import address_of, change, events_of
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    at,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = [pytest.mark.usefixtures("database")]
Events = list[icalendar.Event]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)


@pytest.fixture
def store() -> FeedStore:
    return FeedStore("https://escale.test")


def free(events: Events) -> list[datetime]:
    return [one["DTSTART"].dt for one in events if one["SUMMARY"].startswith("Place libre")]


def own(events: Events) -> Events:
    return [one for one in events if "Orientation" in one["SUMMARY"]]


async def test_free_places_are_those_that_the_pages_offer(store: FeedStore):
    territory = await make_territory()
    await publish(territory, permanence(monday()), office(monday() + timedelta(days=1)))
    for partner in ("spip-93", "spip-94"):
        feed = await events_of(store, await address_of(territory, "partner", partner), NOW)
        window = Window(from_on=monday(0), until_on=monday(5))
        shelf = await read_places(await again(territory), officer(partner), window, NOW)
        assert free(feed) == [one.starts_at for one in shelf.places if one.state == "free"]
        assert {str(one["LOCATION"]) for one in feed} <= {
            "1 rue de la Gare, Gagny",
            "3 rue des Lilas, Pantin",
        }
        assert {one["TRANSP"] for one in feed} == {"TRANSPARENT"}


async def test_a_hold_takes_the_place_out_of_every_feed_until_it_expires(store: FeedStore):
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    mine = await address_of(territory, "partner", "spip-93")
    others = await address_of(territory, "partner", "spip-94")
    before = free(await events_of(store, mine, NOW))
    held = await hold_place(territory, officer(), host, 0, NOW)
    for feed in (mine, others):
        assert free(await events_of(store, feed, NOW)) == before[1:]
        assert free(await events_of(store, feed, held.expires_at)) == before


async def test_an_orientation_is_its_partners_alone_from_made_to_cancelled(store: FeedStore):
    territory = await make_territory()
    first, second = await publish(territory, permanence(monday()), office(monday() + timedelta(days=1)))
    me = officer()
    mine = await address_of(territory, "partner", "spip-93")
    others = await address_of(territory, "partner", "spip-94")
    made = await orient(territory, me, (await hold_place(territory, me, first, 0, NOW)).id, FORM, NOW)
    (event,) = own(await events_of(store, mine, NOW))
    assert event["UID"] == f"{made.interview_id}@escale"
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CONFIRMED", 0, "TRANSPARENT")
    assert FORM.label not in event["DESCRIPTION"]
    assert "Espace Gagny" in event["SUMMARY"]
    await move_orientation(await again(territory), me, made.id, second, 1)
    (moved,) = own(await events_of(store, mine, NOW))
    assert (moved["UID"], moved["SEQUENCE"]) == (event["UID"], 1)
    assert moved["DTSTART"].dt == event["DTSTART"].dt + timedelta(days=1, hours=1)
    assert moved["LAST-MODIFIED"].dt >= event["LAST-MODIFIED"].dt
    reason = next(iter(partner_settings(territory).partner_reasons))
    await cancel_orientation(await again(territory), me, made.id, reason)
    (gone,) = own(await events_of(store, mine, NOW))
    assert (gone["UID"], gone["STATUS"]) == (event["UID"], "CANCELLED")
    assert gone["SUMMARY"].startswith("Annulé : Orientation")
    assert gone["SEQUENCE"] > moved["SEQUENCE"]
    assert own(await events_of(store, mine, moved["DTEND"].dt)) == []
    assert own(await events_of(store, others, NOW)) == []


async def test_a_partners_label_is_shown_to_itself_where_the_territory_permits_it(store: FeedStore):
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    asked = FeedOptions(references=True)
    mine = await address_of(territory, "partner", "spip-93", asked)
    staff = await address_of(territory, "staff", "AR", asked)
    assert FORM.label not in str((await store.serve(mine, NOW)).body)
    await allow_references(await again(territory), allowed=True)
    (event,) = own(await events_of(store, mine, NOW))
    assert f"Repère : {FORM.label}" in event["DESCRIPTION"]
    for other in (staff, await address_of(territory, "partner", "spip-94", asked)):
        assert FORM.label not in str((await store.serve(other, NOW)).body)
    (permanence_event,) = await events_of(store, staff, NOW)
    assert "1/3" in permanence_event["SUMMARY"]


async def test_free_time_for_machines_is_the_free_places_merged(store: FeedStore):
    territory: Territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await hold_place(territory, officer(), host, 1, NOW)
    served = await store.serve(await address_of(territory, "free_busy", "spip-93"), NOW)
    text = served.body.decode()
    start = icalendar.vDatetime.from_ical
    periods = [line.partition(":")[2].split("/") for line in text.splitlines() if line.startswith("FREEBUSY")]
    assert [(start(one), start(end)) for one, end in periods] == [
        (hour(0), hour(1)),
        (hour(2), hour(3)),
    ]
    assert "SUMMARY" not in text
    assert msgspec.json.encode(FORM.label).decode().strip('"') not in text


async def test_a_seat_in_a_promotion_stands_at_its_first_session(store: FeedStore):
    territory = await make_territory()
    (group,) = (await facts_of(territory.id)).promotions
    assert group.id is not None
    me, mine = officer(), await address_of(territory, "partner", "spip-93")
    held = await hold_place(territory, me, group.id, 0, NOW)
    made = await orient(territory, me, held.id, FORM, NOW)
    assert own(await events_of(store, mine, NOW)) == [], "no session is published yet"
    day = monday(4)
    times = {"starts_at": at(day, 14), "ends_at": at(day, 17), "held_on": day}
    session = permanence(day, "pm", kind="session", key="session/info", promotion="sas-7", **times)
    session = msgspec.structs.replace(session, sequence="info", cadence=None, places=0)
    (first,) = await publish(territory, session)
    (event,) = own(await events_of(store, mine, NOW))
    assert (event["UID"], event["DTSTART"].dt) == (f"{made.id}@escale", at(day, 14))
    await change(territory, first, NOW + timedelta(minutes=1), starts_at=at(day, 13), ends_at=at(day, 16))
    (moved,) = own(await events_of(store, mine, NOW))
    assert (moved["UID"], moved["DTSTART"].dt) == (event["UID"], at(day, 13))
    assert moved["SEQUENCE"] > event["SEQUENCE"]
    reason = next(iter(partner_settings(territory).partner_reasons))
    await cancel_orientation(await again(territory), me, made.id, reason)
    (gone,) = own(await events_of(store, mine, NOW))
    assert (gone["STATUS"], gone["SEQUENCE"] > moved["SEQUENCE"]) == ("CANCELLED", True)


def hour(after: int) -> datetime:
    """Hours after the permanence begins."""
    starts_at = permanence(monday()).starts_at
    return starts_at + timedelta(hours=after)
