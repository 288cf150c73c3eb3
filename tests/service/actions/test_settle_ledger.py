"""After a month: what was called off since its publication counts for nobody, and the next month knows."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.territories import territory_by_code
from db.records.assignment import Write
from db.records.facts import FactSet
from db.records.staff import LedgerEntry
from db.records.territory import Territory
from service.actions.settle_ledger import settle_ledger
from tests.service.actions.test_months_in_turn import MONTHS, a_territory, publish_month

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
AFTER = date(2026, 12, 2)


async def kept(territory: Territory) -> dict[str, int]:
    """What November left of permanences, by person."""
    ledger = (await facts_of(territory.id)).ledger
    found = [one for one in ledger if (one.kind, one.month_on) == ("permanences", MONTHS[0][0])]
    return {one.staff: one.balance_hundredths for one in found}


async def call_off_all_of(territory: Territory, staff: str) -> None:
    permanences = await assignments_of(territory.id, Wanted(kinds=("permanence",), staff=staff))
    assert permanences
    writes = [
        Write(
            id=one.id,
            content=msgspec.structs.replace(content_of(one), status="cancelled", cancelled_by="site"),
        )
        for one in permanences
    ]
    await write_assignments(territory.id, writes, Author(at=datetime.now(UTC)))


async def test_what_was_called_off_counts_for_nobody_once_the_month_is_over() -> None:
    territory = await a_territory()
    await publish_month(territory, *MONTHS[0])
    assert await kept(territory) == {"AR": 0, "NK": 0}
    await call_off_all_of(territory, "AR")
    assert await kept(territory) == {"AR": 0, "NK": 0}
    assert await settle_ledger(territory, AFTER) == 1
    assert await kept(territory) == {"AR": -100, "NK": 100}
    problem = await publish_month(territory, *MONTHS[1])
    assert {one.id: one.ledger["permanences"] for one in problem.staff} == {"AR": -100, "NK": 100}


async def test_a_month_that_is_settled_or_not_over_is_left_as_it_is() -> None:
    territory = await a_territory()
    await publish_month(territory, *MONTHS[0])
    before = (await territory_by_code(territory.code)).facts_revision
    assert await settle_ledger(territory, AFTER) == 0
    await call_off_all_of(territory, "AR")
    assert await settle_ledger(territory, date(2026, 11, 30)) == 0
    assert await settle_ledger(territory, date(2027, 2, 1)) == 0
    assert (await territory_by_code(territory.code)).facts_revision == before
    assert await settle_ledger(territory, date(2027, 1, 31)) == 1
    assert await settle_ledger(territory, date(2027, 1, 31)) == 0


async def whole_ledger(territory: Territory) -> set[LedgerEntry]:
    return set((await facts_of(territory.id)).ledger)


async def archive(territory: Territory, staff: str) -> None:
    """A colleague who leaves, with the promotion and the cadences of the territory; the other works less."""
    facts, at = await facts_of(territory.id), datetime.now(UTC)
    team = tuple(
        msgspec.structs.replace(one, archived_at=at)
        if one.code == staff
        else msgspec.structs.replace(one, availability=one.availability[:2])
        for one in facts.staff
    )
    over = tuple(msgspec.structs.replace(one, archived_at=at) for one in facts.promotions)
    ended = tuple(msgspec.structs.replace(one, archived_at=at) for one in facts.cadences)
    await store_facts(territory.id, FactSet(staff=team, promotions=over, cadences=ended))


async def test_who_leaves_after_the_month_changes_nothing_of_its_balances() -> None:
    territory = await a_territory()
    await publish_month(territory, *MONTHS[0])
    before = await whole_ledger(territory)
    assert {one.kind for one in before if one.balance_hundredths} >= {"sessions"}
    await archive(territory, "AR")
    assert await settle_ledger(territory, AFTER) == 0
    assert await whole_ledger(territory) == before


async def test_what_a_leaver_did_not_hold_is_shared_as_the_month_was_published() -> None:
    territory = await a_territory()
    await publish_month(territory, *MONTHS[0])
    await call_off_all_of(territory, "AR")
    await archive(territory, "AR")
    assert await settle_ledger(territory, AFTER) == 1
    assert await kept(territory) == {"AR": -100, "NK": 100}


async def test_a_month_of_which_all_was_called_off_leaves_no_balance() -> None:
    territory = await a_territory()
    await publish_month(territory, *MONTHS[0])
    for one in await assignments_of(territory.id, Wanted()):
        content = msgspec.structs.replace(content_of(one), status="cancelled", cancelled_by="us")
        await write_assignments(
            territory.id, [Write(id=one.id, content=content)], Author(at=datetime.now(UTC))
        )
    assert await settle_ledger(territory, AFTER) == 1
    assert {one.balance_hundredths for one in await whole_ledger(territory)} == {0}
