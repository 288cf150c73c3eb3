"""What was mailed to a site opens its pages for as long as the address is the site's, and for nobody after."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.site_answers import answers_of
from db.records.site import Site
from db.records.territory import Territory
from db.tables.account import OneTimeLink
from service.actions.ask_site import ask_site, month_of
from service.actions.send_access_list import send_access_list
from tests.service.door import ROOT, browser, make_app, send
from tests.service.partners.sample import make_territory, monday, permanence, publish
from tests.service.partners.test_sites import mailed

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
ON = monday(6)


async def _another_address(territory: Territory) -> None:
    site = await fact(territory.id, Site, "gagny")
    moved = msgspec.structs.replace(site, contact_email="nouveau@example.fr")
    await change_fact(territory.id, moved, version=site.version)


async def _no_address(territory: Territory) -> None:
    site = await fact(territory.id, Site, "gagny")
    await change_fact(territory.id, msgspec.structs.replace(site, contact_email=None), version=site.version)


async def _expired(_: Territory) -> None:
    await OneTimeLink.update({OneTimeLink.expires_at: datetime.now(UTC) - timedelta(seconds=1)}, force=True)


@pytest.mark.parametrize("ending", [_another_address, _no_address, _expired])
async def test_a_link_ends_with_its_address_and_answers_nothing_more(
    tmp_path: Path, ending: Callable[[Territory], Awaitable[None]]
) -> None:
    territory = await make_territory()
    await publish(territory, permanence(ON))
    await ask_site(territory, "gagny", ON, ROOT)
    await send_access_list(territory, "gagny", ON, ROOT, by=None)
    secrets = await mailed(), await mailed("acces")
    answer, access = f"/reponse/{secrets[0]}", f"/acces/{secrets[1]}"
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as site:
        assert (await site.get(answer)).status_code == 200
        assert (await site.get(access)).status_code == 200
        await ending(territory)
        with capture_logs() as told:
            for path in (answer, access, f"{access}/liste.pdf", f"{access}/liste.csv"):
                refused = await site.get(path)
                assert refused.status_code == 410, path
                assert "A. R." not in refused.text
            sent = await send(site, answer, "/connexion", **{f"le-{ON}-am": "agreed"})
            assert sent.status_code == 410
    assert [one.answer for one in await answers_of(territory.id, *_month())] == ["waiting"]
    assert not [secret for secret in secrets if secret in str(told)]


def _month() -> tuple[date, date]:
    return month_of(ON)
