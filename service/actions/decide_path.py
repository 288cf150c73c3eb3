"""The referent's answer when a path waits: relancer, suspendre, terminer."""

from datetime import UTC, datetime
from typing import Literal

import msgspec

from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.records.participant import Path
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.own_people import must_see
from service.actions.replace_fact import differences
from service.errors import StaleVersion

Decision = Literal["resume", "suspend", "end"]


async def decide_path(
    territory: Territory, code: str, decision: Decision, actor: Actor, *, version: int | None = None
) -> Path:
    """`resume` begins again with no miss counted; `version` is that of the path which was shown.

    Raises `NotFoundError`, also when it is not theirs; `StaleVersion` with `changed` when it was changed since.
    """
    today_on = territory.day_of(datetime.now(UTC))

    async def work() -> Path:
        path = await fact(territory.id, Path, code)
        await must_see(territory, actor, path.participant)
        decided = msgspec.structs.replace(path, asked_referent_at=None)
        if decision == "resume":
            decided = msgspec.structs.replace(decided, state="running", misses_in_a_row=0, starts_on=today_on)
        elif decision == "suspend":
            decided = msgspec.structs.replace(decided, state="suspended")
        else:
            decided = msgspec.structs.replace(decided, state="ended", exit_on=path.exit_on or today_on)
        if version not in (None, path.version):
            changed = differences(path, decided)
            raise StaleVersion(
                "Quelqu’un d’autre l’a changé entre-temps.", version=path.version, changed=changed
            )
        return await change_fact(territory.id, decided, version=path.version)

    return await in_transaction(work, territory_id=territory.id)
