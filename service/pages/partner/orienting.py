"""Orient a person to a held place, or to the waiting list of a promotion: a plain form, what is typed is kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from db.records.orientation import Orientation
from db.records.place import TakenPlace
from service.actions.hold_place import Held, hold_place, shelf_of, what_is_left
from service.actions.join_waiting_list import SeatsLeft, join_waiting_list
from service.actions.offer_alternatives import lost_hold
from service.actions.orient import orient
from service.actions.overbook_place import overbook_place
from service.actions.take_up_hold import take_up_hold
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.edge.holders import USERS
from service.errors import NotFound
from service.french_text import capital, long_date
from service.pages.context import AnyRequest
from service.pages.form_parts import typed as typed_in
from service.pages.forms import Field, read
from service.pages.partner.once_more import begun, sit_to_orient
from service.pages.partner.places import asked_place
from service.pages.partner.refusals import refused_page
from service.pages.partner.seat import HERE, PartnerSeat
from service.partners.errors import PlaceRefused, TooManyHolds, WrongForm
from service.partners.form import OrientationForm
from service.partners.places import OfferedPlace
from service.partners.settings import partner_settings
from service.partners.when import hour, local_date, site_name, when

FIELDS = ("label", "need", "officer", "officer_phone", "leave", "leave_by")
LABELS = {
    "label": "Votre référence de la personne",
    "need": "Besoin",
    "officer": "Vos initiales",
    "officer_phone": "Votre téléphone",
    "leave": "Autorisation de sortie",
    "leave_by": "Je la demande au plus tard le",
    "leave_by_on": "Je la demande au plus tard le",
}
SHOWN_AS = {"leave_by_on": "leave_by"}
LEAVE_BY = Field(name="leave_by", label=text(LABELS["leave_by"]), kind="date")
FORM = f"{HERE}/orienter/{{hold:uuid}}"
WAIT = f"{HERE}/attente/{{promotion:uuid}}"
MORE = f"{HERE}/en-plus/{{host:uuid}}/{{slot:int}}"


@get(FORM, roles=USERS, include_in_schema=False)
async def ask_to_orient(request: AnyRequest, territory: str, hold: UUID) -> Response[Any]:
    """The form of a held place, until when it is held; who signed one before signs this one too."""
    seat = await sit_to_orient(request, territory)
    return await _form_page(seat, hold, await begun(seat))


@post(FORM, roles=USERS, include_in_schema=False)
async def confirm_orientation(request: AnyRequest, territory: str, hold: UUID) -> Response[Any]:
    """A redirect to the confirmation; the form again with what to correct; 409 with three other places."""
    seat = await sit_to_orient(request, territory)
    typed = await _typed(request)
    try:
        made = await orient(seat.territory, seat.holder, hold, read_form(typed))
    except WrongForm as error:
        return await _form_page(seat, hold, typed, error)
    except PlaceRefused as error:
        return refused_page(seat, error, target=seat.address(f"orienter/{hold}/autre"), typed=typed)
    return _made(seat, made)


@post(f"{FORM}/autre", roles=USERS, include_in_schema=False)
async def take_another(request: AnyRequest, territory: str, hold: UUID) -> Response[Any]:
    """Another place for the same form: held at once, what was typed stands in it."""
    seat = await sit_to_orient(request, territory)
    typed, (host_id, slot) = await _typed(request), await asked_place(request)
    try:
        held = await hold_place(seat.territory, seat.holder, host_id, slot)
    except (PlaceRefused, TooManyHolds) as error:
        return refused_page(seat, error, target=seat.address(f"orienter/{hold}/autre"), typed=typed)
    return await _form_page(seat, held.id, typed)


@get(WAIT, roles=USERS, include_in_schema=False)
async def ask_to_wait(request: AnyRequest, territory: str, promotion: UUID) -> Response[Any]:
    seat = await sit_to_orient(request, territory)
    return await _wait_page(seat, promotion, await begun(seat))


@post(WAIT, roles=USERS, include_in_schema=False)
async def join_list(request: AnyRequest, territory: str, promotion: UUID) -> Response[Any]:
    """The last turn on the list of a promotion that is full."""
    seat = await sit_to_orient(request, territory)
    typed = await _typed(request)
    try:
        made = await join_waiting_list(seat.territory, seat.holder, promotion, read_form(typed))
    except WrongForm as error:
        return await _wait_page(seat, promotion, typed, error)
    except SeatsLeft as error:
        return _seats_left(seat, error, promotion, typed)
    return _made(seat, made)


@get(MORE, roles=COORDINATORS, include_in_schema=False)
async def ask_to_overbook(request: AnyRequest, territory: str, host: UUID, slot: int) -> Response[Any]:
    seat = await sit_to_orient(request, territory, "partenaires")
    return await _more_page(seat, (host, slot), await begun(seat))


@post(MORE, roles=COORDINATORS, include_in_schema=False)
async def overbook(request: AnyRequest, territory: str, host: UUID, slot: int) -> Response[Any]:
    """One more than there are, because the coordination wants it."""
    seat = await sit_to_orient(request, territory, "partenaires")
    typed = await _typed(request)
    try:
        made = await overbook_place(seat.territory, seat.holder, host, slot, read_form(typed))
    except WrongForm as error:
        return await _more_page(seat, (host, slot), typed, error)
    return _made(seat, made)


async def _typed(request: AnyRequest) -> dict[str, str]:
    return dict(zip(FIELDS, await typed_in(request, *FIELDS), strict=True))


def _made(seat: PartnerSeat, made: Orientation) -> Redirect:
    """The confirmation, from where nobody is oriented once more."""
    return Redirect(seat.for_again(None).address(f"orientations/{made.id}"), status_code=303)


def read_form(typed: dict[str, str]) -> OrientationForm:
    """The fields as an action takes them. Raises `WrongForm` on a date or a choice that is none."""
    if typed["leave"] not in ("", "oui", "non"):
        raise WrongForm([("leave", text("Ce choix n’existe pas."))])
    asks_leave = typed["leave"] == "oui"
    leave_by_on = _leave_by(typed["leave_by"]) if typed["leave_by"] else None
    return OrientationForm(
        label=typed["label"],
        need=typed["need"],
        officer=typed["officer"],
        officer_phone=typed["officer_phone"],
        asks_leave=asks_leave,
        leave_by_on=leave_by_on if asks_leave else None,
    )


def _leave_by(word: str) -> date:
    answers = read((LEAVE_BY,), {LEAVE_BY.name: [word]})
    if answers.problems:
        raise WrongForm([(LEAVE_BY.name, f"{capital(answers.problems[0].message)}.")])
    found: date = answers.values[LEAVE_BY.name]
    return found


async def _form_page(
    seat: PartnerSeat, hold_id: UUID, typed: dict[str, str], error: WrongForm | None = None
) -> Response[Any]:
    hold = await take_up_hold(seat.territory, seat.holder, hold_id)
    if hold.state == "booked" and hold.orientation_id is not None:
        return Redirect(seat.address(f"orientations/{hold.orientation_id}"), status_code=303)
    now = datetime.now(UTC)
    held = await _still_held(seat, hold, now)
    if held is None:
        lost = await lost_hold(seat.territory, seat.holder, hold, now, text("Choisissez une autre place."))
        return refused_page(seat, lost, target=seat.address(f"orienter/{hold_id}/autre"), typed=typed)
    words = {**_words(seat, held.place, typed, error), **_deadline(seat, held, now)}
    return seat.page("partner/orient.html", words, status_code=422 if error else 200)


async def _still_held(seat: PartnerSeat, hold: TakenPlace, now: datetime) -> Held | None:
    shelf = await shelf_of(seat.territory, seat.holder, hold.host_id, now)
    found = [one for one in shelf.at(hold.host_id, hold.slot) if one.mine_id == hold.id]
    if not found or found[0].expires_at is None:
        return None
    return Held(id=hold.id, place=found[0], expires_at=found[0].expires_at)


def _deadline(seat: PartnerSeat, held: Held, now: datetime) -> dict[str, Any]:
    whole = partner_settings(seat.territory).hold_minutes * 60
    left = max(0, int((held.expires_at - now).total_seconds()))
    return {
        "hold_id": held.id,
        "until": hour(seat.facts, held.expires_at),
        "seconds_left": left,
        "seconds_whole": whole,
        "action": seat.address(f"orienter/{held.id}"),
    }


async def _wait_page(
    seat: PartnerSeat, promotion: UUID, typed: dict[str, str], error: WrongForm | None = None
) -> Response[Any]:
    shelf = await shelf_of(seat.territory, seat.holder, promotion, datetime.now(UTC))
    found = [one for one in shelf.at(promotion, 0) if one.promotion]
    if not found:
        raise NotFound(text("Cette promotion n’existe pas ou a commencé."))
    if found[0].state == "free":
        return _seats_left(seat, SeatsLeft(alternatives=found[:1]), promotion, typed)
    words = {
        **_words(seat, found[0], typed, error),
        "hold_id": None,
        "action": seat.address(f"attente/{promotion}"),
    }
    return seat.page("partner/orient.html", words, status_code=422 if error else 200)


def _seats_left(seat: PartnerSeat, error: SeatsLeft, promotion: UUID, typed: dict[str, str]) -> Response[Any]:
    """The button that holds a seat, and what was typed for the list goes along."""
    return refused_page(seat, error, target=seat.address(f"orienter/{promotion}/autre"), typed=typed)


async def _more_page(
    seat: PartnerSeat, place: tuple[UUID, int], typed: dict[str, str], error: WrongForm | None = None
) -> Response[Any]:
    left = what_is_left(await shelf_of(seat.territory, seat.holder, place[0], datetime.now(UTC)), *place)
    if left is None:
        raise NotFound(text("Cette place n’existe pas ou n’existe plus."))
    words = {
        **_words(seat, left, typed, error),
        "hold_id": None,
        "action": seat.address(f"en-plus/{place[0]}/{place[1]}"),
        "beyond": True,
    }
    return seat.page("partner/orient.html", words, status_code=422 if error else 200)


def _words(
    seat: PartnerSeat, place: OfferedPlace, typed: dict[str, str], error: WrongForm | None
) -> dict[str, Any]:
    settings = partner_settings(seat.territory)
    latest_on = place.held_on - timedelta(days=settings.leave_days)
    today = local_date(seat.facts, datetime.now(UTC))
    problems = [
        {"field": SHOWN_AS.get(field, field), "label": text(LABELS[field]), "message": message}
        for field, message in (error.problems if error else ())
    ]
    return {
        "place": _place_words(seat, place),
        "needs": list(settings.needs.items()),
        "typed": {field: typed.get(field, "") for field in FIELDS},
        "problems": problems,
        "wrong": {one["field"]: one["message"] for one in problems},
        "leave_days": settings.leave_days,
        "latest_on": latest_on,
        "usual_on": max(latest_on, today),
        "too_late": latest_on < today,
        "on_site": seat.facts.sites[place.site].holds_detained and not place.promotion,
        "beyond": False,
    }


def _place_words(seat: PartnerSeat, place: OfferedPlace) -> str:
    if place.promotion:
        return when(seat.facts, place)
    return text(
        "{site}, {day}, {start} à {end}, premier entretien.",
        site=site_name(seat.facts, place.site),
        day=long_date(place.held_on),
        start=hour(seat.facts, place.starts_at),
        end=hour(seat.facts, place.ends_at),
    )
