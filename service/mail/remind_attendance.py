"""Each working morning: what somebody has not said yet, by number and link; never who was expected."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.territories import all_territories
from db.records.assignment import Assignment
from db.records.territory import Territory
from db.transaction import in_transaction
from service.catalogue import counted, text
from service.mail.outbox import NewMail, queue_mail
from service.mail.tell_changes import FOOTER, Reader, readers_of
from service.settings import Settings
from service.unanswered import unanswered

LOOK_BACK = timedelta(days=21)


async def remind_attendance(settings: Settings, now: datetime | None = None) -> int:
    """How many messages were queued; one a person and day at most, none at the week-end."""
    at = now or datetime.now(UTC)
    return sum([await _remind(territory, at, settings) for territory in await all_territories()])


async def _remind(territory: Territory, at: datetime, settings: Settings) -> int:
    """Of the days before today: this morning's appointments still have time."""
    today = territory.day_of(at)
    if today.weekday() > 4:
        return 0
    wanted = Wanted(from_on=today - LOOK_BACK, until_on=today - timedelta(days=1))
    waiting = unanswered(await assignments_of(territory.id, wanted), at)
    if not waiting:
        return 0
    readers = await readers_of(territory, await facts_of(territory.id))
    mails = [
        _mail(territory, reader, f"{today}", count, settings) for reader, count in _counts(readers, waiting)
    ]
    return await in_transaction(lambda: _queue(mails))


def _counts(readers: Mapping[str, Reader], waiting: Sequence[Assignment]) -> list[tuple[Reader, int]]:
    counts = [(reader, sum(code in one.staff for one in waiting)) for code, reader in readers.items()]
    return [(reader, count) for reader, count in counts if count and reader.wanted["to_fill"]]


async def _queue(mails: Sequence[NewMail]) -> int:
    return sum([await queue_mail(mail) is not None for mail in mails])


def _mail(territory: Territory, reader: Reader, day: str, count: int, settings: Settings) -> NewMail:
    what = counted("{n} rendez-vous est à renseigner", "{n} rendez-vous sont à renseigner", count)
    link = f"{settings.address}/t/{territory.code}/a-renseigner"
    return NewMail(
        kind="to_fill",
        to=reader.address,
        subject=text("À renseigner : {what}", what=what),
        body="\n".join([text("{what} : qui est venu ?", what=what), "", link, "", text(FOOTER)]),
        territory_id=territory.id,
        recipient_id=reader.staff_id,
        dedupe_key=f"to_fill {day} {reader.staff_id}",
    )
