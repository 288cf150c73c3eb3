"""Every minute: tell the team and partners what changed, send what waits. At 18 h: tomorrow's day."""

from datetime import datetime

from db.queries.outbox import due_mails
from db.queries.territories import all_territories
from service.jobs.kinds import JobKind, RunningJob
from service.mail.sender import send_due_mails
from service.mail.tell_changes import changes_wait, tell_changes
from service.mail.tell_partners import partner_news_wait, tell_partners
from service.mail.tell_tomorrow import is_evening, tell_tomorrow
from service.settings import Settings


async def mail_needed(now: datetime) -> bool:
    return await changes_wait(now) or await partner_news_wait(now) or bool(await due_mails(now, limit=1))


async def evening_needed(now: datetime) -> bool:
    return any(is_evening(territory, now) for territory in await all_territories())


def mail_kind(settings: Settings) -> JobKind:
    async def tell_and_send(_: RunningJob) -> dict[str, int]:
        told = await tell_changes(settings) + await tell_partners(settings)
        return {"told": told, "sent": await send_due_mails(settings)}

    return JobKind(name="mail", handler=tell_and_send)


def evening_kind(settings: Settings) -> JobKind:
    async def tell(_: RunningJob) -> dict[str, int]:
        return {"told": await tell_tomorrow(settings), "sent": await send_due_mails(settings)}

    return JobKind(name="tomorrow", handler=tell)
