"""Two hundred at one place over HTTP: one has it, the others are offered others; nobody waits in vain, whatever else happens."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from db.queries.assignments import assignment
from db.queries.place_hosts import standing_places
from db.queries.plan_items import items_of
from db.records.place import TakenPlace
from db.records.plan import Plan
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.copy_published import copy_published
from service.actions.edit_draft import Edit, edit_draft
from service.actions.hold_place import hold_place
from service.actions.publish_plan import publish_plan
from service.partners.opened import partner_facts
from tests.service.door import make_app, transport_to
from tests.service.partners.pressing import (
    ATTEMPTS,
    press_all,
    sessions,
    through_three_processes,
    winners_of,
)
from tests.service.partners.sample import again, make_territory, monday, officer, permanence, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
DAYS = tuple(monday() + timedelta(days=day) for day in range(3))


async def _one_left(territory: Territory, hosts: list[UUID], what: str) -> str:
    """A place of which there is one: an hour of the first half-day, or the last seat of the promotion."""
    if what == "hour":
        return f"{hosts[0]}:1"
    promotion = (await partner_facts(territory)).promotions["sas-7"].id
    assert promotion is not None
    await hold_place(territory, officer(), promotion, 0)
    return f"{promotion}:0"


async def _standing(place: str) -> tuple[TakenPlace, ...]:
    return await standing_places([UUID(place.partition(":")[0])], now=datetime.now(UTC))


@pytest.mark.parametrize(("what", "taken_count"), [("hour", 1), ("seat", 2)])
async def test_two_hundred_press_one_place_and_exactly_one_wins(
    what: str, taken_count: int, tmp_path: Path
) -> None:
    territory = await make_territory()
    place = await _one_left(territory, await publish(territory, *map(permanence, DAYS)), what)
    app = make_app(tmp_path, requests_per_minute="100000")
    secrets = await sessions(app.state.settings, ATTEMPTS)
    transport = transport_to(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://escale.test", timeout=120) as client:
        assert winners_of(await press_all([client], secrets, place)) == 1
    assert len(await _standing(place)) == taken_count


@pytest.mark.soak
@pytest.mark.parametrize(("what", "taken_count"), [("hour", 1), ("seat", 2)])
async def test_two_hundred_press_one_place_through_three_web_processes(
    what: str, taken_count: int, database_url: str, tmp_path: Path
) -> None:
    territory = await make_territory()
    place = await _one_left(territory, await publish(territory, *map(permanence, DAYS)), what)
    assert winners_of(await through_three_processes(database_url, tmp_path, place)) == 1
    assert len(await _standing(place)) == taken_count


async def _draft_without(territory: Territory, host: UUID) -> Plan:
    """A draft of the week with the two permanences that its cadence asks; the third is dropped."""
    draft = await copy_published(territory, DAYS[0], DAYS[0] + timedelta(days=4), HOUSE)
    keys = tuple(one.key for one in await items_of(draft.id) if one.assignment_id == host)
    assert len(keys) == 1
    await edit_draft(territory, draft.id, Edit(words="dropped", drop=keys), version=draft.version)
    return draft


@pytest.mark.soak
@pytest.mark.parametrize(("what", "taken_count"), [("hour", 1), ("seat", 2)])
async def test_exactly_one_wins_while_a_plan_that_keeps_the_place_is_published_at_that_very_moment(
    what: str, taken_count: int, database_url: str, tmp_path: Path
) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *map(permanence, DAYS))
    territory = await again(territory)
    draft = await _draft_without(territory, hosts[2])
    place = await _one_left(territory, hosts, what)
    answers = await through_three_processes(
        database_url, tmp_path, place, lambda: publish_plan(territory, draft.id, HOUSE)
    )
    assert winners_of(answers) == 1
    assert len(await _standing(place)) == taken_count
    assert (await assignment(territory.id, hosts[2])).status == "cancelled"


@pytest.mark.soak
async def test_nobody_keeps_a_place_that_a_plan_drops_at_that_very_moment(
    database_url: str, tmp_path: Path
) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *map(permanence, DAYS))
    territory = await again(territory)
    draft = await _draft_without(territory, hosts[0])
    answers = await through_three_processes(
        database_url, tmp_path, f"{hosts[0]}:1", lambda: publish_plan(territory, draft.id, HOUSE)
    )
    assert winners_of(answers) <= 1
    assert (await assignment(territory.id, hosts[0])).status == "cancelled"
    assert await _standing(f"{hosts[0]}:1") == ()
