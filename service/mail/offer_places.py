"""Seven and three days before a permanence with free places its partners get one mail with what is free."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from db.queries.territories import all_territories
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import HOUSE
from service.actions.read_places import Shelf, Window, read_places
from service.catalogue import counted, text
from service.french_text import day_date, listed
from service.mail.outbox import NewMail, queue_mail
from service.mail.tell_partners import addresses_of
from service.partners.holder import Holder
from service.partners.opened import partner_facts
from service.partners.places import OfferedPlace, merged
from service.partners.settings import partner_settings
from service.partners.when import hour, site_name
from service.settings import Settings


async def offer_places(settings: Settings, now: datetime | None = None) -> int:
    """How many messages were queued; a second time on one day there are none."""
    at = now or datetime.now(UTC)
    return sum([await _offer(territory, settings, at) for territory in await all_territories()])


async def _offer(territory: Territory, settings: Settings, now: datetime) -> int:
    facts = await partner_facts(territory)
    today = territory.day_of(now)
    count = 0
    for partner in facts.partners.values():
        for days in partner_settings(territory).alert_days if partner.archived_at is None else ():
            on = today + timedelta(days=days)
            reader = Holder(partner=partner.code, id=uuid4(), actor=HOUSE)
            shelf = await read_places(territory, reader, Window(from_on=on, until_on=on), now)
            lines = _lines(shelf, on)
            if lines:
                count += await _queue(shelf, lines, f"{on} {days}", settings)
    return count


def _lines(shelf: Shelf, on: date) -> list[tuple[str, str]]:
    """What is free and where, of each permanence of a date."""
    by_site: dict[str, list[OfferedPlace]] = defaultdict(list)
    for one in merged(shelf.places):
        if one.state == "free" and one.host_kind == "permanence":
            by_site[one.site].append(one)
    return [(free_words(shelf, places, on), site_name(shelf.facts, site)) for site, places in by_site.items()]


def free_words(shelf: Shelf, places: Sequence[OfferedPlace], on: date) -> str:
    """`2 places libres mardi 8 décembre, 9 h 30 et 10 h 30`"""
    count = sum(one.free_count for one in places)
    hours = listed(dict.fromkeys(hour(shelf.facts, one.starts_at) for one in places))
    free = counted("{n} place libre", "{n} places libres", count)
    return text("{free} {day}, {hours}", free=free, day=day_date(on), hours=hours)


async def _queue(shelf: Shelf, lines: list[tuple[str, str]], key: str, settings: Settings) -> int:
    territory, partner = shelf.facts.territory, shelf.partner
    link = f"{settings.address}/t/{territory.code}/places"
    subject = text("{words} : orienter", words=lines[0][0])
    if len(lines) > 1:
        others = counted("{n} autre lieu", "{n} autres lieux", len(lines) - 1)
        subject = text("{words}, et {others} : orienter", words=lines[0][0], others=others)
    body = [text("{words}, {site} : orienter", words=words, site=site) for words, site in lines]
    body += ["", link]
    count = 0
    for address in await addresses_of(shelf.facts, partner.code):
        mail = NewMail(
            kind="partner",
            to=address,
            subject=subject,
            body="\n".join(body),
            territory_id=territory.id,
            recipient_id=partner.id,
            dedupe_key=f"free {territory.code} {partner.code} {address} {key}",
        )
        count += await in_transaction(lambda mail=mail: queue_mail(mail)) is not None  # type: ignore[misc]
    return count
