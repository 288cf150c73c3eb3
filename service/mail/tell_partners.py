"""Partners are told within a minute of what happened to their places without their doing, with others to choose from.

A message names hours and sites, never whom an orientation is for: not even the partner's own label.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from db.queries.assignments import assignment, events_of
from db.queries.orientations import orientation
from db.queries.outbox import add_told, told_to_partners
from db.queries.partner_accounts import addresses_of_partner
from db.queries.partner_news import (
    InterviewMoved,
    OrientationNews,
    lost_holds,
    moved_interviews,
    orientation_news,
)
from db.queries.settings import house_setting, set_house_setting
from db.queries.territories import all_territories
from db.records.place import TakenPlace
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import HOUSE
from service.actions.read_orientations import read_orientation
from service.actions.read_places import read_places, weeks_ahead
from service.catalogue import counted, text
from service.french_text import capital, day_date
from service.mail.outbox import NewMail, deliverable, queue_mail
from service.partners.holder import Holder
from service.partners.opened import PartnerFacts, partner_facts
from service.partners.places import nearest
from service.partners.settings import partner_settings, why_cancelled
from service.partners.when import hour, local_date, site_name, when
from service.settings import Settings
from service.translate.slots import opening_of, slot_starts

CURSOR = "mail.partners_until"
SETTLED, FIRST_LOOK = timedelta(minutes=10), timedelta(hours=24)
"""A transaction may commit later than the instant it writes: the last minutes are looked at again."""
Happened = OrientationNews | InterviewMoved | TakenPlace
"""A place that is told was held."""


class PartnerNews(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell a partner; `near` is when and where it was, if others are to be offered."""

    key: str
    line: str
    at: datetime
    near: tuple[datetime, str] | None = None
    assignment_id: UUID | None = None


async def partner_news_wait(now: datetime) -> bool:
    """Whether something happened that may not be told yet."""
    since = await _looked_until(now)
    return bool(await orientation_news(since) or await moved_interviews(since) or await lost_holds(since))


async def _looked_until(now: datetime) -> datetime:
    kept = await house_setting(CURSOR)
    return datetime.fromisoformat(kept) if isinstance(kept, str) else now - FIRST_LOOK


async def tell_partners(settings: Settings) -> int:
    """Queues the messages of all that happened since the last look; how many."""
    now = datetime.now(UTC)
    looked = await _looked_until(now)
    happened = await _happened_since(looked)
    told = await told_to_partners(looked) if happened else frozenset()
    count = 0
    for territory in await all_territories():
        if territory.id in happened:
            for partner, found in (await _news_of(territory, happened[territory.id])).items():
                fresh = [one for one in found if one.key not in told]
                count += await _tell(territory, partner, fresh, settings, now) if fresh else 0
    await set_house_setting(CURSOR, max(looked, now - SETTLED).isoformat())
    return count


async def _happened_since(since: datetime) -> dict[UUID, list[Happened]]:
    """By territory, each kind in the order in which it happened."""
    found: dict[UUID, list[Happened]] = defaultdict(list)
    happened: list[Happened] = [*await orientation_news(since)]
    happened += await moved_interviews(since)
    happened += await lost_holds(since)
    for one in happened:
        found[one.territory_id].append(one)
    return found


async def _news_of(territory: Territory, happened: Sequence[Happened]) -> dict[str, list[PartnerNews]]:
    facts = await partner_facts(territory)
    found: dict[str, list[PartnerNews]] = defaultdict(list)
    codes = {one.id: one.code for one in facts.partners.values()}
    for one in happened:
        if isinstance(one, OrientationNews):
            partner, told = await _of_orientation(facts, one.orientation_id, one.what, one.at)
            found[partner].append(told)
        elif isinstance(one, InterviewMoved):
            partner, changed = await _of_move(facts, one.orientation_id, one.event_id)
            found[partner] += [changed] if changed is not None else []
        elif one.partner_id in codes:
            found[codes[one.partner_id]].append(await _of_hold(facts, one))
    return found


async def _of_hold(facts: PartnerFacts, hold: TakenPlace) -> PartnerNews:
    host = await assignment(facts.territory.id, hold.host_id)
    site = facts.sites.get(host.site or "")
    opening = opening_of(site, host.held_on, host.half_day) if site else None
    starts = slot_starts(opening, host.starts_at, host.ends_at)
    starts_at = starts[hold.slot] if hold.slot < len(starts) else host.starts_at
    spot = _spot(facts, starts_at, host.site or "")
    return PartnerNews(
        key=f"hold {hold.id}",
        line=text("La place que vous reteniez n’existe plus : {spot}.", spot=spot),
        at=hold.released_at or hold.created_at,
        near=(starts_at, host.site or ""),
        assignment_id=host.id,
    )


