"""The keys of the house: made with its first secret, never again in the place of those that were lost."""

from collections import Counter
from pathlib import Path

from db.queries.vault import all_sealed
from service.accounts.master_key import MasterKeys, ensure_master_keys, id_of, read_master_keys
from service.errors import BadInput, Unavailable


async def kept_keys(path: Path) -> MasterKeys:
    """The keys of the file; made while nothing is sealed yet. Raises `Unavailable` when they are gone."""
    if not path.exists() and await all_sealed():
        raise Unavailable("La clé maîtresse n’est plus sur cette machine : remettez son fichier en place.")
    return ensure_master_keys(path)


async def refuse_lost_keys(path: Path) -> None:
    """For a start. Raises `BadInput` in one line when something lies under a key that the file has not."""
    sealed = Counter(id_of(one.value) for one in await all_sealed())
    known = {id_ for id_, _ in read_master_keys(path).keys} if path.exists() else set()
    lost = sorted(sealed.keys() - known)
    if lost:
        count = sum(sealed[id_] for id_ in lost)
        raise BadInput(
            f"{path}: lacks master key {', '.join(lost)} under which {count} values lie: put the saved file"
            " back, or lose them with escale db rotate-key --give-up"
        )
