"""The life of an event through publications and living changes; a draft is seen by nobody."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import icalendar
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id, plans_of
from db.records.assignment import Assignment
from db.records.cadence import Promotion, Sequence
from db.records.facts import FactSet
from db.records.partner import Partner, PartnerSite
from db.records.plan import Plan
from db.records.territory import Territory
from db.states import PlanState
from service import feed_store
from service.actions.cancel_today import cancel_today
from service.actions.copy_published import copy_published
from service.actions.discard_plan import discard_plan
from service.actions.edit_draft import copy_to_draft
from service.actions.move_item import Move, move_item
from service.actions.publish_plan import publish_plan
from service.actions.read_feeds import Subject, read_feeds
from service.actions.replace_today import replace_today
from service.actions.request_plan import request_plan
from service.feed_options import FeedOptions
from service.feed_store import FeedStore, WantedFeed
from tests.service.feed_world import NOW, address_of, events_of
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    make_plan,
    make_territory,
)

pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]
EVERYTHING = FeedOptions(references=True, office=True, protected=True)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)


@pytest.fixture
def store() -> FeedStore:
    return FeedStore("https://escale.test")


@pytest.fixture
async def territory() -> Territory:
    """The small one, with a promotion and a partner."""
    territory = await make_territory()
    steps = (Sequence(code="info", title="Information", from_on=FIRST_ON, until_on=LAST_ON),)
    group = Promotion(code="sas", name="Promotion", site="gagny", seats=8, sequences=steps)
    partner = Partner(code="spip", name="SPIP", lead_hours=0, sites=(PartnerSite(site="gagny"),))
    await store_facts(territory.id, FactSet(promotions=(group,), partners=(partner,)))
    return territory


class Seen(NamedTuple):
    """What a client keeps of an event."""

    uid: str
    sequence: int
    stamp: datetime
    modified: datetime
    created: datetime
    status: str
    summary: str
    starts: datetime


def seen(event: icalendar.Event) -> Seen:
    return Seen(
        str(event["UID"]),
        int(event["SEQUENCE"]),
        event["DTSTAMP"].dt,
        event["LAST-MODIFIED"].dt,
        event["CREATED"].dt,
        str(event["STATUS"]),
        str(event["SUMMARY"]),
        event["DTSTART"].dt,
    )


async def event_of(store: FeedStore, name: str, id_: UUID, now: datetime = NOW) -> Seen | None:
    found = [one for one in await events_of(store, name, now) if one["UID"] == f"{id_}@escale"]
    assert len(found) <= 1
    return seen(found[0]) if found else None


async def a_permanence(territory: Territory) -> Assignment:
    return (await assignments_of(territory.id, Wanted(kinds=("permanence",))))[0]


def moves(before: Seen, after: Seen) -> None:
    """A change that clients must take for one."""
    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert after.modified >= before.modified  # to the second
    assert after.stamp == after.modified
    assert after.created == before.created


async def test_an_event_is_created_moved_given_away_cancelled_restored_and_gone(
    territory: Territory, store: FeedStore
):
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    one = await a_permanence(territory)
    (who,) = one.staff
    successor = "NK" if who == "AR" else "AR"
    mine, theirs = await address_of(territory, code=who), await address_of(territory, code=successor)
    created = await event_of(store, mine, one.id)
    assert created is not None
    assert (created.sequence, created.status) == (0, "CONFIRMED")
    assert created.stamp == created.modified == created.created
    assert await event_of(store, theirs, one.id) is None

    day = await _empty_day(territory)
    await _publish_moved(territory, one, Move(on=day))
    moved = await event_of(store, mine, one.id)
    assert moved is not None
    moves(created, moved)
    assert moved.starts.date() == day
    assert not moved.summary.startswith("Modifié : "), "two weeks ahead nobody is warned"

    await replace_today(territory, one.id, successor, ACTOR, leaving=who)
    left, taken_over = await event_of(store, mine, one.id), await event_of(store, theirs, one.id)
    assert left is not None
    assert taken_over is not None
    moves(moved, left)
    assert (left.status, left.summary[:9]) == ("CANCELLED", "Annulé : ")
    assert (taken_over.uid, taken_over.status, taken_over.sequence) == (left.uid, "CONFIRMED", left.sequence)

    (version,) = await plans_of(territory.id, states=(PlanState.PUBLISHED,))
    await cancel_today(territory, one.id, ACTOR, reason="absence")
    cancelled = await event_of(store, theirs, one.id)
    assert cancelled is not None
    moves(taken_over, cancelled)
    assert cancelled.status == "CANCELLED"
    assert await event_of(store, theirs, one.id, _end(cancelled)) is None, "gone once its time has passed"

    back = await copy_to_draft(territory, await plan_by_id(territory.id, version.id))
    await publish_plan(territory, back.id, ACTOR)
    restored = await event_of(store, theirs, one.id)
    assert restored is not None
    moves(cancelled, restored)
    assert (restored.status, restored.starts) == ("CONFIRMED", cancelled.starts)
    assert await event_of(store, theirs, one.id, _end(restored)) == restored, "what was held stays last month"
    assert await event_of(store, theirs, one.id, datetime(2027, 2, 1, tzinfo=NOW.tzinfo)) is None


async def test_publishing_the_same_month_again_changes_no_byte(territory: Territory, store: FeedStore):
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    before = await _every_feed(territory, store)
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    assert await _every_feed(territory, store) == before


async def test_no_feed_ever_shows_a_draft_whatever_its_state(territory: Territory, store: FeedStore):
    """Planted: another day, another person; queued, ready, copied, moved, discarded."""
    nothing = await _every_feed(territory, store)
    ready = await make_plan(territory)
    assert [item for item in await items_of(ready.id) if item.kind == "permanence"]
    assert await _every_feed(territory, store) == nothing
    await publish_plan(territory, ready.id, ACTOR)
    published = await _every_feed(territory, store)
    assert published != nothing
    one = await a_permanence(territory)
    draft = await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    day = await _empty_day(territory)
    other = ("NK",) if one.staff == ("AR",) else ("AR",)
    moved = await move_item(
        territory, draft.id, one.key, Move(on=day, staff=other), version=draft.version, overrule=True
    )
    assert moved.item.held_on == day
    assert await _every_feed(territory, store) == published
    await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())
    assert await _every_feed(territory, store) == published
    await discard_plan(territory, draft.id)
    assert await _every_feed(territory, store) == published


async def _every_feed(territory: Territory, store: FeedStore) -> dict[str, bytes]:
    """The bytes of each feed, with all that may be asked for."""
    feeds = await read_feeds(territory.id, NOW)
    return {
        f"{one.kind} {one.code} {options.variant}": (
            await store.read(_wanted(territory, one, options), NOW)
        ).body
        for one in feeds.subjects()
        for options in (FeedOptions(), EVERYTHING)
    }


def _wanted(territory: Territory, one: Subject, options: FeedOptions) -> WantedFeed:
    return WantedFeed(territory_id=territory.id, kind=one.kind, subject_id=one.id, options=options)


async def _publish_moved(territory: Territory, one: Assignment, move: Move) -> None:
    draft: Plan = await copy_published(territory, FIRST_ON, LAST_ON, ACTOR)
    item = next(item for item in await items_of(draft.id) if item.assignment_id == one.id)
    await move_item(territory, draft.id, item.key, move, version=draft.version, overrule=True)
    await publish_plan(territory, draft.id, ACTOR)


async def _empty_day(territory: Territory) -> date:
    """The first weekday of the month on which nothing is published."""
    taken = {one.held_on for one in await assignments_of(territory.id, Wanted())}
    days = [FIRST_ON + timedelta(days=day) for day in range((LAST_ON - FIRST_ON).days + 1)]
    return next(on for on in days if on.weekday() < 5 and on not in taken)


def _end(event: Seen) -> datetime:
    """A permanence of the small territory lasts three hours."""
    return event.starts + timedelta(hours=3)
