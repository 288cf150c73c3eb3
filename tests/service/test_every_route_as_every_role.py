"""Every route as every role in both territories, from what each route declares; one that declares nothing fails."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from db.records.account import Grant
from service.edge.guards import handlers
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
ROLES = {"administrator": "somme", "coordinator": "var", "staff": "somme", "partner": "var"}
"""Each role in one of the two territories."""
VALUES = {"uuid": str(UUID(int=7)), "int": "1", "date": "2026-12-01"}


def addresses(app: Litestar, territory: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Method, address with values that exist nowhere, and roles of each route that is not public."""
    for path, handler in handlers(app):
        roles = tuple(handler.opt.get("roles", ()))
        assert roles, f"{path} declares no roles"
        if "public" in roles or not isinstance(handler, HTTPRouteHandler):
            continue
        parts = [_filled(part, territory) for part in path.split("/")]
        for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
            yield str(method), "/".join(parts), roles


def _filled(part: str, territory: str) -> str:
    if not part.startswith("{"):
        return part
    inside, _, after = part.removeprefix("{").partition("}")
    name, _, kind = inside.partition(":")
    return (territory if name == "territory" else VALUES.get(kind, "nulle-part")) + after


async def test_each_role_reaches_what_is_declared_for_it_and_nothing_of_another_territory(
    tmp_path: Path,
) -> None:
    app = make_app(tmp_path, sign_ins_per_minute="1000", requests_per_minute="100000")
    for code in ("somme", "var"):
        await territory_with_facts(code)
    wrong = []
    for role, mine in ROLES.items():
        email = f"{role}@{mine}.fr"
        await account(email, Grant(role=role, territory=mine))
        async with browser(app) as client:
            await sign_in(client, email)
            client.headers["accept"] = "application/json"
            for place in ("somme", "var"):
                for method, address, roles in addresses(app, place):
                    answer = await client.request(method, address)
                    wrong += _judged(role, method, address, roles, answer.status_code, place == mine)
    assert not wrong, "\n".join(wrong[:20])


def _judged(
    role: str, method: str, address: str, roles: tuple[str, ...], status: int, mine: bool
) -> list[str]:
    inside = not {"somme", "var"}.isdisjoint(address.split("/"))
    if inside and not mine:
        right = status == 404
    elif role not in roles:
        right = status == 403
    else:
        right = status not in (401, 500) if method == "GET" else status != 401
    return [] if right else [f"{role} {method} {address}: {status}"]
