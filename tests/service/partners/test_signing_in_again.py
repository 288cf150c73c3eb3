"""A place held by an officer whose session ends meanwhile: theirs again after signing in, nobody else's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.queries.sessions import end_sessions_of
from db.records.account import Grant
from db.tables.account import AccountSession
from tests.service.door import account, browser, form_token, make_app, send, sign_in
from tests.service.partners.sample import make_territory, monday, permanence, publish
from tests.service.partners.test_pages import SENT

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
MINE, OTHER = "md@example.fr", "zz@example.fr"
SPIP = Grant(role="partner", territory="essai", partner="spip-93")


@pytest.mark.parametrize("ended", ["by leaving", "by being left alone"])
async def test_the_place_and_what_was_typed_outlive_the_session(tmp_path: Path, ended: str) -> None:
    territory, me = await make_territory(), await account(MINE, SPIP)
    await account(OTHER, SPIP)
    (host,) = await publish(territory, permanence(monday()))
    app = make_app(tmp_path)
    async with browser(app) as client, browser(app) as colleague:
        await sign_in(client, MINE)
        form = (await send(client, "/t/essai/places", place=f"{host}:0")).headers["location"]
        await sign_in(colleague, OTHER)
        assert (await colleague.get(form)).status_code == 404
        if ended == "by leaving":
            await end_sessions_of(me.id, at=datetime.now(UTC))
        else:
            long_ago = datetime.now(UTC) - timedelta(minutes=20)
            await AccountSession.update({AccountSession.last_seen_at: long_ago}).where(
                AccountSession.account == me.id
            )
        client.cookies.clear()
        await sign_in(client, MINE)
        taken = await colleague.post(
            form, data={"_csrf_token": await form_token(colleague, "/t/essai/places"), **SENT}
        )
        assert taken.status_code == 404
        done = await client.post(
            form, data={"_csrf_token": await form_token(client, "/t/essai/places"), **SENT}
        )
        assert (done.status_code, "/orientations/" in done.headers["location"]) == (303, True)
        assert (await client.get(done.headers["location"])).status_code == 200


async def test_a_session_that_is_used_keeps_its_place_from_another_of_the_same_account(
    tmp_path: Path,
) -> None:
    territory = await make_territory()
    await account(MINE, SPIP)
    (host,) = await publish(territory, permanence(monday()))
    app = make_app(tmp_path)
    async with browser(app) as client, browser(app) as second:
        await sign_in(client, MINE)
        form = (await send(client, "/t/essai/places", place=f"{host}:0")).headers["location"]
        await sign_in(second, MINE)
        assert (await second.get(form)).status_code == 404
        assert (await client.get(form)).status_code == 200
