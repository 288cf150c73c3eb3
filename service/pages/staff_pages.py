"""Staff on a telephone: my week, call off today with who is to be told."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post

from db.queries.assignments import Wanted, assignment, assignments_of
from db.records.facts import Facts
from db.records.staff import StaffMember
from service.actions.actor import Actor
from service.actions.cancel_today import REASONS, Displaced, cancel_today
from service.catalogue import text
from service.edge.guards import TEAM
from service.edge.identity import identify
from service.errors import BadInput, NotFound
from service.french_text import capital, clock, day_date, initials
from service.pages.board.source import today_in
from service.pages.context import AnyRequest, Visit, enter
from service.pages.remembered import territory_facts
from service.pages.rendering import page
from service.pages.staff_week_view import Callee, staff_week, title_of

REASON_WORDS = {
    "site": "Empêchement du lieu",
    "absence": "Absence",
    "transport": "Transport",
    "other": "Autre",
}
HERE = "/t/{territory:str}"


class Seat(NamedTuple):
    """Whose pages these are: a staff member's own, or one that the coordination looks at."""

    visit: Visit
    facts: Facts
    person: StaffMember


@get(f"{HERE}/ma-semaine", roles=TEAM, include_in_schema=False)
async def show_my_week(request: AnyRequest, territory: str) -> Response[str]:
    """Published things only, today first on a telephone."""
    seat = await _seat(request, territory, "ma-semaine")
    today = today_in(seat.visit.territory)
    monday = _monday(request.query_params.get("semaine"), today)
    wanted = Wanted(from_on=monday, until_on=monday + timedelta(days=5), staff=seat.person.code)
    mine = await assignments_of(seat.visit.territory.id, wanted)
    current = tuple(one for one in mine if seat.person.code in one.staff)
    meetings = tuple(
        one for one in seat.facts.meetings if seat.person.code in one.attendees and one.status == "planned"
    )
    week = staff_week(seat.facts, current, meetings, monday, today)
    return _page(seat, "staff/week.html", {"week": week})


@get(f"{HERE}/ma-semaine/{{event:uuid}}/annuler", roles=TEAM, include_in_schema=False)
async def ask_to_call_off(request: AnyRequest, territory: str, event: UUID) -> Response[str]:
    """What would be called off, and why: one tap each."""
    seat = await _seat(request, territory, "ma-semaine")
    one = await assignment(seat.visit.territory.id, event)
    when = f"{capital(day_date(one.held_on))}, {_clock(seat, one.starts_at)}"
    reasons = [(code, text(REASON_WORDS[code])) for code in REASONS]
    return _page(
        seat,
        "staff/call_off.html",
        {"title": title_of(seat.facts, one), "when": when, "event": event, "reasons": reasons},
    )


@post(f"{HERE}/ma-semaine/{{event:uuid}}/annuler", roles=TEAM, include_in_schema=False)
async def call_off_today(request: AnyRequest, territory: str, event: UUID) -> Response[str]:
    """Holds at once; the answer is the list of who is to be told, the nearest in time first."""
    seat = await _seat(request, territory, "ma-semaine")
    reason = str((await request.form()).get("raison", "other"))
    if reason not in REASONS:
        raise BadInput(text("Cette raison n’existe pas."))
    gone = await cancel_today(seat.visit.territory, event, Actor(label=seat.person.name), reason=reason)
    return _page(
        seat, "staff/called_off.html", {"callees": [_callee(seat, one) for one in gone], "count": len(gone)}
    )


async def _seat(request: AnyRequest, territory: str, place: str) -> Seat:
    """A coordinator may look over a person's shoulder with `?personne=`; staff see themselves only."""
    visit = await enter(request, territory, place)
    facts, identity = await territory_facts(visit.territory), await identify(request)
    asked = (
        identity.staff_code if identity and identity.role == "staff" else request.query_params.get("personne")
    )
    known = [one for one in facts.staff if one.archived_at is None and asked in (None, one.code)]
    if not known:
        raise NotFound(text("Cette personne n’existe pas ici."))
    return Seat(visit, facts, known[0])


def _page(seat: Seat, template: str, context: dict[str, Any]) -> Response[str]:
    person = seat.person
    watched = bool(seat.visit.shell.account and seat.visit.shell.account.role != "staff")
    suffix = f"?personne={person.code}" if watched else ""
    shared = {
        "who": initials(person.code),
        "suffix": suffix,
        "watched": watched,
        "here": seat.visit.shell.address(""),
    }
    return page(template, seat.visit.shell, {**shared, **context})


def _callee(seat: Seat, one: Displaced) -> Callee:
    sites = {site.code: site for site in seat.facts.sites}
    site = sites.get(one.site or "")
    who = one.participant or (site.name if site else text("à distance"))
    when = f"{day_date(one.starts_at.date())}, {_clock(seat, one.starts_at)}"
    sentence = text(
        "Bonjour, le rendez-vous du {when} n’aura pas lieu. Nous vous proposons vite une autre date.",
        when=when,
    )
    telephone = site.phone if site and site.phone and one.participant is None else ""
    return Callee(who=who, when=capital(when), telephone=telephone, sentence=sentence)


def _monday(asked: str | None, today: date) -> date:
    try:
        on = date.fromisoformat(asked) if asked else today
    except ValueError:
        raise BadInput(text("Cette semaine n’existe pas.")) from None
    if asked is None and on.weekday() > 4:
        on += timedelta(days=7)
    return on - timedelta(days=on.weekday())


def _clock(seat: Seat, at: datetime) -> str:
    return clock(at.astimezone(ZoneInfo(seat.visit.territory.zone)).time(), padded=True)
