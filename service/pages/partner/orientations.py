"""A partner's own orientations: the list, one of them with its text and slip, move it, cancel it."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.cancel_orientation import cancel_orientation
from service.actions.move_orientation import move_orientation
from service.actions.read_orientations import OrientationView, read_orientation, read_orientations
from service.actions.read_places import read_places, weeks_ahead
from service.catalogue import counted, text
from service.edge.holders import USERS
from service.errors import NotFound
from service.pages.asking_again import answered, asks_again
from service.pages.context import AnyRequest
from service.pages.forms import NOTHING_TYPED, Answers, Field, untouched
from service.pages.partner.grid import weeks
from service.pages.partner.orientation_views import row_of, when_in_full
from service.pages.partner.places import asked_place, with_query
from service.pages.partner.refusals import refused_page
from service.pages.partner.seat import HERE, PartnerSeat, sit
from service.paper.printing import pdf
from service.paper.slip import slip
from service.partners.errors import OrientationOver, PlaceRefused, TooLateHere
from service.partners.opened import changeable_until
from service.partners.ready_text import for_the_person, ready, ready_text
from service.partners.settings import partner_settings, whom_to_call, why_cancelled
from service.partners.when import local_date

ALL = f"{HERE}/orientations"
ONE = f"{ALL}/{{orientation:uuid}}"
REFERENCE = Field(name="reference", label=text("Référence de la personne"), required=True, longest=12)
SAID = {
    "deplacee": (
        "Le rendez-vous est déplacé.",
        "L’ancienne place est rendue. Le texte et le papier disent la nouvelle date : ils remplacent ceux d’avant.",
    ),
    "reliee": ("C’est relié.", "L’orientation et cette personne ne font plus qu’une."),
    "deliee": ("La référence est déliée.", "La place reste prise ; donnez maintenant la bonne référence."),
}
COUNTED = {
    "honoured": ("{n} honorée", "{n} honorées"),
    "missed": ("{n} manquée", "{n} manquées"),
    "excused": ("{n} excusée", "{n} excusées"),
    "cancelled": ("{n} annulée", "{n} annulées"),
    "unnoted": ("{n} passée, présence non renseignée", "{n} passées, présence non renseignée"),
    "past": ("{n} passée", "{n} passées"),
    "waiting": ("{n} sur liste d’attente", "{n} sur liste d’attente"),
    "planned": ("{n} à venir", "{n} à venir"),
}


@get(ALL, roles=USERS, include_in_schema=False)
async def show_orientations(request: AnyRequest, territory: str) -> Response[str]:
    """Those of one's own service, what comes first at the head."""
    seat = await sit(request, territory, "orientations")
    views = await read_orientations(seat.territory, seat.holder)
    rows = [(row_of(seat.facts, one), _can_change(seat, one)) for one in views]
    words = {"rows": rows, "summary": _summary(views), "call": whom_to_call(partner_settings(seat.territory))}
    return seat.page("partner/orientations.html", words)


@get(ONE, roles=USERS, include_in_schema=False)
async def show_orientation(request: AnyRequest, territory: str, orientation: UUID) -> Response[Any]:
    """What was confirmed: the text to paste, the slip to print, what can still be done."""
    done = SAID.get(request.query_params.get("fait", ""))
    return await orientation_page(await sit(request, territory, "orientations"), orientation, said=done)


@get(f"{ONE}/fiche.pdf", roles=USERS, include_in_schema=False)
async def print_slip(request: AnyRequest, territory: str, orientation: UUID) -> Response[bytes]:
    """Two A6 on one A4, without a word of justice; none of what was called off."""
    seat = await sit(request, territory, "orientations")
    view = await read_orientation(seat.territory, seat.holder, orientation)
    if view.status == "cancelled":
        raise OrientationOver
    if view.starts_at is None or view.site is None:
        raise NotFound(text("Ce rendez-vous n’a pas encore de date."))
    words = slip(for_the_person(seat.facts, view.site, view.starts_at))
    body = pdf("slip", words, datetime.now(UTC))
    headers = {"content-disposition": 'inline; filename="rendez-vous.pdf"', "cache-control": "no-store"}
    return Response(body, media_type="application/pdf", headers=headers)


@get(f"{ONE}/deplacer", roles=USERS, include_in_schema=False)
async def ask_to_move(request: AnyRequest, territory: str, orientation: UUID) -> Response[str]:
    """The free places; choosing one moves at once."""
    seat = await sit(request, territory, "orientations")
    view = await _changeable(seat, orientation)
    if view.orientation.promotion:
        raise OrientationOver
    now = datetime.now(UTC)
    shelf = await read_places(seat.territory, seat.holder, weeks_ahead(seat.territory, now), now)
    words = {"row": row_of(seat.facts, view), "weeks": weeks(seat.facts, shelf.places)}
    return seat.page("partner/move.html", words)


@post(f"{ONE}/deplacer", roles=USERS, include_in_schema=False)
@asks_again(ask_to_move.fn)
async def do_move(request: AnyRequest, territory: str, orientation: UUID) -> Response[Any]:
    seat = await sit(request, territory, "orientations")
    host_id, slot = await asked_place(request)
    try:
        await move_orientation(seat.territory, seat.holder, orientation, host_id, slot)
    except PlaceRefused as error:
        return refused_page(seat, error, target=seat.address(f"orientations/{orientation}/deplacer"))
    return Redirect(done_at(seat, orientation, "deplacee"), status_code=303)


