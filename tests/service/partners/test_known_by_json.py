"""Whom a partner oriented is known under a reference of ours, said over JSON by the coordination."""

from pathlib import Path

import pytest

from db.queries.fact_storing import add_fact
from db.queries.facts import fact
from db.queries.orientations import orientation
from db.records.account import Grant
from db.records.participant import Participant
from service.accounts.api_tokens import SCOPES
from service.actions.hold_place import hold_place
from service.actions.make_api_token import make_api_token
from service.actions.orient import orient
from tests.service.door import account, browser, make_app
from tests.service.partners.sample import FORM, NOW, make_territory, monday, officer, permanence, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def bearer(name: str, grant: Grant) -> dict[str, str]:
    made = await account(f"{name}@exemple.fr", grant)
    return {"authorization": f"Bearer {await make_api_token(made.id, name, tuple(SCOPES), 30)}"}


async def test_the_coordination_links_an_orientation_once_and_unlinks_it_and_no_partner_does(
    tmp_path: Path,
) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    who = officer()
    held = await hold_place(territory, who, host, 0, NOW)
    made = await orient(territory, who, held.id, FORM, NOW)
    for code in ("KM4821", "ZT1002"):
        await add_fact(territory.id, Participant(code=code))
    desk = await bearer("c", Grant(role="coordinator", territory="essai"))
    partner = await bearer("p", Grant(role="partner", territory="essai", partner="spip-93"))
    address = f"/api/territories/essai/orientations/{made.id}/participant"
    async with browser(make_app(tmp_path)) as client:
        client.headers["accept"] = "application/json"

        async def link(reference: str, headers: dict[str, str]) -> tuple[int, str]:
            answer = await client.post(
                address,
                json={"participant": reference},
                headers=headers,
                params={"partner": "spip-93"},
            )
            return answer.status_code, answer.json().get("type", "")

        assert (await link("KM4821", partner))[0] == 403
        assert (await link("XX9999", desk))[0] == 404
        assert (await link("no reference", desk))[0] == 400
        assert [await link("KM4821", desk) for _ in range(2)] == [(200, "")] * 2
        assert await link("ZT1002", desk) == (409, "/problems/already-enrolled")
        person = await fact(territory.id, Participant, "KM4821")
        assert (await orientation(territory.id, made.id)).participant_id == person.id
        theirs = {"partner": "spip-93"}
        assert (await client.delete(address, headers=partner, params=theirs)).status_code == 403
        answers = [await client.delete(address, headers=desk, params=theirs) for _ in range(2)]
        assert [(one.status_code, one.json()["status"]) for one in answers] == [(200, "planned")] * 2
        assert (await orientation(territory.id, made.id)).participant_id is None
        assert await link("ZT1002", desk) == (200, "")
