"""Tell a site who enters in a month: a version is kept as it was sent, changed lines marked against the one before."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec

from db.queries.access_lists import access_lists_of, add_access_list
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.shared_links import add_shared_link
from db.queries.territories import territory_by_id
from db.records.site import Site
from db.records.site_answer import AccessList
from db.records.territory import Territory
from db.transaction import in_transaction, snapshot
from service.accounts.tokens import new_secret, secret_hash
from service.actions.answer_site import valid_link
from service.actions.ask_site import month_of
from service.catalogue import text
from service.errors import NotFound
from service.french_text import clock_text, long_date, month_title
from service.mail.outbox import NewMail, queue_mail
from service.partners.settings import partner_settings
from service.sites.access import AccessLine, MarkedLine, access_lines, from_stored, marked, stored
from service.sites.access_csv import MARK_WORDS
from service.sites.errors import NoAddress, NothingToAsk

PURPOSE = "access-list"
VALID = timedelta(days=60)


class AccessMonth(msgspec.Struct, frozen=True, kw_only=True):
    """The list as it stands now. `number` is the version it is, or would be sent as; `is_sent` whether it was."""

    territory: Territory
    site: Site
    month_on: date
    lines: tuple[MarkedLine, ...]
    number: int
    is_sent: bool
    sent: tuple[AccessList, ...]

    @property
    def present(self) -> list[MarkedLine]:
        return [one for one in self.lines if one.mark != "gone"]


async def read_access_month(territory: Territory, site: str, month_on: date) -> AccessMonth:
    """Published presences only. Raises `NotFound` when there is no such site."""
    first_on, last_on = month_of(month_on)
    async with snapshot():
        facts = await facts_of(territory.id)
        visits = await assignments_of(territory.id, Wanted(from_on=first_on, until_on=last_on, sites=(site,)))
        sent = await access_lists_of(territory.id, first_on, site=site)
    found = next((one for one in facts.sites if one.code == site), None)
    if found is None:
        raise NotFound("Ce lieu n’existe pas ici.")
    lines = access_lines(site, visits, facts.staff, facts.speakers, facts.promotions, territory.zone)
    return _month(territory, found, first_on, (lines, sent))


def _month(
    territory: Territory,
    site: Site,
    month_on: date,
    found: tuple[list[AccessLine], tuple[AccessList, ...]],
) -> AccessMonth:
    now, sent = found
    last = from_stored(sent[-1].lines) if sent else None
    is_sent = last == now
    before = from_stored(sent[-2].lines) if is_sent and len(sent) > 1 else None if is_sent else last
    return AccessMonth(
        territory=territory,
        site=site,
        month_on=month_on,
        lines=tuple(marked(now, before)),
        number=len(sent) if is_sent else len(sent) + 1,
        is_sent=is_sent,
        sent=sent,
    )


async def send_access_list(
    territory: Territory, site: str, month_on: date, root: str, *, by: UUID | None
) -> AccessMonth:
    """The list as sent; sent again unchanged it stays the same version. Raises `NoAddress`, `NothingToAsk`."""
    now = datetime.now(UTC)

    async def work() -> AccessMonth:
        month = await read_access_month(territory, site, month_on)
        if not month.site.contact_email:
            raise NoAddress("Ajoutez-la à la fiche du lieu, ou imprimez la liste.")
        if not month.lines:
            raise NothingToAsk
        if not month.is_sent:
            lines = stored(one.line for one in month.present)
            await add_access_list(
                territory.id, site, month.month_on, lines, sent=(now, month.site.contact_email, by)
            )
        await queue_mail(await _mail(month, root, now))
        return await read_access_month(territory, site, month_on)

    return await in_transaction(work, territory_id=territory.id)


async def read_access_link(secret: str) -> AccessMonth:
    """The list behind a mailed link, as it was last sent. Raises `LinkNotValid`."""
    link = await valid_link(secret, PURPOSE)
    territory = await territory_by_id(link.territory_id)
    month_on = date.fromisoformat(link.payload["month"])
    facts = await facts_of(territory.id)
    sent = await access_lists_of(territory.id, month_on, site=link.payload["site"])
    site = next((one for one in facts.sites if one.code == link.payload["site"]), None)
    if site is None or not sent:
        raise NotFound("Cette liste n’existe plus.")
    return _month(territory, site, month_on, (from_stored(sent[-1].lines), sent))


def mail_key(month: AccessMonth) -> str:
    """How the keys of all mails of this version begin."""
    return f"access {month.territory.code} {month.site.code} {month.month_on} {month.number}"


async def _mail(month: AccessMonth, root: str, now: datetime) -> NewMail:
    secret, address = new_secret(), month.site.contact_email or ""
    await add_shared_link(
        secret_hash(secret),
        purpose=PURPOSE,
        territory_id=month.territory.id,
        email=address,
        payload={"site": month.site.code, "month": month.month_on.isoformat()},
        expires_at=now + VALID,
    )
    contact = partner_settings(month.territory)
    lines = [
        text("Bonjour,"),
        "",
        text(
            "Qui se présentera en {month} (version {n}) :", month=month_title(month.month_on), n=month.number
        ),
        "",
        *(_line(one) for one in month.lines),
        "",
        text("La liste à imprimer et le fichier : {link}", link=f"{root}/acces/{secret}"),
        "",
        " ".join(part for part in (contact.contact_name, contact.contact_phone) if part),
    ]
    subject = text(
        "Liste d’accès {month}, version {n}, {site}",
        month=month_title(month.month_on),
        n=month.number,
        site=month.site.short_name or month.site.name,
    )
    return NewMail(
        kind="site",
        to=address,
        subject=subject,
        body="\n".join(lines),
        territory_id=month.territory.id,
        dedupe_key=f"{mail_key(month)} {address} {now:%Y-%m-%dT%H:%M}",
    )


def _line(one: MarkedLine) -> str:
    line = one.line
    words = [
        f"{long_date(line.on)}, {clock_text(line.start)} à {clock_text(line.end)}",
        line.name,
        line.function,
    ]
    mark = f" [{MARK_WORDS[one.mark]}]" if MARK_WORDS[one.mark] else ""
    return f"- {' · '.join(word for word in words if word)}{mark}"
