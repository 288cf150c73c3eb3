"""A path that too many absences suspended: its referent is asked to decide, by number and link, once a week."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from db.queries.facts import facts_of
from db.queries.territories import all_territories
from db.records.territory import Territory
from db.transaction import in_transaction
from service.catalogue import counted, text
from service.mail.outbox import NewMail, queue_mail
from service.mail.tell_changes import FOOTER, Reader, readers_of
from service.settings import Settings


async def ask_referents(settings: Settings, now: datetime | None = None) -> int:
    """How many messages were queued: for each new question, then again each week until it has its answer."""
    at = now or datetime.now(UTC)
    return sum([await _ask(territory, at, settings) for territory in await all_territories()])


async def _ask(territory: Territory, at: datetime, settings: Settings) -> int:
    facts = await facts_of(territory.id)
    asked = [one for one in facts.paths if one.asked_referent_at is not None and one.referent is not None]
    if not asked:
        return 0
    readers = await readers_of(territory, facts)
    week = at.astimezone(ZoneInfo(territory.zone)).isocalendar()
    latest = {
        one.referent: one.asked_referent_at
        for one in sorted(asked, key=lambda one: str(one.asked_referent_at))
    }
    count = 0
    for code, paths_count in Counter(one.referent for one in asked).items():
        reader = readers.get(code or "")
        if reader is not None:
            key = f"path_asked {latest[code]} {week.year}-{week.week} {reader.staff_id}"
            mail = _mail(territory, reader, paths_count, key, settings)
            count += await in_transaction(lambda mail=mail: queue_mail(mail)) is not None  # type: ignore[misc]
    return count


def _mail(territory: Territory, reader: Reader, count: int, key: str, settings: Settings) -> NewMail:
    what = counted("{n} parcours attend votre décision", "{n} parcours attendent votre décision", count)
    why = text("Suspendus après plusieurs absences non excusées de suite : relancer, suspendre ou terminer.")
    return NewMail(
        kind="path_asked",
        to=reader.address,
        subject=what,
        body="\n".join([why, "", f"{settings.address}/t/{territory.code}/a-relancer", "", text(FOOTER)]),
        territory_id=territory.id,
        recipient_id=reader.staff_id,
        dedupe_key=key,
    )
