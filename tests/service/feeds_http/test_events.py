"""Events of a feed through publications and living changes, and what each kind of feed shows of them."""

from datetime import timedelta

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.places import take_place
from db.records.assignment import Write
from db.records.place import PlaceRequest
from db.records.territory import Territory
from service.feed_store import FeedStore
from tests.db.assignments import interview, new, permanence
from tests.service.feeds_http.reading import NOW, Client, address, at, change, events, permanences

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def test_two_processes_see_a_publication_and_keep_the_same_bytes(territory: Territory):
    one, two = FeedStore("http://escale.test"), FeedStore("http://escale.test")
    name = (await address(territory)).removeprefix("/feeds/")
    first, second = await one.serve(name, NOW), await two.serve(name, NOW)
    assert first.body == second.body
    await write_assignments(territory.id, [new(permanence(8))], Author(at=NOW))
    first, second = await one.serve(name, NOW), await two.serve(name, NOW)
    assert first.body == second.body
    assert first.body.count(b"SUMMARY:Permanence") == 2


async def test_an_event_lives_through_publications(territory: Territory, client: Client):
    """Created, moved, given to somebody else, cancelled, restored."""
    mine, successors = await address(territory), await address(territory, code="LD")
    (before,) = await permanences(client, mine)
    await change(territory, before, starts_at=at(2, 8), ends_at=at(2, 11), held_on=at(2, 8).date())
    (moved,) = await permanences(client, mine)
    assert moved["UID"] == before["UID"]
    assert (before["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert moved["CREATED"].dt == before["CREATED"].dt
    await change(territory, before, staff=("LD",))
    (left,) = await permanences(client, mine)
    assert left["STATUS"] == "CANCELLED"
    assert left["SUMMARY"].startswith("Annulé : ")
    assert left["SEQUENCE"] > moved["SEQUENCE"]
    taken_over = [one for one in await permanences(client, successors) if one["UID"] == before["UID"]]
    assert [one["STATUS"] for one in taken_over] == ["CONFIRMED"]
    await change(territory, before, staff=("AR",), status="cancelled", cancelled_by="site")
    (cancelled,) = await permanences(client, mine)
    assert (cancelled["STATUS"], "Annulé par le site" in cancelled["DESCRIPTION"]) == ("CANCELLED", True)
    await change(territory, before, status="planned", cancelled_by=None)
    (restored,) = await permanences(client, mine)
    assert restored["STATUS"] == "CONFIRMED"
    assert restored["SEQUENCE"] > cancelled["SEQUENCE"] >= left["SEQUENCE"]


async def test_last_modified_moves_when_an_event_only_leaves(territory: Territory):
    store = FeedStore("http://escale.test")
    (kept,) = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    path = (await address(territory)).removeprefix("/feeds/")
    gone = msgspec.structs.replace(content_of(kept), status="cancelled", cancelled_by="us")
    await write_assignments(territory.id, [Write(id=kept.id, content=gone)], Author(at=NOW))
    there = await store.serve(path, kept.ends_at - timedelta(seconds=1))
    away = await store.serve(path, kept.ends_at)
    assert (there.body.count(b"Permanence"), away.body.count(b"Permanence")) == (1, 0)
    assert away.modified_at >= there.modified_at + timedelta(seconds=1)


async def test_a_site_and_a_promotion_feed_say_nothing_of_participants(territory: Territory, client: Client):
    (host,) = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    await write_assignments(territory.id, [new(interview(1, host_id=host.id))], Author(at=NOW))
    for kind, code in (("site", "gagny"), ("promotion", "sas-7"), ("territory", ""), ("staff", "AR")):
        text = (await client.get(await address(territory, kind, code))).text
        assert "KM4821" not in text
    (event,) = [one for one in await events(client, await address(territory)) if "1/4" in one["SUMMARY"]]
    assert "10" in event["DESCRIPTION"]


async def test_a_partner_sees_free_places_and_its_own_orientations_only(territory: Territory, client: Client):
    facts = await facts_of(territory.id)
    partner = facts.partners[0]
    site = partner.sites[0].site
    day = next(o for s in facts.sites if s.code == site for o in s.openings).weekday
    held_on = next(d for d in range(2, 29) if at(d, 8).date().isoweekday() == day)
    host = new(permanence(held_on, site=site))
    await write_assignments(territory.id, [host], Author(at=NOW))
    path, machine = (
        await address(territory, "partner", partner.code),
        await address(territory, "free_busy", partner.code),
    )
    free = await events(client, path)
    assert len(free) >= 2
    assert {one["TRANSP"] for one in free} == {"TRANSPARENT"}
    assert all(one["SUMMARY"].startswith("Place libre · ") for one in free)
    request = PlaceRequest(host_kind="permanence", host_id=host.id, slot=0, capacity=1, state="booked")
    await take_place(territory.id, msgspec.structs.replace(request, partner_id=partner.id))
    after = await events(client, path)
    assert sorted(one["SUMMARY"].split(" · ")[0] for one in after) == ["Orientation"] + ["Place libre"] * (
        len(free) - 1
    )
    text = (await client.get(machine)).text
    assert "BEGIN:VFREEBUSY" in text
    assert "SUMMARY" not in text
    assert "staff" not in text
    periods = [line.partition(":")[2] for line in text.splitlines() if line.startswith("FREEBUSY")]
    assert periods
    assert periods == sorted(periods)
