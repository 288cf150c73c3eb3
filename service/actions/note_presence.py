"""Who else has the same draft before them, and what they hold in hand: told every few seconds, forgotten as fast."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.plans import plan_file, store_plan_file
from db.transaction import in_transaction

FILE = "presence"
GONE = timedelta(seconds=50)
MOST = 20


class Present(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at a draft. `who` are initials, `holding` the key of what they move, empty for nothing."""

    account: str
    who: str
    seen_at: datetime
    holding: str = ""


async def note_presence(
    territory_id: UUID, plan_id: UUID, me: Present, *, leaves: bool = False
) -> tuple[Present, ...]:
    """The others who were seen within `GONE`, by initials. Of two who tell at once the later may win: it tells again."""

    async def work() -> tuple[Present, ...]:
        since = datetime.now(UTC) - GONE
        known = [one for one in await _read(plan_id) if one.account != me.account and one.seen_at > since]
        kept = known if leaves else [*known, me]
        await store_plan_file(plan_id, FILE, msgspec.json.encode(kept[-MOST:]))
        return tuple(sorted(known, key=lambda one: one.who))

    return await in_transaction(work, territory_id=territory_id)


async def _read(plan_id: UUID) -> list[Present]:
    try:
        return msgspec.json.decode(await plan_file(plan_id, FILE), type=list[Present])
    except NotFoundError:
        return []
