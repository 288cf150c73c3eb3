"""The page of promotions reads the published sessions of those it shows, and no others."""

from datetime import UTC, datetime

import msgspec
import pytest

from db.queries.facts import facts_of
from db.records.cadence import Promotion, Sequence
from service.actions.keep_facts import add_facts
from service.pages.facts_pages import session_dates
from tests.service.living_territory import day, host, make_living, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_sessions_of_a_promotion_that_was_put_away_are_not_read() -> None:
    territory = await make_living()
    step = Sequence(code="s", title="S", from_on=day(-9), until_on=day(9))
    running = Promotion(code="running", name="R", site="bureau", seats=8, sequences=(step,))
    over = msgspec.structs.replace(running, code="over", archived_at=datetime.now(UTC))
    await add_facts(territory.id, (running, over))
    held = [
        msgspec.structs.replace(
            host(ahead), kind="session", key=f"session:{code}:s", promotion=code, sequence="s"
        )
        for ahead, code in ((1, "running"), (2, "over"))
    ]
    await publish(territory, *held)
    assert set(await session_dates(await facts_of(territory.id))) == {("running", "s")}


async def test_a_territory_without_promotions_has_no_dates() -> None:
    territory = await make_living()
    assert await session_dates(await facts_of(territory.id)) == {}