@get(f"{ONE}/annuler", roles=USERS, include_in_schema=False)
async def ask_to_cancel(request: AnyRequest, territory: str, orientation: UUID) -> Response[str]:
    seat = await sit(request, territory, "orientations")
    view = await _changeable(seat, orientation)
    words = {"row": row_of(seat.facts, view), "reason": _reason(seat)}
    return seat.page("partner/cancel.html", words)


@post(f"{ONE}/annuler", roles=USERS, include_in_schema=False)
@asks_again(ask_to_cancel.fn)
async def do_cancel(request: AnyRequest, territory: str, orientation: UUID) -> Redirect:
    seat = await sit(request, territory, "orientations")
    asked = await answered(request, _reason(seat))
    await cancel_orientation(seat.territory, seat.holder, orientation, asked["raison"])
    return Redirect(seat.address(f"orientations/{orientation}"), status_code=303)


def _reason(seat: PartnerSeat) -> Field:
    settings = partner_settings(seat.territory)
    known = settings.our_reasons if seat.holder.coordinator else settings.partner_reasons
    return Field(name="raison", label=text("Pour quelle raison"), kind="radios", required=True,
                 options=tuple(known.items()))  # fmt: skip


def done_at(seat: PartnerSeat, orientation_id: UUID, done: str) -> str:
    """The address of an orientation that says what was just done to it."""
    return with_query(seat.address(f"orientations/{orientation_id}"), f"fait={done}")


async def orientation_page(
    seat: PartnerSeat,
    orientation_id: UUID,
    answers: Answers = NOTHING_TYPED,
    said: tuple[str, str] | None = None,
) -> Response[Any]:
    """One orientation; with the form of its reference again when that was refused."""
    words = await _words(seat, orientation_id)
    hints = (
        text("Celle de l’association, par exemple KM4821 ; le partenaire ne la voit pas."),
        (
            text("La personne garde la même place.")
            if words["row"].is_seat
            else text("Le partenaire apprend ensuite ce que dit sa convention, pas plus.")
        ),
    )
    found = {
        "reference": msgspec.structs.replace(REFERENCE, hint=" ".join(hints)),
        "typed": untouched((REFERENCE,), answers.typed),
        "problems": answers.problems,
        "said": tuple(map(text, said)) if said else None,
    }
    status_code = 422 if answers.problems else 200
    return seat.page("partner/orientation.html", {**words, **found}, status_code=status_code)


async def _words(seat: PartnerSeat, orientation_id: UUID) -> dict[str, Any]:
    view = await read_orientation(seat.territory, seat.holder, orientation_id)
    off = view.status == "cancelled"
    dated = view.starts_at is not None and view.site is not None and view.orientation.state == "planned"
    copied = (
        ready_text(ready(seat.facts, view.site or "", view.starts_at))
        if dated and not off and view.starts_at
        else ""
    )
    settings = partner_settings(seat.territory)
    one = view.orientation
    return {
        "row": row_of(seat.facts, view),
        "call": whom_to_call(settings),
        "can_change": _can_change(seat, view),
        "long_when": when_in_full(seat.facts, view),
        "leave_is_late": one.leave_by_on is not None
        and one.leave_by_on < local_date(seat.facts, datetime.now(UTC)),
        "one": one,
        "called_off": off,
        "cancelled_by": view.cancelled_by,
        "need": settings.needs.get(one.need, one.need),
        "copied": copied,
        "can_print": bool(copied),
        "can_enrol": seat.holder.coordinator and one.state == "planned",
        "afterwards": view.afterwards,
        "enrolled": one.participant_id is not None,
        "reason": why_cancelled(seat.territory, one.cancel_reason),
    }


async def _changeable(seat: PartnerSeat, orientation_id: UUID) -> OrientationView:
    """One that may still be moved or cancelled here. Raises `OrientationOver`, `TooLateHere`."""
    view = await read_orientation(seat.territory, seat.holder, orientation_id)
    if not view.is_open:
        raise OrientationOver
    if not _can_change(seat, view):
        raise TooLateHere(partner_settings(seat.territory))
    return view


def _can_change(seat: PartnerSeat, view: OrientationView) -> bool:
    """Whether who sits here may move or cancel: after the cut-off a partner calls."""
    if seat.holder.coordinator or view.orientation.promotion or view.starts_at is None:
        return view.is_open
    opened = seat.facts.opened_to(seat.partner).get(view.site or "")
    return view.is_open and datetime.now(UTC) < changeable_until(seat.partner, opened, view.starts_at)


def _summary(views: tuple[OrientationView, ...]) -> str:
    """How many there are, by status: who waits for a place is not among those to come."""
    if not views:
        return ""
    whole = counted("{n} orientation", "{n} orientations", len(views))
    by_status = Counter(one.status for one in views)
    counts = [counted(*words, by_status[status]) for status, words in COUNTED.items() if status in by_status]
    return text("{first} : {rest}.", first=whole, rest=", ".join(counts))
