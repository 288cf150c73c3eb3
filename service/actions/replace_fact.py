"""Replace one fact that was read at a version; who comes too late is told what differs."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from db.errors import BrokenReferenceError, NotFoundError
from db.queries.fact_storing import change_fact
from db.queries.facts import fact, facts_of
from db.records.base import Fact
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.named_wrongly import named_wrongly
from service.actions.told_used import told_used
from service.coming_back import is_away, must_be_told_apart, must_come_back
from service.errors import RemovedMeanwhile, StaleVersion
from service.privacy.wording import refuse_telling

AnyFact = TypeVar("AnyFact", bound=Fact)
OURS = frozenset({"id", "version", "code", "last_modified_at", "created_at", "sequence_number"})


async def replace_fact(
    territory: Territory,
    record: type[AnyFact],
    code: str,
    make: Callable[[AnyFact], AnyFact],
    expected: Callable[[int], int],
) -> AnyFact:
    """`make` gives what the stored record becomes, `expected` the version that was read, from the present one.

    Raises `NotFoundError`, `StaleVersion` with `changed` (each field with theirs and yours), `NotFound` on a code
    that the record names, `StillUsed` when it drops a part that others refer to, `NameTaken` when its
    name, new or brought back, reads like another's, `StillAway` when what it belongs to is put away.
    """

    async def work() -> AnyFact:
        present = await fact(territory.id, record, code)
        read = expected(present.version)
        made = make(present)
        refuse_telling(made)
        if read != present.version:
            stale = RemovedMeanwhile if is_away(present) else StaleVersion
            raise stale(version=present.version, changed=differences(present, made))
        facts = await facts_of(territory.id)
        must_come_back(present, made, facts)
        must_be_told_apart(present, made, facts)
        try:
            return await change_fact(territory.id, made, version=read)
        except NotFoundError as error:
            raise named_wrongly(made, error) from error

    try:
        return await in_transaction(work, territory_id=territory.id)
    except BrokenReferenceError as error:
        raise await told_used(territory.id, record, code, of_parts=True) from error


def differences(theirs: Fact, yours: Fact) -> list[Any]:
    """The fields in which two records differ, with both values as JSON has them."""
    return [
        {"field": name, "theirs": _plain(getattr(theirs, name)), "yours": _plain(getattr(yours, name))}
        for name in theirs.__struct_fields__
        if name not in OURS and getattr(theirs, name) != getattr(yours, name)
    ]


def as_it_is(theirs: Fact) -> list[Any]:
    """Every field that people decide, for who wants to remove what was changed since."""
    return [
        {"field": name, "theirs": _plain(getattr(theirs, name))}
        for name in theirs.__struct_fields__
        if name not in OURS
    ]


def _plain(value: object) -> Any:
    return msgspec.to_builtins(value)
