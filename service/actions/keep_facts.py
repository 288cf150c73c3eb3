"""Store facts that a coordinator entered: new ones together, or one that was read at a version."""

from uuid import UUID

from db.errors import AlreadyThereError, BrokenReferenceError, NotFoundError, StaleVersionError
from db.queries.fact_storing import add_fact, change_fact
from db.records.base import Fact
from db.transaction import in_transaction
from service.actions.told_used import told_used
from service.errors import Conflict, NotFound, StaleVersion
from service.privacy.wording import refuse_telling


async def add_facts(territory_id: UUID, records: tuple[Fact, ...]) -> None:
    """All of them or none. A record that has a version already is changed.

    Raises `BadInput`, `Conflict`, `NotFound`, `StaleVersion`, `StillUsed` where a part is dropped that others refer to.
    """
    for record in records:
        refuse_telling(record)

    async def work() -> None:
        for record in records:
            await _keep(territory_id, record)

    try:
        await in_transaction(work)
    except StaleVersionError as error:
        raise StaleVersion("Quelqu’un d’autre l’a changé entre-temps.", version=error.found) from error
    except AlreadyThereError as error:
        raise Conflict("Ce nom est déjà pris dans ce territoire.") from error
    except NotFoundError as error:
        raise NotFound("Ce que ce formulaire nomme n’existe plus.") from error
    except BrokenReferenceError as error:
        raise await told_used(territory_id, type(records[0]), records[0].code, of_parts=True) from error


async def _keep(territory_id: UUID, record: Fact) -> None:
    if record.version:
        await change_fact(territory_id, record, version=record.version)
    else:
        await add_fact(territory_id, record)


async def change_one_fact(
    territory_id: UUID, record: Fact, *, version: int, beside: tuple[Fact, ...] = ()
) -> None:
    """With what changes beside it, or is new there, all or nothing.

    Raises `StaleVersion` when somebody else changed it in between, `NotFound`, `BadInput`,
    `StillUsed` where a part is dropped that others refer to.
    """
    for one in (record, *beside):
        refuse_telling(one)

    async def work() -> None:
        await change_fact(territory_id, record, version=version)
        for one in beside:
            await _keep(territory_id, one)

    try:
        await in_transaction(work)
    except StaleVersionError as error:
        raise StaleVersion("Quelqu’un d’autre l’a changé entre-temps.", version=error.found) from error
    except AlreadyThereError as error:
        raise Conflict("Ce nom est déjà pris dans ce territoire.") from error
    except NotFoundError as error:
        raise NotFound("Ce que ce formulaire nomme n’existe plus.") from error
    except BrokenReferenceError as error:
        raise await told_used(territory_id, type(record), record.code, of_parts=True) from error
