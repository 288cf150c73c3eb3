"""Annuler aujourd'hui, en retard, se faire remplacer: two taps, then the list of who to tell."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.cancel_today import cancel_all_today
from service.actions.replace_today import replace_today, replacements_for
from service.actions.say_late import say_late
from service.catalogue import text
from service.edge.guards import TEAM
from service.errors import BadInput, ServiceError
from service.french_text import initials
from service.pages.asking_again import answered, asks_again
from service.pages.board.source import today_in
from service.pages.context import AnyRequest
from service.pages.form_parts import sent
from service.pages.forms import Field
from service.pages.phone.morning_view import Thing, ids_of, things_of_today
from service.pages.phone.seat import HERE, SHARED, Seat, open_seat, phone_page
from service.pages.phone.week_pages import own_assignments
from service.pages.why_called_off import reason_field

WEEK = f"{HERE}/ma-semaine"
MINUTES = (10, 20, 30, 45)
HOW_LATE = Field(name="minutes", label=text("De combien"), kind="number", required=True, least=1, most=599)


@get(f"{WEEK}/annuler", roles=TEAM, **SHARED)
async def ask_to_call_off(request: AnyRequest, territory: str) -> Response[str]:
    """What of today is called off, all of it unless one was chosen, and why: one tap each."""
    seat = await open_seat(request, territory, "ma-semaine")
    words = {
        "things": await _things(seat),
        "chosen": request.query_params.getall("quoi", []),
        "reason": reason_field(seat.visit.territory),
    }
    return phone_page(seat, "phone/call_off.html", words)


@post(f"{WEEK}/annuler", roles=TEAM, **SHARED)
@asks_again(ask_to_call_off.fn)
async def call_off_today(request: AnyRequest, territory: str) -> Response[Any]:
    """Holds at once, in one version; what was over or called off already stays as it is."""
    seat = await open_seat(request, territory, "ma-semaine")
    what = await _of_today(seat, "checks", text("Ce qui est annulé"))
    asked = await answered(request, what, reason_field(seat.visit.territory))
    chosen, reason = asked["quoi"], asked["raison"]
    await cancel_all_today(seat.visit.territory, _ids(chosen), seat.actor, reason=reason, by="us")
    return Redirect(_list_of(seat, chosen), status_code=303)


@get(f"{WEEK}/retard", roles=TEAM, **SHARED)
async def ask_how_late(request: AnyRequest, territory: str) -> Response[str]:
    """For what, by default the next thing, and how late: one tap."""
    seat = await open_seat(request, territory, "ma-semaine")
    things = await _things(seat)
    asked = request.query_params.get("quoi")
    chosen = next((one for one in things if one.id == asked), things[0] if things else None)
    words = {"things": things, "chosen": chosen, "minutes": MINUTES}
    return phone_page(seat, "phone/late.html", words)


@post(f"{WEEK}/retard", roles=TEAM, **SHARED)
@asks_again(ask_how_late.fn)
async def note_late(request: AnyRequest, territory: str) -> Redirect:
    """Nothing moves; the answer is who waits."""
    seat = await open_seat(request, territory, "ma-semaine")
    asked = await answered(request, await _of_today(seat, "radios", text("Pour quoi")), HOW_LATE)
    chosen, minutes = asked["quoi"], asked["minutes"]
    for event in _ids((chosen,)):
        await say_late(seat.visit.territory, event, seat.actor, minutes=minutes)
    return Redirect(_list_of(seat, (chosen,), ("retard", minutes)), status_code=303)


@get(f"{WEEK}/remplacer", roles=TEAM, **SHARED)
async def ask_replacement(request: AnyRequest, territory: str) -> Response[str]:
    """Only people who are free, authorised and announced there."""
    seat = await open_seat(request, territory, "ma-semaine")
    return await _replacement_page(seat, request.query_params.get("quoi", ""))


async def _ask_replacement_again(request: AnyRequest, territory: str) -> Response[str]:
    (chosen,) = await sent(request, "quoi")
    return await _replacement_page(await open_seat(request, territory, "ma-semaine"), chosen)


@post(f"{WEEK}/remplacer", roles=TEAM, **SHARED)
@asks_again(_ask_replacement_again)
async def keep_replacement(request: AnyRequest, territory: str) -> Response[Any]:
    """They take the half-day with the interviews in it, at once."""
    seat = await open_seat(request, territory, "ma-semaine")
    (chosen,), asked = await sent(request, "quoi"), await answered(request, _who(seat))
    coming, leaving = asked["qui"], seat.person.code
    try:
        for event in _ids((chosen,)):
            await replace_today(seat.visit.territory, event, coming, seat.actor, leaving=leaving)
    except ServiceError as error:
        return await _replacement_page(seat, chosen, problem=text(error.title), status_code=error.status)
    return Redirect(_list_of(seat, (chosen,), ("remplace", coming)), status_code=303)


def _who(seat: Seat) -> Field:
    """Anybody of the team: who is no longer free is told from who is nobody."""
    options = tuple((one.code, initials(one.code)) for one in seat.facts.staff)
    return Field(name="qui", label=text("Qui y va"), kind="radios", required=True, options=options)


def _ids(values: tuple[str, ...]) -> tuple[UUID, ...]:
    try:
        return ids_of(values)
    except ValueError:
        raise BadInput(text("Cela n’est plus dans la semaine.")) from None


def _list_of(seat: Seat, chosen: tuple[str, ...], *fields: tuple[str, object]) -> str:
    return seat.address("ma-semaine/prevenir", *(("quoi", one) for one in chosen), *fields)


async def _of_today(seat: Seat, kind: Literal["checks", "radios"], label: str) -> Field:
    """Also what is over or called off by now: a page may have been open since then."""
    today = today_in(seat.visit.territory)
    options = tuple((str(one.id), one.key) for one in await own_assignments(seat, today, today))
    return Field(name="quoi", label=label, kind=kind, required=True, options=options)


async def _things(seat: Seat) -> tuple[Thing, ...]:
    today = today_in(seat.visit.territory)
    return things_of_today(seat, await own_assignments(seat, today, today), datetime.now(seat.zone))


async def _replacement_page(
    seat: Seat, chosen: str, *, problem: str = "", status_code: int = 200
) -> Response[str]:
    (event,) = _ids((chosen,))
    people = await replacements_for(seat.visit.territory, event, seat.actor, leaving=seat.person.code)
    thing = next((one for one in await _things(seat) if one.id == chosen), None)
    words = {
        "thing": thing,
        "event": chosen,
        "people": [(code, initials(code)) for code in people],
        "problem": problem,
    }
    return phone_page(seat, "phone/replace.html", words, status_code=status_code)
