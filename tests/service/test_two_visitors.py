"""What one person was shown is never shown to the next: no answer is kept near a cookie."""

from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from db.queries.territories import territory_by_code
from db.records.account import Grant
from service.edge.guards import handlers
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERS = (
    "/t/somme/personnes",
    "/t/somme/personnes/KM4821",
    "/t/somme/lieux",
    "/reglages",
    "/api/territories/somme/plans",
)


async def test_a_fresh_visitor_gets_neither_the_page_nor_the_session_of_who_came_before(
    tmp_path: Path,
) -> None:
    app = make_app(tmp_path)
    await territory_with_facts()
    await account("alice@exemple.fr", Grant(role="coordinator", territory="somme"))
    async with browser(app) as alice, browser(app) as other:
        await sign_in(alice, "alice@exemple.fr")
        hers = set(alice.cookies.values())
        for path in HERS:
            for _ in range(2):
                assert (await alice.get(path)).status_code == 200, path
            seen = await other.get(path)
            assert seen.status_code in (303, 401), path
            assert "KM4821" not in seen.text
            assert not hers & set(seen.cookies.values())
            assert "set-cookie" not in seen.headers or not [
                one for one in hers if one in seen.headers["set-cookie"]
            ]
        assert (await territory_by_code("somme")).name in (await alice.get("/t/somme/lieux")).text


async def test_public_answers_carry_no_session_of_who_asks(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    await account("alice@exemple.fr", Grant(role="coordinator"))
    async with browser(app) as alice:
        await sign_in(alice, "alice@exemple.fr")
        for path in ("/health", "/metrics", "/api/openapi.json", "/feeds/unknown.ics", "/static/nothing"):
            answer = await alice.get(path)
            assert "set-cookie" not in answer.headers, path


def test_no_route_uses_the_cache_of_the_framework(tmp_path: Path) -> None:
    app: Litestar = make_app(tmp_path)
    kept = [path for path, one in handlers(app) if isinstance(one, HTTPRouteHandler) and one.cache]
    assert kept == []


async def test_pages_tell_every_cache_to_keep_nothing(tmp_path: Path) -> None:
    await territory_with_facts()
    await account("alice@exemple.fr", Grant(role="coordinator", territory="somme"))
    async with browser(make_app(tmp_path)) as alice:
        await sign_in(alice, "alice@exemple.fr")
        answers: list[httpx.Response] = [await alice.get(path) for path in (*HERS, "/nowhere")]
    assert {one.headers["cache-control"] for one in answers} == {"no-store"}
