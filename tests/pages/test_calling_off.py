"""Suppr on what is published asks by whom it is called off, holds at once and leads to who is to be told."""

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from db.queries.assignments import assignment
from db.records.account import Grant
from db.records.assignment import Content
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.living_territory import ZONE, host, make_living, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


def under_way() -> Content:
    began = datetime.now(ZONE) - timedelta(minutes=5)
    values = {"held_on": began.date(), "starts_at": began, "ends_at": began + timedelta(hours=2)}
    return msgspec.structs.replace(host(0, "am", site="gagny"), **values)


async def test_a_coordinator_calls_off_for_the_site_and_is_shown_who_to_tell(tmp_path: Path) -> None:
    territory, content = await make_living(), under_way()
    (event,) = await publish(territory, content)
    await account("c@vivante.fr", Grant(role="coordinator", territory="vivante"))
    month = f"/t/vivante/planning/{content.held_on:%Y-%m}"
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@vivante.fr")
        asked = await client.get(f"{month}/retirer", params={"cle": content.key})
        assert "Annulé par" in asked.text
        fields = {"cle": content.key, "raison": "site", "par": "site"}
        done = await send(client, f"{month}/decommander", f"{month}/retirer?cle={content.key}", **fields)
        told = await client.get(done.headers["location"])
        left = await client.get(f"{month}/retirer", params={"cle": content.key})
    assert done.status_code == 303
    address = urlsplit(done.headers["location"])
    assert address.path == "/t/vivante/ma-semaine/prevenir"
    assert parse_qs(address.query) == {"quoi": [str(event)], "personne": ["AR"], "planning": [month[-7:]]}
    assert f'class="btn primary big" href="{month}"' in told.text
    assert "phone-nav" not in told.text
    gone = await assignment(territory.id, event)
    assert (gone.status, gone.cancelled_by, gone.cancel_reason) == ("cancelled", "site", "site")
    assert left.status_code == 404
