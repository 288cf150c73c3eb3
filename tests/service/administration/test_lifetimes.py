"""How long things are kept, and what giving up contacts destroys."""

import httpx
import pytest
from litestar import Litestar

from db.queries.facts import fact
from db.queries.territories import territory_by_code
from db.queries.vault import keep_vault, vault_of
from db.records.participant import Participant
from db.records.territory import Territory
from service.accounts.master_key import ensure_master_keys
from service.privacy.vault import Contact, seal_contact
from tests.service.door import send

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
HERE = "/t/somme/administration/conservation"


async def test_lifetimes_are_set_and_the_dry_run_only_counts(admin: httpx.AsyncClient) -> None:
    shown = (await admin.get(HERE)).text
    assert "Personnes à effacer" in shown
    assert "KM4821" not in shown
    fields = {
        "participants_months": "12",
        "orientations_days": "30",
        "trail_months": "6",
        "problems_days": "90",
    }
    assert (await send(admin, HERE, **fields)).status_code == 303
    assert (await territory_by_code("somme")).settings["retention"]["trail_months"] == 6
    for wrong in (
        {"trail_months": "0"},
        {"trail_months": "-3"},
        {"trail_months": "x"},
        {"problems_days": "99999"},
    ):
        assert (await send(admin, HERE, **(fields | wrong))).status_code == 422
    assert (await territory_by_code("somme")).settings["retention"]["trail_months"] == 6


async def test_giving_up_contacts_destroys_them_only_when_it_was_ticked_twice(
    app: Litestar, admin: httpx.AsyncClient, territory: Territory
) -> None:
    fields = {
        "participants_months": "24",
        "orientations_days": "30",
        "trail_months": "12",
        "problems_days": "90",
    }
    await send(admin, HERE, **fields, contacts="oui")
    person = (await fact(territory.id, Participant, "KM4821")).id
    assert person is not None
    sealed = seal_contact(
        ensure_master_keys(app.state.settings.keys_path), person, Contact(name="Karim B."), None
    )
    await keep_vault(territory.id, "KM4821", sealed, ("name",))
    assert (await send(admin, HERE, **fields)).status_code == 422
    assert (await vault_of(person)).wrapped_key is not None  # type: ignore[union-attr]
    assert (await send(admin, HERE, **fields, destroy="oui")).status_code == 303
    assert (await vault_of(person)).wrapped_key is None  # type: ignore[union-attr]
