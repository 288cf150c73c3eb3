"""By which way each of the team hears of changes: a mail, a subscribed calendar, or none at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from db.queries.assignments import assignment_events_since
from db.queries.facts import facts_of
from db.queries.feed_tokens import feed_tokens
from db.records.facts import Facts
from db.records.plan import Plan
from db.records.territory import Territory
from service.actions.publish_plan import SILENT
from service.mail.changes import Change, changes_of
from service.mail.tell_changes import WRITTEN, Reader, readers_of, wants

READ_LATELY = timedelta(days=14)
"""Who has not read a calendar for this long has it no more, as far as anybody knows."""
Changes = Mapping[str, Sequence[Change]]


class Reach(NamedTuple):
    """People by code, each in one of these. `unwilling`: who chose no such messages, or made the changes."""

    mailed: tuple[str, ...] = ()
    by_calendar: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    unwilling: tuple[str, ...] = ()


async def reach_of(
    territory: Territory, facts: Facts, changes: Changes, readers: Mapping[str, Reader]
) -> Reach:
    """Of everybody whom changes concern and who still works here. `readers`: who is mailed, none when it is silent."""
    subscribed = await _subscribed(territory, facts)
    found: dict[str, list[str]] = defaultdict(list)
    for person in facts.staff:
        mine = changes.get(person.code, ())
        if not mine or person.archived_at is not None:
            continue
        reader = readers.get(person.code)
        if reader is not None:
            way = "mailed" if any(wants(reader, one) for one in mine) else "unwilling"
        else:
            way = "by_calendar" if person.code in subscribed else "unreached"
        found[way].append(person.code)
    return Reach(**{way: tuple(sorted(codes)) for way, codes in found.items()})


async def reach_of_version(territory: Territory, plan: Plan) -> Reach:
    """Of a version that was just published: whom what it wrote concerns."""
    if plan.published_at is None:
        return Reach()
    facts = await facts_of(territory.id)
    events = await assignment_events_since(
        plan.published_at - timedelta(seconds=1), territory_id=territory.id
    )
    changes: dict[str, list[Change]] = defaultdict(list)
    for event in events:
        if event.plan_id == plan.id and event.what in WRITTEN:
            for change in changes_of(event, facts):
                changes[change.staff].append(change)
    readers = {} if plan.options.get(SILENT) else await readers_of(territory, facts)
    return await reach_of(territory, facts, changes, readers)


async def _subscribed(territory: Territory, facts: Facts) -> set[str]:
    """Who read a calendar of their own lately."""
    lately = datetime.now(UTC) - READ_LATELY
    tokens = await feed_tokens(territory.id, kind="staff")
    read = {
        one.subject_id
        for one in tokens
        if one.revoked_at is None and one.last_used_at is not None and one.last_used_at >= lately
    }
    return {person.code for person in facts.staff if person.id in read}
