"""Every page and every answer of the interface that shows a participant leaves its entry, whoever wrote the route."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from db.queries.assignments import Wanted, assignments_of
from db.queries.trail import Sought, trail
from db.records.account import Grant
from service.actions.publish_plan import publish_plan
from service.edge.guards import handlers
from tests.service.door import account, browser, make_app, sign_in
from tests.service.noted import noted
from tests.service.small_territory import ACTOR, make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
REFERENCE = re.compile(r"\b[A-Z]{2}\d{4}\b")
VALUES = {
    "territory": "petite",
    "month": "2026-12",
    "reference": "KM4821",
    "resource": "personnes",
    "kind": "interview",
    "day": "2026-12-15",
    "on": "2026-12-15",
}
NOTED = Sought(actions=("read", "exported"))
QUERY = "?from_on=2026-12-01&until_on=2026-12-31&personne=AR&semaine=2026-12-07"


def addresses(app: Litestar, plan: str, met: str) -> Iterator[str]:
    """Every address that can be read, filled with what is there."""
    for path, handler in handlers(app):
        roles = handler.opt.get("roles", ())
        if not isinstance(handler, HTTPRouteHandler) or "GET" not in handler.http_methods:
            continue
        if "coordinator" in roles:
            yield "/".join(_filled(part, plan, met) for part in path.split("/")) + QUERY


def _filled(part: str, plan: str, met: str) -> str:
    """`met` is a published interview, for what is about one."""
    if not part.startswith("{"):
        return part
    name, _, kind = part.strip("{}").partition(":")
    if name in VALUES:
        return VALUES[name]
    if kind != "uuid":
        return "AR"
    return met if name in ("assignment_id", "event") else plan


async def told_since(before: int) -> set[str | None]:
    """The references of the newest entry, if there are more than before."""
    entries = await noted(NOTED, least=before + 1)
    newest = entries[0] if len(entries) > before else None
    return {newest.about_ref, *newest.detail.get("references", ())} if newest else set()


async def test_whatever_shows_a_reference_is_in_the_trail(tmp_path: Path) -> None:
    territory = await make_territory()
    plan = await make_plan(territory)
    await publish_plan(territory, plan.id, ACTOR)
    await make_plan(territory)
    met = (await assignments_of(territory.id, Wanted(participant="KM4821")))[0]
    await account("coord@exemple.fr", Grant(role="coordinator", territory="petite"))
    app, shown, unnoted = make_app(tmp_path, requests_per_minute="100000"), 0, []
    async with browser(app) as client:
        await sign_in(client, "coord@exemple.fr")
        for address in addresses(app, str(plan.id), str(met.id)):
            before = len(await trail(NOTED, limit=10_000))
            answer = await client.get(address)
            found = set(REFERENCE.findall(answer.text)) if answer.status_code == 200 else set()
            if not found:
                continue
            shown += 1
            told = await told_since(before)
            unnoted += [] if found <= told else [f"{address}: {sorted(found - told)}"]
    assert shown >= 8
    assert unnoted == []
