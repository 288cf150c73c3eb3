"""Remove one fact that nothing refers to."""

from collections.abc import Callable

from db.errors import BrokenReferenceError
from db.queries.fact_storing import remove_fact as delete_fact
from db.queries.facts import fact
from db.records.base import Fact
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.replace_fact import as_it_is
from service.actions.told_used import told_used
from service.coming_back import is_away
from service.errors import RemovedMeanwhile, StaleVersion


async def remove_fact(
    territory: Territory,
    record: type[Fact],
    code: str,
    expected: Callable[[int], int],
    check: Callable[[Fact], object],
) -> None:
    """`check` raises when this is not the caller's to remove.

    Raises `NotFoundError`, `StaleVersion` with each field as it is by now, `StillUsed` with what refers to it.
    """

    async def work() -> None:
        present = await fact(territory.id, record, code)
        check(present)
        if expected(present.version) != present.version:
            stale = RemovedMeanwhile if is_away(present) else StaleVersion
            raise stale(version=present.version, changed=as_it_is(present))
        await delete_fact(territory.id, record, code, version=present.version)

    try:
        await in_transaction(work, territory_id=territory.id)
    except BrokenReferenceError as error:
        raise await told_used(territory.id, record, code) from error
