"""Propose a month's dates to a site: one mail with a link that opens a page, nothing more."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import msgspec

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.plans import plans_of
from db.queries.shared_links import add_shared_link
from db.queries.site_answers import answers_of, new_answer, put_answers
from db.records.facts import Facts
from db.records.site import Site
from db.records.site_answer import SiteAnswer
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from db.transaction import in_transaction
from service.accounts.tokens import new_secret, secret_hash
from service.actions.read_version import read_version
from service.actions.request_plan import SCENARIO
from service.catalogue import text, typographic
from service.errors import NotFound
from service.french_text import half_day_of, month_title
from service.mail.outbox import NewMail, queue_mail
from service.partners.settings import partner_settings
from service.sites.errors import NoAddress, NothingToAsk
from service.sites.proposals import Proposal, proposals, unasked

PURPOSE = "site-answers"
VALID = timedelta(days=60)
BODY = """Bonjour,

Nous vous proposons {count} pour {month} :

{dates}

Dites-nous ce qui convient et ce qui est impossible, en deux minutes et sans compte :

{link}

{contact}
"""


class SiteMonth(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed to a site in a month and what it has said so far."""

    site: Site
    month_on: date
    proposals: tuple[Proposal, ...]
    answers: tuple[SiteAnswer, ...]


async def read_site_month(territory: Territory, site: str, month_on: date) -> SiteMonth:
    """Raises `NotFound` when there is no such site."""
    facts = await facts_of(territory.id)
    found = next((one for one in facts.sites if one.code == site and one.archived_at is None), None)
    if found is None:
        raise NotFound("Ce lieu n’existe pas ici.")
    first_on, last_on = month_of(month_on)
    known = await answers_of(territory.id, first_on, last_on, site=site)
    wanted = await _proposals(territory, facts, site, (first_on, last_on))
    return SiteMonth(site=found, month_on=first_on, proposals=tuple(wanted), answers=known)


def month_of(on: date) -> tuple[date, date]:
    """Its first and last day."""
    return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])


async def _proposals(
    territory: Territory, facts: Facts, site: str, month: tuple[date, date]
) -> list[Proposal]:
    """What is published, and the newest draft of that month if there is one."""
    published = await assignments_of(territory.id, Wanted(from_on=month[0], until_on=month[1]))
    plans = await plans_of(territory.id, touching=month, states=EDITABLE_PLANS)
    draft = next((one for one in plans if one.origin != SCENARIO), None)
    items = (await read_version(draft)).items if draft else ()
    return proposals(
        site, published, [one for one in items if month[0] <= one.held_on <= month[1]], facts.cadences
    )


async def ask_site(territory: Territory, site: str, month_on: date, root: str) -> SiteMonth:
    """The month as it is asked. Raises `NoAddress`, `NothingToAsk`, `NotFound`."""
    now = datetime.now(UTC)

    async def work() -> SiteMonth:
        month = await read_site_month(territory, site, month_on)
        if not month.site.contact_email:
            raise NoAddress("Ajoutez-la à la fiche du lieu, ou notez sa réponse après un appel.")
        if not month.proposals:
            raise NothingToAsk
        new = [
            new_answer(site, one.on, half_day=one.half_day, asked_at=now)
            for one in unasked(month.proposals, month.answers)
        ]
        await put_answers(territory.id, new)
        await queue_mail(await _mail(territory, month, root, now))
        return await read_site_month(territory, site, month_on)

    return await in_transaction(work, territory_id=territory.id)


async def _mail(territory: Territory, month: SiteMonth, root: str, now: datetime) -> NewMail:
    secret = new_secret()
    address = month.site.contact_email or ""
    await add_shared_link(
        secret_hash(secret),
        purpose=PURPOSE,
        territory_id=territory.id,
        email=address,
        payload={"site": month.site.code, "month": month.month_on.isoformat()},
        expires_at=now + VALID,
    )
    contact = partner_settings(territory)
    name = month_title(month.month_on)
    body = typographic(BODY).format(
        count=text("{n} dates", n=len(month.proposals)) if len(month.proposals) > 1 else text("une date"),
        month=name,
        dates="\n".join(f"- {half_day_of(one.on, one.half_day)}" for one in month.proposals),
        link=f"{root}/reponse/{secret}",
        contact=" ".join(part for part in (contact.contact_name, contact.contact_phone) if part),
    )
    subject = text(
        "Dates proposées pour {month}, {site}", month=name, site=month.site.short_name or month.site.name
    )
    return NewMail(
        kind="site",
        to=address,
        subject=subject,
        body=body,
        territory_id=territory.id,
        dedupe_key=f"dates {territory.code} {month.site.code} {month.month_on} {address} {now:%Y-%m-%dT%H:%M}",
    )
