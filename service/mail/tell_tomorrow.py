"""At 18 h, in each territory's own time: tomorrow's day, to who has one and wants it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.territories import all_territories
from db.records.assignment import Assignment
from db.records.territory import Territory
from service.catalogue import text
from service.french_text import clock, long_date
from service.mail.changes import told
from service.mail.outbox import NewMail, queue_mail
from service.mail.tell_changes import FOOTER, Reader, readers_of
from service.settings import Settings

FROM, UNTIL = time(18, 0), time(21, 0)
"""A service that was away at 18 h still tells until 21 h."""


async def tell_tomorrow(settings: Settings, now: datetime | None = None) -> int:
    """How many messages were queued; a second time on one evening there are none."""
    at = now or datetime.now(UTC)
    return sum([await _tell(territory, at, settings) for territory in await all_territories()])


def is_evening(territory: Territory, at: datetime) -> bool:
    return FROM <= at.astimezone(ZoneInfo(territory.zone)).time() < UNTIL


async def _tell(territory: Territory, at: datetime, settings: Settings) -> int:
    if not is_evening(territory, at):
        return 0
    zone = ZoneInfo(territory.zone)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    wanted = Wanted(from_on=tomorrow, until_on=tomorrow, statuses=("planned", "to_confirm"))
    day, facts = await assignments_of(territory.id, wanted), await facts_of(territory.id)
    count = 0
    for staff, reader in (await readers_of(territory, facts)).items():
        mine = [one for one in day if staff in one.staff]
        meetings = [
            one
            for one in facts.meetings
            if staff in one.attendees
            and one.status == "planned"
            and one.starts_at.astimezone(zone).date() == tomorrow
        ]
        lines = [told(msgspec.structs.asdict(one), facts, zone) for one in _without_hosted(mine)]
        lines += [f"{clock(one.starts_at.astimezone(zone).time())}, réunion" for one in meetings]
        if lines and reader.wanted["tomorrow"]:
            mail = _mail(territory, reader, f"{tomorrow}", long_date(tomorrow), lines, settings)
            count += await queue_mail(mail) is not None
    return count


def _without_hosted(mine: Sequence[Assignment]) -> list[Assignment]:
    return sorted(mine, key=lambda one: (one.starts_at, one.kind))


def _mail(
    territory: Territory, reader: Reader, day: str, words: str, lines: list[str], settings: Settings
) -> NewMail:
    root = f"{settings.address}/t/{territory.code}"
    paper = text("Les feuilles de la journée, à imprimer : {link}", link=f"{root}/ma-journee/{day}.pdf")
    return NewMail(
        kind="tomorrow",
        to=reader.address,
        subject=text("Demain, {day}", day=words),
        body="\n".join([*(f"- {line}" for line in lines), "", f"{root}/ma-semaine", paper, "", text(FOOTER)]),
        territory_id=territory.id,
        recipient_id=reader.staff_id,
        dedupe_key=f"tomorrow {day} {reader.staff_id}",
    )
