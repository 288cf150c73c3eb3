"""Who asks for what is not for them is in the trail of the territory they asked, by its page: no typed word is kept."""

import asyncio
from pathlib import Path

import httpx
import pytest

from db.queries.territories import territory_by_code
from db.queries.trail import Sought, trail
from db.records.account import Grant
from service.pages.trail_words import told
from tests.db.assignments import territory_with_facts
from tests.service.door import account, browser, make_app, sign_in
from tests.service.noted import noted

A_MOMENT = 0.5
"""Seconds in which what is noted after an answer has long been noted."""
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
        "/t/somme/personnes/XY9999",
    )
    assert [one.status_code for one in answers] == [303, 303]
    assert statuses == [404, 404, 404]
    await asyncio.sleep(A_MOMENT)
    assert await trail(Sought(actions=("refused",))) == ()


async def test_a_territory_that_is_nowhere_leaves_no_line_of_whoever_may_enter_all(tmp_path: Path) -> None:
    await territory_with_facts("somme")
    pages = "/t/nulle-part/personnes/KM4821", "/t/nulle-part/places", "/api/territories/nulle-part/sites"
    assert set(await asked(tmp_path, Grant(role="administrator"), *pages)) <= {403, 404}
    await asyncio.sleep(A_MOMENT)
    assert await trail(Sought(actions=("refused",))) == ()


async def test_who_asks_again_and_again_fills_no_trail_of_others(tmp_path: Path) -> None:
    for code in ("somme", "var"):
        await territory_with_facts(code)
    await account("qui@exemple.fr", Grant(role="partner", territory="somme", partner="spip-93"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "qui@exemple.fr")
        for start in range(0, 30, 10):
            asks = [client.get(f"/t/var/personnes/Jean-Dupont-{start + one}") for one in range(10)]
            assert {one.status_code for one in await asyncio.gather(*asks)} == {404}
    await asyncio.sleep(A_MOMENT)
    known = await territory_by_code("var")
    found = await trail(Sought(territory_id=known.id, actions=("refused",)))
    assert {one.about_ref for one in found} == {"/t/…/personnes/…"}
    assert len(found) == len({one.at.hour for one in found})
