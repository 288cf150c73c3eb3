"""Who asks for what is not for them is in the trail of the territory they asked, by its page: no typed word is kept."""

from pathlib import Path

import httpx
import pytest

from db.queries.territories import territory_by_code
from db.queries.trail import Sought
from db.records.account import Grant
from service.pages.trail_words import told
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app, sign_in
from tests.service.noted import noted

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def refusals(territory: str, *, least: int) -> list[tuple[str, str, str]]:
    """Who, kind and what, the newest first."""
    known = await territory_by_code(territory)
    found = await noted(Sought(territory_id=known.id, actions=("refused",)), least=least)
    return [(one.actor_label or "", one.about_kind or "", one.about_ref or "") for one in found]


async def asked(tmp_path: Path, grant: Grant, *addresses: str) -> list[int]:
    await account("qui@exemple.fr", grant)
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "qui@exemple.fr")
        return [(await client.get(address)).status_code for address in addresses]


async def test_a_role_that_may_not_and_a_territory_of_others(tmp_path: Path) -> None:
    for code in ("somme", "var"):
        await territory_with_facts(code)
    may_not = Grant(role="partner", territory="somme", partner="spip-93")
    statuses = await asked(
        tmp_path, may_not, "/t/somme/personnes/Dupont", "/t/var/places", "/api/territories/var/sites"
    )
    assert statuses == [403, 404, 404]
    assert await refusals("somme", least=1) == [("qui", "page", "/t/…/personnes/…")]
    assert [what for _, _, what in await refusals("var", least=2)] == [
        "/api/territories/…/sites",
        "/t/…/places",
    ]


async def test_a_person_whom_one_does_not_follow_is_told_by_reference(tmp_path: Path) -> None:
    await territory_with_facts("somme")
    mine = Grant(role="staff", territory="somme", staff="LD")
    people = "/t/somme/personnes"
    statuses = await asked(tmp_path, mine, f"{people}/XY9999", f"{people}/Jean-Dupont", "/t/somme/ma-semaine")
    assert statuses == [404, 404, 200]
    assert [what for _, _, what in await refusals("somme", least=2)] == ["/t/…/personnes/…", "XY9999"]
    territory = await territory_by_code("somme")
    (last, *_) = await noted(Sought(territory_id=territory.id, naming="XY9999"), least=1)
    words = told(last, "Europe/Paris").what.replace("\N{NO-BREAK SPACE}", " ")
    assert words == "s’est vu refuser l’accès : personne accompagnée XY9999"


async def test_what_is_nobodys_and_who_is_nobody_leave_no_line(tmp_path: Path) -> None:
    await territory_with_facts("somme")
    async with browser(make_app(tmp_path)) as stranger:
        answers: list[httpx.Response] = [
            await stranger.get(f"/t/somme/{page}") for page in ("places", "personnes")
        ]
    statuses = await asked(
        tmp_path,
        Grant(role="coordinator", territory="somme"),
        "/t/somme/fiche/lieux/nulle-part",
        "/t/nulle-part/lieux",
    )
    assert [one.status_code for one in answers] == [303, 303]
    assert statuses == [404, 404]
    assert await refusals("somme", least=0) == []
