"""Sealed fields of participants, and every value that a master key seals, for rotation."""

from typing import Any
from uuid import UUID

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.queries.territories import raise_facts_revision
from db.records.vault import Sealed, Vault
from db.shape import to_record
from db.tables.account import Account
from db.tables.feed import BusySource
from db.tables.participant import Participant, ParticipantVault
from db.transaction import lock_territory, transaction

_COLUMNS: dict[str, tuple[Any, Any]] = {
    "participant_vault": (ParticipantVault, ParticipantVault.wrapped_key),
    "account": (Account, Account.totp_sealed),
    "busy_source": (BusySource, BusySource.address_sealed),
}


async def vault_of(participant_id: UUID) -> Vault | None:
    """None while nothing was ever sealed for that person."""
    row = await ParticipantVault.select().where(ParticipantVault.participant == participant_id).first()
    return (
        None
        if row is None
        else to_record(Vault, ParticipantVault, row, {}, participant_id=row["participant"])
    )


async def keep_vault(territory_id: UUID, reference: str, vault: Vault, fields: tuple[str, ...]) -> None:
    """Store what was sealed; `fields` are names for the trail."""
    table = ParticipantVault
    values: dict[Any, Any] = {
        table.master_key_id: vault.master_key_id,
        table.wrapped_key: vault.wrapped_key,
        table.sealed: vault.sealed,
    }
    async with transaction():
        await lock_territory(territory_id)
        hit = await table.update(values).where(table.participant == vault.participant_id).returning(table.id)
        if not hit:
            row = {column._meta.name: value for column, value in values.items()}
            await insert_rows(table, [{"participant": vault.participant_id, **row}])
        mention(
            Mention(
                what="changed", kind="participant", ref=reference, territory_id=territory_id, fields=fields
            )
        )


async def empty_vaults(territory_id: UUID) -> int:
    """Destroy every key and every sealed field of a territory; how many persons had some."""
    table = ParticipantVault
    async with transaction():
        await lock_territory(territory_id)
        people = await Participant.select(Participant.id).where(Participant.territory == territory_id)
        gone = 0
        for row in people:
            hit = (
                await table.update({table.wrapped_key: None, table.sealed: None})
                .where((table.participant == row["id"]) & table.sealed.is_not_null())
                .returning(table.id)
            )
            gone += len(hit)
        mention(Mention(what="contacts_erased", kind="territory", ref="", territory_id=territory_id))
    return gone


async def all_sealed() -> tuple[Sealed, ...]:
    """Everything that lies under a master key."""
    vault, source = ParticipantVault, BusySource
    staff: Any = source.staff
    people = await vault.select(vault.id, vault.participant, vault.wrapped_key).where(
        vault.wrapped_key.is_not_null()
    )
    accounts = await Account.select(Account.id, Account.totp_sealed).where(Account.totp_sealed.is_not_null())
    agendas = await source.select(
        source.id, source.address_sealed, staff.territory.as_alias("territory"), staff.code.as_alias("staff")
    ).where(source.address_sealed.is_not_null())
    return (
        *(_sealed("participant_vault", row, "wrapped_key", row["participant"]) for row in people),
        *(_sealed("account", row, "totp_sealed", row["id"]) for row in accounts),
        *(_sealed("busy_source", row, "address_sealed", row["territory"], row["staff"]) for row in agendas),
    )


def _sealed(place: Any, row: dict[str, Any], column: str, *bound_to: object) -> Sealed:
    return Sealed(place=place, id=row["id"], value=row[column], bound_to=tuple(map(str, bound_to)))


async def forget_sealed(one: Sealed) -> None:
    """Destroy a value that nobody can open any more: contacts, a second factor, an agenda that was followed."""
    table, _ = _COLUMNS[one.place]
    values: dict[str, dict[Any, Any]] = {
        "participant_vault": {ParticipantVault.wrapped_key: None, ParticipantVault.sealed: None},
        "account": {Account.totp_sealed: None, Account.totp_confirmed_at: None},
    }
    async with transaction():
        if one.place in values:
            await table.update(values[one.place]).where(table.id == one.id)
        else:
            territory_id = UUID(one.bound_to[0])
            await lock_territory(territory_id)
            await table.delete().where(table.id == one.id)
            await raise_facts_revision(territory_id)
        mention(Mention(what="given_up", kind=one.place, ref=str(one.id)))


async def seal_again(before: Sealed, value: bytes, master_key_id: str) -> bool:
    """Put a value sealed anew in the place of the one read; False when that one changed in between."""
    table, column = _COLUMNS[before.place]
    values: dict[Any, Any] = {column: value}
    if before.place == "participant_vault":
        values[ParticipantVault.master_key_id] = master_key_id
    async with transaction():
        hit = (
            await table.update(values)
            .where((table.id == before.id) & (column == before.value))
            .returning(table.id)
        )
    return bool(hit)
