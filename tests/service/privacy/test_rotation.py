"""A new master key: everything still opens, nothing is under the old one, which can then be dropped."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.accounts import account_by_id
from db.queries.busy_sources import add_busy_source, busy_sources, store_busy
from db.queries.facts import fact, facts_of
from db.queries.territories import territory_by_id
from db.queries.vault import all_sealed, keep_vault, vault_of
from db.records.busy import BusyReading
from db.records.participant import Participant
from service.accounts.kept_keys import kept_keys, refuse_lost_keys
from service.accounts.master_key import (
    MasterKeys,
    NotOpened,
    ensure_master_keys,
    with_new_key,
    write_master_keys,
)
from service.accounts.totp import open_totp
from service.actions.use_totp import begin_totp
from service.busy.address_seal import open_address, seal_address
from service.errors import BadInput, Conflict, Unavailable
from service.privacy.rotation import drop_older_keys, rotate_master_key
from service.privacy.vault import Contact, open_contact, seal_contact
from tests.db.assignments import territory_with_facts
from tests.service.door import account

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
KARIM = Contact(name="Karim B.", phone="06 12 34 56 78")
ADDRESS = "https://agenda.exemple.fr/secret.ics"


async def test_rotation_wraps_again_without_touching_what_lies_sealed(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    before = ensure_master_keys(path)
    territory = await territory_with_facts()
    person = (await fact(territory.id, Participant, "KM4821")).id
    assert person is not None
    await keep_vault(territory.id, "KM4821", seal_contact(before, person, KARIM, None), ("name", "phone"))
    made = await account("a@exemple.fr")
    secret = await begin_totp(made.id, before)
    sealed = seal_address(before, territory.id, "AR", ADDRESS)
    await add_busy_source(territory.id, "AR", kind="url", name="agenda", address_sealed=sealed)
    fields = (await vault_of(person)).sealed  # type: ignore[union-attr]

    with pytest.raises(Conflict):
        await drop_older_keys(_with_key_in_front(path))
    done = await rotate_master_key(path)
    assert (done.wrapped_count, done.lost_count) == (3, 0)
    assert await drop_older_keys(path) == 2
    keys = ensure_master_keys(path)
    assert len(keys.keys) == 1

    vault = await vault_of(person)
    assert vault is not None
    assert vault.sealed == fields
    assert vault.master_key_id == keys.current_id
    assert open_contact(keys, vault) == KARIM
    sealed_totp = (await account_by_id(made.id)).totp_sealed
    assert open_totp(keys, made.id, sealed_totp or b"") == secret
    (source,) = await busy_sources(territory.id)
    assert open_address(keys, territory.id, "AR", source.address_sealed or b"") == ADDRESS
    with pytest.raises(NotOpened):
        open_totp(before, made.id, sealed_totp or b"")
    assert path.stat().st_mode & 0o777 == 0o600


def _with_key_in_front(path: Path) -> Path:
    """As an interrupted rotation leaves the file: a new key, nothing wrapped with it yet."""
    write_master_keys(path, with_new_key(ensure_master_keys(path)))
    return path


async def test_what_no_key_opens_is_counted_and_left_as_it_is(tmp_path: Path) -> None:
    lost = with_new_key(MasterKeys(keys=()))
    territory = await territory_with_facts()
    person = (await fact(territory.id, Participant, "KM4821")).id
    assert person is not None
    await keep_vault(territory.id, "KM4821", seal_contact(lost, person, KARIM, None), ("name",))
    before, path = await all_sealed(), tmp_path / "keys" / "master.key"
    with pytest.raises(Unavailable):
        await rotate_master_key(path)
    assert not path.exists()
    with pytest.raises(BadInput, match=rf"lacks master key {lost.current_id} under which 1 values"):
        await refuse_lost_keys(path)
    ensure_master_keys(path)
    with pytest.raises(BadInput, match="lacks master key"):
        await refuse_lost_keys(path)
    done = await rotate_master_key(path)
    assert (done.wrapped_count, done.lost_count) == (0, 1)
    assert await all_sealed() == before
    with pytest.raises(Unavailable):
        open_contact(ensure_master_keys(path), await vault_of(person))


async def test_a_key_is_made_with_the_first_secret_and_not_in_the_place_of_a_lost_one(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    await refuse_lost_keys(path)
    assert not path.exists()
    keys = await kept_keys(path)
    made = await account("a@exemple.fr")
    await begin_totp(made.id, keys)
    assert await kept_keys(path) == keys
    await refuse_lost_keys(path)
    path.unlink()
    with pytest.raises(Unavailable):
        await kept_keys(path)
    assert not path.exists()


async def test_what_no_key_opens_may_be_given_up_and_the_rest_stays(tmp_path: Path) -> None:
    path, lost = tmp_path / "keys" / "master.key", with_new_key(MasterKeys(keys=()))
    territory, keys = await territory_with_facts(), ensure_master_keys(path)
    person = (await fact(territory.id, Participant, "KM4821")).id
    assert person is not None
    await keep_vault(territory.id, "KM4821", seal_contact(lost, person, KARIM, None), ("name",))
    sealed = seal_address(lost, territory.id, "AR", ADDRESS)
    await add_busy_source(territory.id, "AR", kind="url", name="agenda", address_sealed=sealed)
    gone, kept = await account("a@exemple.fr"), await account("b@exemple.fr")
    await begin_totp(gone.id, lost)
    secret = await begin_totp(kept.id, keys)
    done = await rotate_master_key(path, give_up=True)
    assert (done.wrapped_count, done.lost_count) == (1, 3)
    await refuse_lost_keys(path)
    assert open_contact(ensure_master_keys(path), await vault_of(person)) == Contact()
    assert await busy_sources(territory.id) == ()
    assert (await account_by_id(gone.id)).totp_sealed is None
    assert await begin_totp(kept.id, ensure_master_keys(path)) == secret


async def test_the_times_of_an_agenda_that_is_given_up_are_known_nowhere_after(tmp_path: Path) -> None:
    path, lost = tmp_path / "keys" / "master.key", with_new_key(MasterKeys(keys=()))
    territory = await territory_with_facts()
    ensure_master_keys(path)
    sealed = seal_address(lost, territory.id, "AR", ADDRESS)
    agenda = await add_busy_source(territory.id, "AR", kind="url", name="agenda", address_sealed=sealed)
    now = datetime.now(UTC)
    await store_busy(
        territory.id, agenda.id, BusyReading(intervals=((now, now + timedelta(hours=1)),)), at=now
    )
    assert len((await facts_of(territory.id)).busy_intervals) == 1
    before = await territory_by_id(territory.id)
    await rotate_master_key(path, give_up=True)
    assert (await facts_of(territory.id)).busy_intervals == ()
    assert (await territory_by_id(territory.id)).facts_revision == before.facts_revision + 1


async def test_sealed_fields_moved_to_another_person_do_not_open(tmp_path: Path) -> None:
    keys = ensure_master_keys(tmp_path / "keys" / "master.key")
    territory = await territory_with_facts()
    person = (await fact(territory.id, Participant, "KM4821")).id
    assert person is not None
    vault = seal_contact(keys, person, KARIM, None)
    with pytest.raises(Unavailable):
        open_contact(keys, msgspec.structs.replace(vault, participant_id=territory.id))
