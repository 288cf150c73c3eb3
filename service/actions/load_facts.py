"""Store the facts of a file for one month: a second time nothing changes."""

import hashlib
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from db.errors import NotFoundError
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.pin_storing import add_pins
from db.queries.territories import add_territory, change_territory, territory_by_code
from db.records.facts import Stored
from db.records.territory import Territory
from db.transaction import in_transaction
from service.facts_file.records import MonthFacts

DAY = timedelta(days=1)
AROUND = timedelta(days=120)
"""How far before a month an interview still says when the next is due."""
LOADED = "loaded_facts"
"""Setting of a territory: by month, the fingerprint of what was loaded for it."""


class LoadedFacts(NamedTuple):
    """What a loading did; `already` when the same facts of that month were loaded before."""

    territory: Territory
    stored: Stored
    already: bool


async def load_facts(month: MonthFacts) -> LoadedFacts:
    """All in one transaction. Facts edited since an equal loading stay as they were edited."""

    async def work() -> LoadedFacts:
        territory = await _territory(month)
        loaded = dict(territory.settings.get(LOADED, {}))
        key, mark = f"{month.first_on:%Y-%m}", fingerprint(month)
        if loaded.get(key) == mark:
            return LoadedFacts(territory, Stored(), already=True)
        stored = await store_facts(territory.id, month.facts)
        stored += await add_pins(territory.id, month.pins)
        settings = {**month.settings, **territory.settings, LOADED: {**loaded, key: mark}}
        fresh = await territory_by_code(month.code)
        changed = await change_territory(msgspec.structs.replace(fresh, settings=settings))
        return LoadedFacts(changed, stored, already=False)

    return await in_transaction(work)


async def last_held(territory_code: str, first_on: date) -> dict[str, date]:
    """The last published interview of each participant before a month; nothing for a new territory."""
    try:
        territory = await territory_by_code(territory_code)
    except NotFoundError:
        return {}
    wanted = Wanted(from_on=first_on - AROUND, until_on=first_on - DAY)
    found: dict[str, date] = {}
    for one in await assignments_of(territory.id, wanted):
        if one.kind == "interview" and one.participant is not None and one.status != "cancelled":
            found[one.participant] = max(one.held_on, found.get(one.participant, one.held_on))
    return found


async def _territory(month: MonthFacts) -> Territory:
    try:
        return await territory_by_code(month.code)
    except NotFoundError:
        return await add_territory(
            code=month.code,
            name=month.name,
            zone=month.zone,
            departements=month.departements,
            settings=dict(month.settings),
        )


def fingerprint(month: MonthFacts) -> str:
    """The same for the same facts of the same month."""
    return hashlib.sha256(msgspec.json.encode([month.first_on, month.facts, month.pins])).hexdigest()
