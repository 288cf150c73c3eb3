"""Add one fact."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from db.errors import AlreadyThereError, NotFoundError
from db.queries.fact_storing import add_fact
from db.queries.facts import all_facts, facts_of
from db.records.base import Fact
from db.records.participant import Participant
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.named_wrongly import named_wrongly
from service.coming_back import ONE_OF_A_NAME, must_be_told_apart
from service.errors import AlreadyThere
from service.privacy.wording import refuse_telling
from service.references import new_reference

AnyFact = TypeVar("AnyFact", bound=Fact)


async def create_fact(
    territory: Territory, make: Callable[[str], AnyFact], record: type[AnyFact], code: str | None
) -> AnyFact:
    """`make` gives the record for a code, one of the house's own when none is asked for.

    Raises `AlreadyThere`, `NameTaken`, `NotFound` naming the field that speaks of something unknown.
    """

    async def work() -> AnyFact:
        made = make(code or await _new_code(territory, record))
        refuse_telling(made)
        if record in ONE_OF_A_NAME:
            must_be_told_apart(None, made, await facts_of(territory.id))
        try:
            return await add_fact(territory.id, made)
        except NotFoundError as error:
            raise named_wrongly(made, error) from error

    try:
        return await in_transaction(work, territory_id=territory.id)
    except AlreadyThereError as error:
        raise AlreadyThere from error


async def _new_code(territory: Territory, record: type[Fact]) -> str:
    taken = {one.code for one in await all_facts(territory.id, record)}
    if record is Participant:
        return new_reference(taken)
    stem = record.__name__.lower()
    return next(code for code in iter(lambda: f"{stem}-{secrets.token_hex(4)}", "") if code not in taken)
