"""A new master key: what the older ones sealed is wrapped again; fields of persons are not touched."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from db.queries.vault import all_sealed, forget_sealed, seal_again
from db.records.vault import Sealed
from service.accounts.kept_keys import kept_keys
from service.accounts.master_key import (
    MasterKeys,
    NotOpened,
    ensure_master_keys,
    with_new_key,
    write_master_keys,
)
from service.accounts.totp import totp_context
from service.busy.address_seal import address_context
from service.errors import Conflict
from service.privacy.vault import key_context

CONTEXTS: dict[str, Callable[..., str]] = {
    "participant_vault": key_context,
    "account": totp_context,
    "busy_source": address_context,
}


class Rotated(msgspec.Struct, frozen=True, kw_only=True):
    """How many values were wrapped again, and how many open with no key of the file."""

    key_id: str
    wrapped_count: int
    lost_count: int


async def rotate_master_key(path: Path, *, give_up: bool = False) -> Rotated:
    """The new key is in the file before anything needs it; older ones stay there until they are dropped.

    Raises `Unavailable` when the file is gone although something is sealed, unless that is given up.
    """
    keys = with_new_key(ensure_master_keys(path) if give_up else await kept_keys(path))
    write_master_keys(path, keys)
    return await wrap_again(keys, give_up=give_up)


async def wrap_again(keys: MasterKeys, *, give_up: bool = False) -> Rotated:
    """Everything that is not under the current key yet; may be done again after an interruption.

    What opens with no key is counted as lost, and destroyed if it is given up.
    """
    wrapped = lost = 0
    for one in await all_sealed():
        if one.value.startswith(keys.current_id.encode()):
            continue
        try:
            wrapped += await seal_again(one, keys.seal(_opened(keys, one), _context(one)), keys.current_id)
        except NotOpened:
            lost += 1
            if give_up:
                await forget_sealed(one)
    return Rotated(key_id=keys.current_id, wrapped_count=wrapped, lost_count=lost)


async def drop_older_keys(path: Path) -> int:
    """How many keys left the file: backups made under them no longer open. Raises `Conflict` when one is needed."""
    keys = await kept_keys(path)
    needed = [one for one in await all_sealed() if not one.value.startswith(keys.current_id.encode())]
    if needed:
        raise Conflict(f"{len(needed)} values are still under an older key: rotate first")
    write_master_keys(path, MasterKeys(keys=keys.keys[:1]))
    return len(keys.keys) - 1


def _opened(keys: MasterKeys, one: Sealed) -> bytes:
    return keys.open(one.value, _context(one))


def _context(one: Sealed) -> str:
    return CONTEXTS[one.place](*one.bound_to)