async def _of_orientation(
    facts: PartnerFacts, orientation_id: UUID, what: str, at: datetime
) -> tuple[str, PartnerNews]:
    one = await orientation(facts.territory.id, orientation_id)
    reader = Holder(partner=one.partner, id=uuid4(), actor=HOUSE)
    view = await read_orientation(facts.territory, reader, orientation_id)
    spot = _spot(facts, view.starts_at, view.site or "") if view.starts_at else ""
    if one.promotion:
        spot = facts.promotions[one.promotion].name
    if what == "seated":
        line = text("Une place s’est libérée : {spot}. Elle est à la personne qui attendait.", spot=spot)
        return one.partner, PartnerNews(key=f"seat {one.id}", line=line, at=at)
    reason = why_cancelled(facts.territory, one.cancel_reason)
    line = text("N’aura pas lieu : {spot}", spot=spot) + (f" ({reason.lower()})." if reason else ".")
    near = (view.starts_at, view.site or "") if view.starts_at and not one.promotion else None
    return one.partner, PartnerNews(
        key=f"gone {one.id}", line=line, at=at, near=near, assignment_id=one.interview_id
    )


async def _of_move(
    facts: PartnerFacts, orientation_id: UUID, event_id: UUID
) -> tuple[str, PartnerNews | None]:
    """None when neither hour nor site changed: another person of the team is nothing to tell."""
    one = await orientation(facts.territory.id, orientation_id)
    assert one.interview_id is not None
    event = next(found for found in await events_of(one.interview_id) if found.id == event_id)
    before, after = event.before or {}, event.after or {}
    same = all(before.get(name) == after.get(name) for name in ("starts_at", "site"))
    if not before or same:
        return one.partner, None
    was, now = (
        _spot(facts, datetime.fromisoformat(side["starts_at"]), str(side["site"])) for side in (before, after)
    )
    line = text("Changé : {now} (avant : {was}).", now=now, was=was)
    starts_at = datetime.fromisoformat(before["starts_at"])
    return one.partner, PartnerNews(
        key=f"moved {event_id}",
        line=line,
        at=event.at,
        near=(starts_at, str(before["site"])),
        assignment_id=one.interview_id,
    )


def _spot(facts: PartnerFacts, at: datetime, site: str) -> str:
    return text(
        "{day} à {hour}, {site}",
        day=day_date(local_date(facts, at)),
        hour=hour(facts, at),
        site=site_name(facts, site) if site in facts.sites else text("à distance"),
    )


async def addresses_of(facts: PartnerFacts, partner: str) -> tuple[str, ...]:
    """The service's mailbox; without one, its officers' accounts."""
    mailbox = facts.partners[partner].email
    return deliverable((mailbox,)) if mailbox else await addresses_of_partner(facts.territory.id, partner)


async def _tell(
    territory: Territory, partner: str, found: Sequence[PartnerNews], settings: Settings, now: datetime
) -> int:
    """One message for all that was not told before, to each address; how many."""
    facts = await partner_facts(territory)
    body = await _body(territory, partner, found, settings, now)
    subject = (
        capital(found[0].line.rstrip("."))
        if len(found) == 1
        else counted("{n} rendez-vous change", "{n} rendez-vous changent", len(found))
    )
    written = [
        NewMail(
            kind="partner",
            to=address,
            subject=subject,
            body=body,
            territory_id=territory.id,
            recipient_id=facts.partners[partner].id,
            dedupe_key=f"partner {partner} {address} {'+'.join(sorted(one.key for one in found))}"[:500],
        )
        for address in await addresses_of(facts, partner)
    ]

    async def work() -> int:
        return sum([await _queue(territory, partner, mail, found) for mail in written])

    return await in_transaction(work)


async def _queue(territory: Territory, partner: str, mail: NewMail, found: Sequence[PartnerNews]) -> int:
    mail_id = await queue_mail(mail)
    if mail_id is None:
        return 0
    rows = [
        {
            "territory": territory.id,
            "assignment_id": one.assignment_id,
            "recipient_kind": "partner",
            "recipient_id": mail.recipient_id,
            "recipient_label": partner,
            "channel": "mail",
            "mail": mail_id,
            "change": {"what": one.key.split(" ")[0], "line": one.line, "key": one.key},
        }
        for one in found
    ]
    await add_told(rows)
    return 1


async def _body(
    territory: Territory, partner: str, found: Sequence[PartnerNews], settings: Settings, now: datetime
) -> str:
    lines = [f"- {one.line}" for one in found]
    near = next((one.near for one in found if one.near), None)
    if near is not None:
        reader = Holder(partner=partner, id=uuid4(), actor=HOUSE)
        shelf = await read_places(territory, reader, weeks_ahead(territory, now), now)
        others = nearest(shelf.places, *near)
        if others:
            lines += ["", text("Les places libres les plus proches :")]
            lines += [f"- {when(shelf.facts, one)}" for one in others]
    contact = partner_settings(territory)
    call = " ".join(part for part in (contact.contact_name, contact.contact_phone) if part)
    link = f"{settings.address}/t/{territory.code}/places"
    return "\n".join(
        [*lines, "", text("Choisir une place : {link}", link=link), text("Appeler : {call}", call=call)]
    )
