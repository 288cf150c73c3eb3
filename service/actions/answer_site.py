"""Keep what a site says to proposed dates: from its page, or as noted after a call, with who said so."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

import msgspec
import structlog

from db.acting import Mention, mention, sign_as
from db.queries.accounts import folded
from db.queries.facts import all_facts
from db.queries.partner_accounts import addresses_of_coordination
from db.queries.shared_links import SharedLink, shared_link_with
from db.queries.site_answers import new_answer
from db.queries.territories import territory_by_id
from db.records.site import Site
from db.records.site_answer import Answer, SiteAnswer
from db.records.territory import Territory
from db.transaction import in_transaction
from service.accounts.errors import LinkNotValid
from service.accounts.tokens import secret_hash
from service.actions.actor import Actor
from service.actions.ask_site import PURPOSE, SiteMonth, read_site_month
from service.actions.store_site_answers import store_site_answers
from service.catalogue import text, typographic
from service.errors import BadInput
from service.french_text import day_date, half_day
from service.mail.outbox import NewMail, queue_mail

Said = Mapping[tuple[date, str | None], Answer]
Via = Literal["page", "call"]
LONGEST_NAME = 80
BODY = """{said}

Ce qui y était prévu est à replacer : {board}
Toutes ses réponses : {answers}
"""
log = structlog.get_logger(__name__)


async def read_answer_link(secret: str) -> tuple[Territory, SiteMonth]:
    """What the page behind a mailed link shows; nothing is used up. Raises `LinkNotValid`."""
    link = await valid_link(secret, PURPOSE)
    territory = await territory_by_id(link.territory_id)
    month_on = date.fromisoformat(link.payload["month"])
    return territory, await read_site_month(territory, link.payload["site"], month_on)


async def valid_link(secret: str, purpose: str) -> SharedLink:
    """Raises `LinkNotValid` for what never was, was revoked, has expired, or went to an address no longer the site's."""
    link = await shared_link_with(secret_hash(secret), purpose)
    if link is None or link.revoked_at is not None or link.expires_at <= datetime.now(UTC):
        raise _refused("unknown" if link is None else "ended")
    if not await _is_contact(link):
        raise _refused("address changed")
    return link


def _refused(why: str) -> LinkNotValid:
    log.warning("link refused", reason=why)
    return LinkNotValid("Demandez-en un nouveau à la coordination.")


async def _is_contact(link: SharedLink) -> bool:
    """Whether the address that it was mailed to is the site's today."""
    sites = await all_facts(link.territory_id, Site)
    known = [one for one in sites if one.code == link.payload["site"] and one.archived_at is None]
    return any(folded(one.contact_email or "") == folded(link.email) for one in known)


class Answerer(NamedTuple):
    """Who says so and how it comes; `root` is the service's address, for the coordination that is told of a page."""

    via: Via
    actor: Actor
    said_by: str = ""
    root: str = ""


async def answer_site(territory: Territory, month: SiteMonth, said: Said, by: Answerer) -> int:
    """How many answers changed; the same answer again changes nothing. Raises `BadInput`."""
    name, via = " ".join(by.said_by.split())[:LONGEST_NAME], by.via
    if via == "page":
        sign_as(month.site.short_name or month.site.name)
    if via == "call" and not name:
        raise BadInput("Notez qui vous a répondu.")
    now = datetime.now(UTC)

    async def work() -> int:
        fresh = await read_site_month(territory, month.site.code, month.month_on)
        changed = [
            msgspec.structs.replace(
                one,
                answer=said[one.proposed_on, one.half_day],
                said_by=name or None,
                via=via,
                noted_by=by.actor.account_id if via == "call" else None,
                answered_at=now,
            )
            for one in _known(fresh)
            if said.get((one.proposed_on, one.half_day), one.answer) != one.answer
        ]
        await store_site_answers(territory.id, changed)
        if changed and via == "page":
            mention(_answered(territory, month.site))
        impossible = [one for one in changed if one.answer == "impossible"]
        if impossible and via == "page":
            await _tell_coordination(territory, month, impossible, by.root)
        return len(changed)

    return await in_transaction(work, territory_id=territory.id)


def _answered(territory: Territory, site: Site) -> Mention:
    return Mention(
        what="changed", kind="site", ref=site.code, territory_id=territory.id, fields=("site_answers",)
    )


def _known(month: SiteMonth) -> list[SiteAnswer]:
    """Answers of every proposed half-day, those never asked by mail as new ones."""
    there = {(one.proposed_on, one.half_day) for one in month.answers}
    return [
        *month.answers,
        *(
            new_answer(month.site.code, one.on, half_day=one.half_day)
            for one in month.proposals
            if (one.on, one.half_day) not in there
        ),
    ]


async def _tell_coordination(
    territory: Territory, month: SiteMonth, impossible: list[SiteAnswer], root: str
) -> None:
    here, asked = f"{root}/t/{territory.code}", f"{month.month_on:%Y-%m}"
    site = month.site.short_name or month.site.name
    lines = [
        f"- {day_date(one.proposed_on)}{', ' + half_day(one.half_day) if one.half_day else ''}"
        for one in impossible
    ]
    subject = text("{site} : {n} dates impossibles", site=site, n=len(lines))
    if len(lines) == 1:
        subject = text("{site} : impossible {day}", site=site, day=lines[0].removeprefix("- "))
    body = typographic(BODY).format(
        said="\n".join([text("{site} ne peut pas recevoir :", site=site), *lines]),
        board=f"{here}/planning/{asked}",
        answers=f"{here}/lieux/{month.site.code}/mois/{asked}",
    )
    for address in await addresses_of_coordination(territory.id):
        await queue_mail(
            NewMail(kind="site", to=address, subject=subject, body=body, territory_id=territory.id)
        )
