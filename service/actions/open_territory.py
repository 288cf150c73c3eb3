"""Open a territory from ten answers: its office stands, its coordinator is invited, everything else waits."""

from typing import NamedTuple

import msgspec

from db.errors import AlreadyThereError
from db.queries.accounts import account_with, add_account, grants_of, set_grants
from db.queries.fact_storing import store_facts
from db.queries.territories import add_territory
from db.records.account import Account, Grant
from db.records.base import HalfDay
from db.records.facts import FactSet
from db.records.site import Opening, Site
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.invite_account import make_link
from service.catalogue import text
from service.errors import Conflict
from service.mail.links import invitation_mail
from service.mail.outbox import queue_mail
from service.slugs import slug

WORKING_DAYS = range(1, 6)


class NewTerritory(msgspec.Struct, frozen=True, kw_only=True):
    """The ten answers. Hours are "HH:MM"; the départements decide which days are holidays."""

    name: str
    code: str
    departements: tuple[str, ...]
    zone: str
    office: str
    morning: tuple[str, str]
    afternoon: tuple[str, str]
    travel_minutes: int
    notice_days: int
    coordinator: str


class OpenedTerritory(NamedTuple):
    """`link` opens the coordinator's invitation; None when that address has an account already."""

    territory: Territory
    link: str | None


async def open_territory(wanted: NewTerritory, root: str) -> OpenedTerritory:
    """All in one transaction. `root` is the service's address. Raises `Conflict` when the code is taken."""

    async def work() -> OpenedTerritory:
        territory = await add_territory(
            code=wanted.code,
            name=wanted.name,
            zone=wanted.zone,
            departements=wanted.departements,
            settings={
                "notice_days": wanted.notice_days,
                "default_travel_minutes": wanted.travel_minutes,
            },
        )
        await store_facts(territory.id, FactSet(sites=(_office(wanted),)))
        return OpenedTerritory(territory, await _coordinator(wanted, root))

    try:
        return await in_transaction(work)
    except AlreadyThereError as error:
        raise Conflict(code_taken(wanted.code), field="code") from error


def code_taken(code: str) -> str:
    return text("Le code « {code} » est déjà celui d’un territoire.", code=code)


def _office(wanted: NewTerritory) -> Site:
    hours: tuple[tuple[HalfDay, tuple[str, str]], ...] = (("am", wanted.morning), ("pm", wanted.afternoon))
    return Site(
        code=slug(wanted.office),
        name=wanted.office,
        short_name=wanted.office[:40],
        kind="bureau",
        openings=tuple(
            Opening(weekday=day, half_day=half, from_hour=start, to_hour=end)
            for day in WORKING_DAYS
            for half, (start, end) in hours
        ),
    )


async def _coordinator(wanted: NewTerritory, root: str) -> str | None:
    """An account that exists gets the role beside those it has; a new one is invited by mail."""
    grant = Grant(role="coordinator", territory=wanted.code)
    known = await account_with(email=wanted.coordinator)
    if known is not None:
        await set_grants(known.id, (*await grants_of(known.id), grant))
        return None
    account: Account = await add_account(wanted.coordinator, "")
    await set_grants(account.id, (grant,))
    link = await make_link(account.id, "invitation", root)
    await queue_mail(invitation_mail(account, link))
    return link
