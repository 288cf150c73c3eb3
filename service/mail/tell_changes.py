"""Who is to be told of what changed: one message a person and publication, one a change when it is soon."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from db.queries.accounts import accounts_of_staff
from db.queries.assignments import assignment_events_count, assignment_events_since
from db.queries.facts import facts_of
from db.queries.outbox import add_told, preferences_of_all
from db.queries.plans import plan_by_id
from db.queries.settings import house_setting, set_house_setting
from db.queries.territories import all_territories
from db.records.assignment import AssignmentEvent
from db.records.facts import Facts
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.publish_plan import SILENT
from service.catalogue import text
from service.mail.changes import Change, changes_of
from service.mail.message import key_of, kind_of, message_of
from service.mail.outbox import NewMail, deliverable, queue_mail
from service.mail.preferences import wanted_by
from service.settings import Settings

WRITTEN = ("published", "dropped")
"""What a publication does to assignments; a withdrawal is told also of a version published silently."""
CURSOR = "mail.changes_until"
OVERLAP, FIRST_LOOK = timedelta(minutes=10), timedelta(hours=24)
"""A transaction may commit a little later than the instant it writes: a part is looked at twice."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Where the last look ended, and how many changes it saw of the part that is looked at twice.

    One more there is a change that was committed since under an earlier instant.
    """

    until_at: datetime
    seen_count: int = 0


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Where a staff member reads, and what they want to."""

    address: str
    staff_id: UUID
    account_id: UUID | None = None
    wanted: dict[str, bool] = msgspec.field(default_factory=lambda: wanted_by({}))


async def changes_wait(now: datetime) -> bool:
    """Whether something changed since the last look, or was committed late."""
    looked = await _last_look(now)
    return await assignment_events_count(looked.until_at - OVERLAP) != looked.seen_count


async def _last_look(now: datetime) -> Looked:
    kept = await house_setting(CURSOR)
    if isinstance(kept, str):  # As it was kept before late changes were counted.
        return Looked(until_at=datetime.fromisoformat(kept))
    return Looked(until_at=now - FIRST_LOOK) if kept is None else msgspec.convert(kept, Looked)


async def tell_changes(settings: Settings) -> int:
    """Queues the messages of every change since the last look; how many."""
    now = datetime.now(UTC)
    since = (await _last_look(now)).until_at
    count, seen = 0, [since]
    for territory in await all_territories():
        events = await assignment_events_since(since - OVERLAP, territory_id=territory.id)
        if events:
            facts, silent = await facts_of(territory.id), await _published_silently(territory.id, events)
            told = (event for event in events if not (event.plan_id in silent and event.what in WRITTEN))
            found = [one for event in told for one in changes_of(event, facts)]
            count += await _tell(territory, facts, found, settings)
            seen += [event.at for event in events]
    await _keep_look(seen)
    return count


async def _keep_look(seen: list[datetime]) -> None:
    """The first instant is where the look began, those after it are of changes."""
    latest = max(seen)
    again = sum(at > latest - OVERLAP for at in seen[1:])
    await set_house_setting(CURSOR, msgspec.to_builtins(Looked(until_at=latest, seen_count=again)))


async def _published_silently(territory_id: UUID, events: Iterable[AssignmentEvent]) -> set[UUID]:
    """Versions that the coordinator published without telling anybody."""
    written = {event.plan_id for event in events if event.plan_id and event.what in WRITTEN}
    plans = [await plan_by_id(territory_id, plan_id) for plan_id in written]
    return {plan.id for plan in plans if plan.options.get(SILENT)}


async def _tell(territory: Territory, facts: Facts, found: list[Change], settings: Settings) -> int:
    readers = await readers_of(territory, facts)
    by_message: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in found:
        reader = readers.get(change.staff)
        if reader is not None and wants(reader, change):
            by_message[(change.staff, key_of(change))].append(change)
    return sum(
        [
            await _queue(territory, readers[staff], key, changes, settings)
            for (staff, key), changes in by_message.items()
        ]
    )


async def readers_of(territory: Territory, facts: Facts) -> dict[str, Reader]:
    """Staff with an address, by code; an account's address comes before that of the fact."""
    accounts = await accounts_of_staff(territory.id)
    chosen = await preferences_of_all([one.id for one in accounts.values()])
    readers = {}
    for person in facts.staff:
        account = accounts.get(person.code)
        address = account.email if account else person.email
        if address and deliverable((address,)) and person.id and person.archived_at is None:
            readers[person.code] = Reader(
                address=address,
                staff_id=person.id,
                account_id=account.id if account else None,
                wanted=wanted_by(chosen.get(account.id, {}) if account else {}),
            )
    return readers


def wants(reader: Reader, change: Change) -> bool:
    """Whether somebody chose to be told of such a change; of one's own only who asked for it."""
    mine = reader.account_id is not None and change.event.actor_id == reader.account_id
    return reader.wanted[kind_of(change)] and (not mine or reader.wanted["own"])


async def _queue(
    territory: Territory, reader: Reader, key: str, changes: list[Change], settings: Settings
) -> int:
    """The message and who is told of what, in one transaction; 0 when it was queued before."""
    message = message_of(changes, territory.name, territory.zone)
    link = f"{settings.address}/t/{territory.code}/ma-semaine"
    mail = NewMail(
        kind=message.kind,
        to=reader.address,
        subject=message.subject,
        body="\n".join([*(f"- {line}" for line in message.lines), "", link, "", text(FOOTER)]),
        territory_id=territory.id,
        recipient_id=reader.staff_id,
        dedupe_key=f"{key} {reader.staff_id}",
    )

    async def work() -> int:
        mail_id = await queue_mail(mail)
        if mail_id is None:
            return 0
        await add_told([_told_row(territory, reader, one, mail_id) for one in changes])
        return 1

    return await in_transaction(work)


FOOTER = "Pour choisir vos messages : escale, « Votre compte »."


def _told_row(territory: Territory, reader: Reader, change: Change, mail_id: UUID) -> dict[str, Any]:
    event = change.event
    return {
        "territory": territory.id,
        "assignment_id": event.assignment_id,
        "event_id": event.id,
        "plan_id": event.plan_id,
        "recipient_kind": "staff",
        "recipient_id": reader.staff_id,
        "recipient_label": change.staff,
        "channel": "mail",
        "mail": mail_id,
        "told_by": event.actor_id,
        "change": {"what": change.what, "line": change.line},
    }
