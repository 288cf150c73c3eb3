"""What a process knows before its first page."""

import asyncio
import sys

import pytest
from structlog.testing import capture_logs

from db.facts_memory import remembered
from db.queries.territories import territory_by_code
from db.transaction import snapshot
from service.actions.publish_plan import publish_plan
from service.pages.rendering import environment
from service.warming import know_months, reading_ahead, warm_up
from tests.service.small_territory import ACTOR, make_plan, make_territory


def test_every_template_is_compiled_and_the_calendars_are_loaded():
    environment.cache_clear()
    warm_up()
    made = environment()
    assert made.cache is not None
    assert len(made.cache) == len(made.list_templates())
    assert "holidays.countries" in sys.modules


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_the_month_that_is_opened_first_is_read_ahead():
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    await know_months()
    async with snapshot():
        assert remembered(await territory_by_code("petite")) is not None


@pytest.mark.usefixtures("database")
async def test_a_service_that_ends_at_once_waits_for_no_month():
    async with reading_ahead():
        pass


@pytest.mark.usefixtures("empty_database")
async def test_what_goes_wrong_is_told_at_once_and_the_service_goes_on():
    """The database has no tables yet."""
    with capture_logs() as told:
        async with reading_ahead(), asyncio.timeout(30):
            while not told:
                await asyncio.sleep(0.01)
    assert [(one["log_level"], one["event"]) for one in told] == [("error", "months were not read ahead")]
