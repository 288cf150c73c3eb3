"""The demonstration's accounts: one of each role in each territory, whose passwords only their owner reads."""

import stat
from pathlib import Path

import pytest

from db.queries.accounts import all_accounts, grants_of
from service.accounts.passwords import refuse_weak
from service.demo.accounts import make_demo_accounts
from tests.db.assignments import territory_with_facts
from tests.service.door import browser, make_app, sign_in

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
FIRST_PAGES = {
    "administrator": "administration/comptes",
    "coordinator": "lieux",
    "staff": "ma-semaine",
    "partner": "places",
}


async def test_each_role_of_each_territory_comes_in_and_sees_its_own_place(tmp_path: Path) -> None:
    territories = [await territory_with_facts(code) for code in ("somme", "var")]
    path = await make_demo_accounts(territories, tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    passwords = dict(line.split() for line in path.read_text().splitlines() if "@" in line)
    assert len(passwords) == len(set(passwords.values())) == 8
    app = make_app(tmp_path, sign_ins_per_minute="1000")
    for email, password in passwords.items():
        refuse_weak(password, email)
        role, _, place = email.partition("@")
        here = place.split(".")[0]
        elsewhere = "var" if here == "somme" else "somme"
        async with browser(app) as client:
            assert (await sign_in(client, email, password)).status_code == 303
            assert (await client.get(f"/t/{here}/{FIRST_PAGES[role]}")).status_code == 200, email
            assert (await client.get(f"/t/{elsewhere}/{FIRST_PAGES[role]}")).status_code == 404, email
    grants = [await grants_of(one.id) for one in await all_accounts()]
    assert all(one[0].staff for one in grants if one[0].role == "staff")
    assert all(one[0].partner for one in grants if one[0].role == "partner")


async def test_a_second_demonstration_changes_no_password(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    before = (await make_demo_accounts([territory], tmp_path)).read_text()
    assert (await make_demo_accounts([territory], tmp_path)).read_text() == before
