"""Free places of a partner: look, hold, give back, say that nothing fits."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.hold_place import hold_place
from service.actions.note_demand import note_demand
from service.actions.read_orientations import read_orientations
from service.actions.read_places import Shelf
from service.actions.release_hold import release_hold
from service.catalogue import text
from service.edge.holders import USERS
from service.french_text import plain_date
from service.pages.asked_days import coming_monday
from service.pages.asking_again import WrongAnswers, asks_again, read_answers
from service.pages.context import AnyRequest
from service.pages.form_parts import whole_form
from service.pages.forms import NOTHING_TYPED, Answers, Field, read
from service.pages.partner.asked_places import FROM, PURPOSES, Asked, asked_of, own_holds, shelf_asked
from service.pages.partner.grid import HeldView, seat_views, weeks
from service.pages.partner.once_more import label_again, sit_to_orient
from service.pages.partner.orientation_views import row_of
from service.pages.partner.refusals import refused_page
from service.pages.partner.seat import HERE, PartnerSeat
from service.paper.free_places import FreePlaces, free_places
from service.paper.printing import pdf
from service.partners.errors import PlaceRefused, TooManyHolds
from service.partners.places import OfferedPlace
from service.partners.settings import partner_settings, whom_to_call
from service.partners.when import hour, local_date, site_name, when

WEEK = Field(name="semaine", label=text("Semaine du"), kind="date", required=True)
PLACE = Field(name="place", label=text("Heure"))
SAID = {
    "rendue": "La place est rendue : elle est libre pour les autres.",
    "demande": "C’est noté. La coordination voit ce qui manque, sans nom ni référence.",
}


@get(f"{HERE}/places", roles=USERS, include_in_schema=False)
async def show_places(request: AnyRequest, territory: str) -> Response[str]:
    """The weeks to come; every free hour is a button that holds it."""
    return await _page_asked(request, await sit_to_orient(request, territory), NOTHING_TYPED)


@get(f"{HERE}/places.pdf", roles=USERS, include_in_schema=False)
async def print_places(request: AnyRequest, territory: str) -> Response[bytes]:
    """The free places that the page shows, to hang up in the service: neither holds nor orientations."""
    seat, now = await sit_to_orient(request, territory), datetime.now(UTC)
    asked, _ = asked_of(request, seat, now)
    body = pdf("free_places", _sheet(seat, await shelf_asked(seat, asked, now), now), now)
    headers = {"content-disposition": 'inline; filename="places-libres.pdf"', "cache-control": "no-store"}
    return Response(body, media_type="application/pdf", headers=headers)


@post(f"{HERE}/places", roles=USERS, include_in_schema=False)
@asks_again(show_places.fn)
async def take_hold(request: AnyRequest, territory: str) -> Response[Any]:
    """A redirect, so that reload and double click are harmless; 409 as a page with three others."""
    seat = await sit_to_orient(request, territory)
    host_id, slot = await asked_place(request)
    try:
        held = await hold_place(seat.territory, seat.holder, host_id, slot)
    except (PlaceRefused, TooManyHolds) as error:
        return refused_page(seat, error, target=seat.address("places"))
    return Redirect(seat.address(f"orienter/{held.id}"), status_code=303)


@post(f"{HERE}/orienter/{{hold:uuid}}/rendre", roles=USERS, include_in_schema=False)
async def give_back(request: AnyRequest, territory: str, hold: UUID) -> Redirect:
    seat = await sit_to_orient(request, territory)
    await release_hold(seat.territory, seat.holder, hold)
    return Redirect(with_query(seat.address("places"), "fait=rendue"), status_code=303)


@post(f"{HERE}/places/rien-ne-convient", roles=USERS, include_in_schema=False)
async def say_nothing_fits(request: AnyRequest, territory: str) -> Response[Any]:
    """Counts a demand that no place answers; nobody is named."""
    seat = await sit_to_orient(request, territory)
    answers = read((_missed(seat), WEEK), await whole_form(request))
    if answers.problems:
        return await _page_asked(request, seat, answers)
    await note_demand(seat.territory, seat.holder, answers.values["lieu"], answers.values[WEEK.name])
    return Redirect(with_query(seat.address("places"), "fait=demande"), status_code=303)


def _missed(seat: PartnerSeat) -> Field:
    """For which site a place was missed."""
    return Field(name="lieu", label=text("Lieu"), kind="select", required=True, options=_opened(seat))


def _opened(seat: PartnerSeat) -> tuple[tuple[str, str], ...]:
    named = ((code, site_name(seat.facts, code)) for code in seat.facts.opened_to(seat.partner))
    return tuple(sorted(named, key=lambda one: one[1]))


async def asked_place(request: AnyRequest) -> tuple[UUID, int]:
    """Host and slot of a button. Raises `WrongAnswers`."""
    answers = await read_answers(request, PLACE)
    host, _, slot = answers.values.get(PLACE.name, "").partition(":")
    try:
        return UUID(host), int(slot)
    except ValueError:
        raise WrongAnswers(answers.or_else(PLACE, text("choisissez une place de la liste"))) from None


async def _page_asked(request: AnyRequest, seat: PartnerSeat, answers: Answers) -> Response[str]:
    """The weeks, the site and the purpose that the address asks for."""
    now = datetime.now(UTC)
    asked, first = asked_of(request, seat, now)
    shelf = await shelf_asked(seat, asked, now)
    words = {
        **_found(seat, shelf, asked),
        **await _own(seat, now),
        **_asked_again(seat, asked, first if first.problems else answers),
        "label_again": await label_again(seat),
        "said": text(SAID[done]) if (done := request.query_params.get("fait", "")) in SAID else "",
    }
    return seat.page("partner/places.html", words, status_code=422 if words["problems"] else 200)


def _found(seat: PartnerSeat, shelf: Shelf, asked: Asked) -> dict[str, Any]:
    return {
        "weeks": weeks(seat.facts, shelf.places),
        "seats": seat_views(seat.facts, shelf.seats),
        "opened": _opened(seat),
        "purposes": [(code, text(words)) for code, words in PURPOSES.items()],
        "asked": asked,
        "next_on": asked.until_on + timedelta(days=1),
    }


def _sheet(seat: PartnerSeat, shelf: Shelf, now: datetime) -> FreePlaces:
    facts, settings = seat.facts, partner_settings(seat.territory)
    made = text("le {day} à {hour}", day=plain_date(local_date(facts, now)), hour=hour(facts, now))
    found = (weeks(facts, shelf.places), seat_views(facts, shelf.seats))
    return free_places(seat.partner.name, *found, made, whom_to_call(settings))


async def _own(seat: PartnerSeat, now: datetime) -> dict[str, Any]:
    """What one's service has: places held, people oriented, people who wait for a place."""
    orientations = await read_orientations(seat.territory, seat.holder)
    rows = [row_of(seat.facts, one) for one in orientations if one.is_open]
    return {
        "holds": [_held(seat, one, now) for one in await own_holds(seat, now)],
        "ahead": [one for one in rows if not one.waits][:5],
        "waiting": [one for one in rows if one.waits][:5],
        "all_count": len(orientations),
    }


def _asked_again(seat: PartnerSeat, asked: Asked, answers: Answers) -> dict[str, Any]:
    """The page's questions, with what was typed."""
    settings = partner_settings(seat.territory)
    shown_on, week_on = asked.from_on.isoformat(), coming_monday(asked.from_on).isoformat()
    return {
        "weeks_count": settings.weeks_ahead,
        "hold_minutes": settings.hold_minutes,
        "contact": settings,
        "week": WEEK,
        "typed": {"lieu": (asked.site,), WEEK.name: (week_on,), FROM.name: (shown_on,), **answers.typed},
        "problems": answers.problems,
    }


def _held(seat: PartnerSeat, one: OfferedPlace, now: datetime) -> HeldView:
    until = one.expires_at or one.starts_at
    seconds_left = max(0, int((until - now).total_seconds()))
    return HeldView(when(seat.facts, one), hour(seat.facts, until), seconds_left, one.mine_id)


def with_query(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
