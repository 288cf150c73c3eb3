"""Confirm a held place: the orientation, its interview, its place and what keeps the planner off it, or nothing."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from db.errors import AlreadyThereError, LostHoldError, RefusedError
from db.queries.assignment_writing import write_assignments
from db.queries.fact_storing import store_facts
from db.queries.orientations import add_orientation, orientation
from db.queries.partner_demand import count_demand
from db.queries.pin_storing import put_pin
from db.queries.place_hosts import HostsWanted, place_by_id, place_hosts, staff_claims
from db.queries.places import confirm_hold
from db.records.assignment import Assignment, Content, Write
from db.records.facts import FactSet
from db.records.orientation import Orientation, PlaceHost
from db.records.place import TakenPlace
from db.records.territory import Territory
from db.transaction import in_transaction
from service.accounts.tokens import new_code
from service.actions.hold_place import shelf_of
from service.actions.offer_alternatives import lost_hold
from service.actions.take_up_hold import take_up_hold
from service.catalogue import text
from service.partners.errors import HoldLost, WrongForm
from service.partners.form import OrientationForm, checked
from service.partners.holder import Holder
from service.partners.places import OfferedPlace
from service.partners.settings import partner_settings
from service.translate.oriented import oriented_content, oriented_need, oriented_pin


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """All that one confirmation works on."""

    territory: Territory
    holder: Holder
    form: OrientationForm
    now: datetime
    overruled: bool = False


async def orient(
    territory: Territory, holder: Holder, hold_id: UUID, form: OrientationForm, now: datetime | None = None
) -> Orientation:
    """The orientation; sent twice it is the same one. Raises `WrongForm`, `HoldLost` with alternatives, `NotFound`."""
    tidy = checked(form, partner_settings(territory))
    wish = Wish(territory=territory, holder=holder, form=tidy, now=now or datetime.now(UTC))
    hold = await take_up_hold(territory, holder, hold_id)
    try:
        return await in_transaction(lambda: _orient(wish, hold_id), territory_id=territory.id)
    except (HoldLost, LostHoldError, RefusedError, AlreadyThereError) as error:
        detail = error.detail if isinstance(error, HoldLost) else ""
        detail = detail or "Rien n’a été enregistré ; ce que vous avez écrit est gardé."
        raise await lost_hold(territory, holder, hold, wish.now, detail) from error


async def _orient(wish: Wish, hold_id: UUID) -> Orientation:
    hold = await place_by_id(wish.territory.id, hold_id)
    assert hold is not None
    if hold.state == "booked" and hold.orientation_id is not None:
        return await _same_again(wish, hold)
    if hold.released_at is not None or hold.expires_at is None or hold.expires_at <= wish.now:
        raise HoldLost
    shelf = await shelf_of(wish.territory, wish.holder, hold.host_id, wish.now)
    held = [one for one in shelf.at(hold.host_id, hold.slot) if one.mine_id == hold.id]
    if not held:
        raise HoldLost("La demi-journée vient de changer.")
    return await keep_orientation(wish, held[0], hold)


async def _same_again(wish: Wish, hold: TakenPlace) -> Orientation:
    """A form sent twice; somebody else's form for the same place is refused."""
    assert hold.orientation_id is not None
    known = await orientation(wish.territory.id, hold.orientation_id)
    if (known.label, known.need) != (wish.form.label, wish.form.need) or known.state != "planned":
        raise HoldLost("Une orientation a déjà été confirmée sur cette place.")
    return known


async def keep_orientation(wish: Wish, place: OfferedPlace, taken: TakenPlace) -> Orientation:
    """Everything that a place booked for somebody writes, under the territory's lock."""
    made = orientation_of(wish, place, taken.place)
    await add_orientation(wish.territory.id, made)
    if made.interview_id is not None:
        await write_interview(wish, made, place)
    await confirm_hold([taken.id], orientation_id=made.id, interview_id=made.interview_id, now=wish.now)
    await count_demand(wish.territory.id, wish.holder.partner, place.site, place.held_on, asked=1, got=1)
    return made


def orientation_of(wish: Wish, place: OfferedPlace, number: int | None) -> Orientation:
    """What the form says, at a place; `number` tells it apart from others of the same slot."""
    form = wish.form
    return Orientation(
        id=uuid4(),
        code=new_code(),
        partner=wish.holder.partner,
        label=form.label,
        need=form.need,
        state="planned",
        created_at=wish.now,
        officer=form.officer,
        officer_phone=form.officer_phone,
        asks_leave=form.asks_leave,
        leave_by_on=leave_by_on(wish, place),
        host_id=None if place.promotion else place.host_id,
        promotion=place.promotion,
        slot=place.slot,
        place=number,
        interview_id=None if place.promotion else uuid4(),
        made_by=wish.holder.actor.account_id,
        confirmed_at=wish.now,
    )


def leave_by_on(wish: Wish, place: OfferedPlace) -> date | None:
    """By when the autorisation de sortie is asked: as said, else as many days before as the territory wants, or today.

    Raises `WrongForm` for a date that is past, or after the appointment.
    """
    if not wish.form.asks_leave:
        return None
    today = wish.territory.day_of(wish.now)
    said_on = wish.form.leave_by_on
    if said_on is not None and not today <= said_on <= place.held_on:
        raise WrongForm([("leave_by_on", text("Donnez une date d’ici au rendez-vous."))])
    days = partner_settings(wish.territory).leave_days
    return said_on or max(today, place.held_on - timedelta(days=days))


async def write_interview(
    wish: Wish, made: Orientation, place: OfferedPlace, *, before: Assignment | None = None
) -> None:
    """The published interview of an orientation at a place, with what keeps a plan from moving it."""
    territory = wish.territory
    host = await _host(territory, place)
    staff = await _who_is_free(wish, host, place, before)
    content = oriented_content(host, made.code, staff, place.starts_at, place.ends_at)
    if content.need is not None:
        await _keep_need(wish, content, made)
    breaches = ({"rule": "interview_capacity", "decision": "overbooked"},) if wish.overruled else ()
    assert made.interview_id is not None
    write = Write(id=made.interview_id, content=content, what="oriented", overruled=breaches)
    await write_assignments(territory.id, [write], wish.holder.actor.author(wish.now))


async def _host(territory: Territory, place: OfferedPlace) -> PlaceHost:
    wanted = HostsWanted(
        sites=(place.site,), from_on=place.held_on, until_on=place.held_on, ids=(place.host_id,)
    )
    found = await place_hosts(territory.id, wanted)
    if not found:
        raise HoldLost("La demi-journée vient d’être annulée.")
    return found[0]


async def _who_is_free(wish: Wish, host: PlaceHost, place: OfferedPlace, before: Assignment | None) -> str:
    """Somebody there without an interview then; the one that is being moved does not count."""
    claims = await staff_claims(wish.territory.id, host.staff, place.starts_at, place.ends_at)
    own = (before.staff[0], before.starts_at, before.ends_at) if before else None
    busy = {one.staff for one in claims if (one.staff, one.starts_at, one.ends_at) != own}
    free = [who for who in host.staff if who not in busy]
    if not free and not wish.overruled:
        raise HoldLost("Plus personne n’est libre à cette heure.")
    return (free or list(host.staff))[0]


async def _keep_need(wish: Wish, content: Content, made: Orientation) -> None:
    """An office half-day stands only for its interviews: this one is needed, and pinned where it is."""
    territory = wish.territory
    await store_facts(territory.id, FactSet(needs=(oriented_need(content, made.id),)))
    await put_pin(territory.id, oriented_pin(content, territory.zone), at=wish.now)
