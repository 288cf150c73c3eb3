"""Refusals that name participants, and files that leave, are in the trail; a program without the right is told neither."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from db.queries.trail import Sought
from db.records.account import Account, Grant
from db.records.trail import TrailEntry
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from service.actions.publish_plan import publish_plan
from service.pages.trail_words import told
from service.privacy.shown import references_in, without_references
from tests.service.door import account, browser, make_app, sign_in
from tests.service.noted import noted
from tests.service.small_territory import ACTOR, make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
MONTH = "/t/petite/planning/2026-12"
PLANS = "/api/territories/petite/plans"


class Planned:
    """A published month, a later draft, and who coordinates it."""

    def __init__(self, draft: UUID, owner: Account, client: httpx.AsyncClient) -> None:
        self.draft, self.owner, self.client = draft, owner, client

    async def headers(self, *scopes: str) -> dict[str, str]:
        token = await make_api_token(self.owner.id, "essai", scopes or tuple(SCOPES), 30)
        return {"authorization": f"Bearer {token}", "accept": "application/json"}


@pytest.fixture
async def planned(tmp_path: Path) -> AsyncIterator[Planned]:
    territory = await make_territory()
    plan = await make_plan(territory)
    await publish_plan(territory, plan.id, ACTOR)
    draft = await make_plan(territory)
    owner = await account("coord@exemple.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "coord@exemple.fr")
        yield Planned(draft.id, owner, client)


async def newest(action: str = "read") -> TrailEntry:
    return (await noted(Sought(actions=(action,)), least=1))[0]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{MONTH}/tableau.pdf", "escale-petite-2026-12.pdf"),
        (f"{MONTH}/tableau.xlsx", "escale-petite-2026-12.xlsx"),
        (f"{MONTH}/feuilles.pdf", "presences-petite-2026-12.pdf"),
        (f"{MONTH}/journee/2026-12-15.pdf", "journee-2026-12-15.pdf"),
        ("/t/petite/suivi/indicateurs.csv?mois=2026-12", "indicateurs-2026-12.csv"),
        ("/t/petite/suivi/indicateurs.xlsx?mois=2026-12", "indicateurs-2026-12.xlsx"),
        ("/t/petite/lieux/gagny/mois/2026-12/liste.csv", "csv"),
        ("/t/petite/lieux/gagny/mois/2026-12/liste.pdf", "pdf"),
    ],
)
async def test_a_file_that_leaves_is_noted_by_what_it_is(planned: Planned, path: str, name: str) -> None:
    answer = await planned.client.get(path)
    assert answer.status_code == 200, path
    entry = await newest()
    assert entry.territory_id is not None
    assert (entry.actor_id, str(entry.detail["document"])[-len(name) :]) == (planned.owner.id, name)
    assert entry.detail["document"] in told(entry, "Europe/Paris").what
    if "gagny" in path:
        assert "gagny" in str(entry.detail["document"])
        assert "2026-12" in str(entry.detail["document"])


async def test_a_day_on_paper_is_noted_with_whom_it_shows(planned: Planned) -> None:
    for day in range(1, 32):
        await planned.client.get(f"{MONTH}/journee/2026-12-{day:02}.pdf")
    shown = await noted(Sought(actions=("read",), naming="KM4821"), least=1)
    assert shown
    assert all(str(one.detail["document"]).startswith("journee-2026-12-") for one in shown)
    assert "KM4821" in told(shown[0], "Europe/Paris").what


async def moved_into_the_night(
    planned: Planned, headers: dict[str, str], *, overrule: bool = False
) -> httpx.Response:
    """A draft's interview moved to three in the morning: refused with the rules that it breaks, or overruled."""
    content = (
        await planned.client.get(f"{PLANS}/{planned.draft}/content", headers=await planned.headers())
    ).json()
    met = next(one for one in content["items"] if one["kind"] == "interview")
    body = {"key": met["key"], "version": content["version"], "on": "2026-12-14", "start": "03:00"}
    body["overrule"] = overrule
    return await planned.client.post(f"{PLANS}/{planned.draft}/moves", json=body, headers=headers)


async def test_a_refusal_that_names_somebody_is_noted(planned: Planned) -> None:
    answer = await moved_into_the_night(planned, await planned.headers())
    assert (answer.status_code, "KM4821" in answer.text) == (409, True)
    entry = await newest()
    assert "KM4821" in (entry.about_ref, *entry.detail.get("references", ()))


async def test_a_refusal_names_nobody_to_a_program_without_the_right(planned: Planned) -> None:
    headers = await planned.headers("read", "write")
    answer = await moved_into_the_night(planned, headers)
    assert answer.status_code == 409
    assert answer.json()["broken"]
    assert references_in(answer.text) == ()
    assert "km4821" not in answer.text.lower()


async def test_a_write_is_done_and_answered_without_references(planned: Planned) -> None:
    seeing, blind = await planned.headers(), await planned.headers("read", "write")
    seen = await moved_into_the_night(planned, seeing, overrule=True)
    assert (seen.status_code, references_in(seen.text)) == (200, ("KM4821",))
    body = {"version": seen.json()["version"]}
    undone = await planned.client.post(f"{PLANS}/{planned.draft}/undo", json=body, headers=seeing)
    assert undone.status_code == 200
    told = await moved_into_the_night(planned, blind, overrule=True)
    assert told.status_code == 200
    assert len(told.json()["broken"]) == len(seen.json()["broken"]) > 0
    assert told.json()["version"] > undone.json()["version"]
    assert "km4821" not in told.text.lower()


def test_codes_made_of_a_reference_are_withheld_too() -> None:
    told = without_references({"key": "interview:KM4821/suivi:1", "path": "km4821-o2r", "n": 3, "id": "x"})
    assert "4821" not in str(told)
    assert (told["n"], told["id"]) == (3, "x")
