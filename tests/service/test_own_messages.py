"""Who wants which messages says so on « Votre compte », and it holds for the next one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.outbox import mails, preferences_of
from db.records.account import Account, Grant
from db.records.territory import Territory
from service.mail.preferences import KINDS
from service.mail.tell_changes import tell_changes
from service.mail.tell_tomorrow import tell_tomorrow
from service.settings import read_settings
from tests.db.assignments import new, permanence, territory_with_facts
from tests.service.door import account, browser, make_app, send, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
SETTINGS = read_settings({})
EVENING = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)


@pytest.fixture
async def territory() -> Territory:
    return await territory_with_facts()


@pytest.fixture
async def me(territory: Territory) -> Account:
    return await account("ar@exemple.fr", Grant(role="staff", territory="somme", staff="AR"))


async def choose(client: httpx.AsyncClient, wanted: str) -> None:
    """One box ticked, all others empty."""
    page = (await client.get("/reglages")).text
    assert all(f'name="kinds" value="{kind}"' in page for kind in KINDS)
    assert (await send(client, "/reglages/messages", "/reglages", kinds=wanted)).status_code == 303


async def told() -> list[str]:
    return [one.kind for one in await mails() if one.to_address == "ar@exemple.fr"]


async def test_what_was_not_ticked_is_not_sent_and_what_was_is(
    tmp_path: Path, territory: Territory, me: Account
) -> None:
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, me.email)
        await choose(client, "tomorrow")
        assert (await preferences_of(me.id))["changed"] is False
        await write_assignments(territory.id, [new(permanence(1))], Author(at=datetime.now(UTC)))
        await tell_changes(SETTINGS)
        assert await told() == []
        await tell_tomorrow(SETTINGS, EVENING)
        assert await told() == ["tomorrow"]
        await choose(client, "changed")
        later = datetime.now(UTC) + timedelta(seconds=1)
        await write_assignments(territory.id, [new(permanence(2))], Author(at=later))
        await tell_changes(SETTINGS)
        await tell_tomorrow(SETTINGS, EVENING + timedelta(days=1))
        assert set(await told()) == {"changed", "tomorrow"}
        assert (await told()).count("tomorrow") == 1


async def test_each_account_is_asked_what_concerns_it(tmp_path: Path) -> None:
    """Messages go to the team; the board is the coordination's."""
    await territory_with_facts("somme")
    asked = {}
    for role, of in (("staff", {"staff": "AR"}), ("coordinator", {}), ("administrator", {}), ("partner", {})):
        email = f"{role}@exemple.fr"
        await account(email, Grant(role=role, territory="somme", **of))
        async with browser(make_app(tmp_path)) as client:
            await sign_in(client, email)
            page = (await client.get("/reglages")).text
        asked[role] = ('name="kinds"' in page, 'name="cases"' in page, 'name="theme"' in page)
    assert asked == {
        "staff": (True, False, True),
        "coordinator": (False, True, True),
        "administrator": (False, False, True),
        "partner": (False, False, True),
    }
