"""The last place of a slot, asked for by several partners at several processes at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from db.records.account import Grant
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from tests.deployment import Deployment
from tests.service.door import account
from tests.service.partners.sample import make_territory, monday, permanence, publish
from tests.service.stories.people import client

pytestmark = [pytest.mark.slow]
Headers = dict[str, str]


async def _two_partners() -> tuple[str, UUID, list[Headers]]:
    """The address of a territory's interface, a published half-day with one place a slot, two officers."""
    territory = await make_territory(f"p{uuid4().hex[:10]}")
    (host,) = await publish(territory, permanence(monday()))
    headers = []
    for partner in ("spip-93", "spip-94"):
        made = await account(
            f"{partner}@{territory.code}.fr",
            Grant(role="partner", territory=territory.code, partner=partner),
        )
        token = await make_api_token(made.id, "stories", tuple(SCOPES), 1)
        headers.append({"authorization": f"Bearer {token}"})
    return f"/api/territories/{territory.code}", host, headers


def test_of_all_who_want_the_last_place_at_once_one_partner_has_it_and_each_process_says_so(
    deployment: Deployment,
) -> None:
    root, host, officers = deployment.do(_two_partners)
    webs = deployment.webs

    def hold(number: int) -> tuple[int, int, Any]:
        who = number % 2
        with client(webs[(number // 2) % len(webs)].url, officers[who]) as one:
            answer = one.post(f"{root}/holds", json={"host_id": str(host), "slot": 0})
            return who, answer.status_code, answer.json()

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(hold, range(12)))
    winners = {who for who, status, _ in answers if status == 201}
    assert len(winners) == 1
    assert len({body["id"] for _, status, body in answers if status == 201}) == 1
    lost = [body for who, status, body in answers if who not in winners]
    assert len(lost) == 6
    assert all(body["status"] == 409 and body["alternatives"] for body in lost)
    (winner,) = winners
    for web in webs:
        for who, headers in enumerate(officers):
            with client(web.url, headers) as one:
                places = one.get(f"{root}/free-places").json()["places"]
            (state,) = [
                place["state"] for place in places if (place["host_id"], place["slot"]) == (str(host), 0)
            ]
            assert state == ("held" if who == winner else "taken")
