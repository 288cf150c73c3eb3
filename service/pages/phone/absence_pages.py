"""Absences and wishes, entered by the person they are about."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.facts import facts_of
from db.records.staff import Absence, Wish
from service.actions.create_absence import AlreadyNoted, NewAbsence, create_absence, is_noted
from service.actions.landed_on import Landed
from service.actions.make_wish import make_wish
from service.actions.take_back_own import take_back_own
from service.catalogue import text
from service.edge.guards import TEAM
from service.pages.board.source import today_in
from service.pages.context import AnyRequest
from service.pages.facts.absence_form import edges, refuse_noted, spans
from service.pages.facts.wish_form import check_wish, wish_fields, wish_from
from service.pages.forms import Answers, Field, read, untouched
from service.pages.phone.absence_view import (
    absences_of,
    landing_words,
    own_absence_fields,
    whole_span,
    wishes_of,
)
from service.pages.phone.seat import HERE, Seat, open_seat, phone_page

PAGE = "mes-absences"


@get(f"{HERE}/{PAGE}", roles=TEAM, include_in_schema=False)
async def show_absences(request: AnyRequest, territory: str) -> Response[str]:
    """What is declared, and the two forms."""
    seat = await open_seat(request, territory, PAGE)
    said = {"repris": text("C’est retiré."), "souhait": text("Souhait noté.")}
    return _page(seat, said=said.get(request.query_params.get("fait", ""), ""))


@post(f"{HERE}/{PAGE}", roles=TEAM, include_in_schema=False)
async def declare_absence(request: AnyRequest, territory: str) -> Response[str]:
    """Kept at once; the answer says on what published things it lands."""
    seat = await open_seat(request, territory, PAGE)
    answers = _not_twice(seat, whole_span(read(_absence_fields(seat), await _sent(request))))
    if answers.problems:
        return _page(seat, absence=answers, status_code=422)
    return await _declare(seat, answers.values)


@post(f"{HERE}/{PAGE}/souhait", roles=TEAM, include_in_schema=False)
async def declare_wish(request: AnyRequest, territory: str) -> Response[Any]:
    seat = await open_seat(request, territory, PAGE)
    answers = check_wish(read(wish_fields(), await _sent(request)))
    if answers.problems:
        return _page(seat, wish=answers, status_code=422)
    await make_wish(seat.visit.territory, wish_from(seat.person.code, answers.values), seat.actor)
    return Redirect(seat.address(PAGE, ("fait", "souhait")), status_code=303)


@post(f"{HERE}/{PAGE}/retirer/{{kind:str}}/{{code:str}}", roles=TEAM, include_in_schema=False)
async def withdraw_own(request: AnyRequest, territory: str, kind: str, code: str) -> Redirect:
    """An absence or a wish that no longer holds."""
    seat = await open_seat(request, territory, PAGE)
    await take_back_own(seat.visit.territory, Wish if kind == "souhait" else Absence, code, seat.actor)
    return Redirect(seat.address(PAGE, ("fait", "repris")), status_code=303)


def _not_twice(seat: Seat, answers: Answers) -> Answers:
    """With a problem at the first day when all of it is noted already."""
    if answers.problems:
        return answers
    try:
        refuse_noted({**answers.values, "staff": (seat.person.code,)}, seat.facts)
    except AlreadyNoted as error:
        return answers.with_problem("from_on", text("Du"), error.detail.rstrip("."))
    return answers


async def _declare(seat: Seat, values: dict[str, Any]) -> Response[str]:
    landed: list[Landed] = []
    for first_on, last_on in spans(values):
        starts_at, ends_at = edges(values["part"], first_on, last_on, seat.visit.territory.zone)
        wanted = NewAbsence(
            staff=(seat.person.code,), starts_at=starts_at, ends_at=ends_at, kind=values["kind"]
        )
        if not is_noted(seat.facts.absences, seat.person.code, starts_at, ends_at):
            landed.append((await create_absence(seat.visit.territory, wanted, seat.actor)).landed)
    every = Landed(
        landings=tuple(one for part in landed for one in part.landings),
        replans=tuple(dict.fromkeys(one for part in landed for one in part.replans)),
    )
    now_known = seat._replace(facts=await facts_of(seat.visit.territory.id))
    return _page(now_known, said=text("Absence enregistrée."), landed=every)


def _absence_fields(seat: Seat) -> tuple[Field, ...]:
    return own_absence_fields(seat.facts, today_in(seat.visit.territory))


def _page(
    seat: Seat,
    *,
    said: str = "",
    absence: Answers | None = None,
    wish: Answers | None = None,
    landed: Landed | None = None,
    status_code: int = 200,
) -> Response[str]:
    fields, wishes = _absence_fields(seat), wish_fields()
    words = {
        "said": said,
        "landing": landing_words(landed) if landed else "",
        "this_morning": landed is not None
        and any(
            one.starts_at.astimezone(seat.zone).date() == today_in(seat.visit.territory)
            for one in landed.landings
        ),
        "replans": landed.replans if landed else (),
        "absences": absences_of(seat.facts, seat.person.code, datetime.now(seat.zone)),
        "wishes": wishes_of(seat.facts, seat.person.code, today_in(seat.visit.territory)),
        "absence_fields": fields,
        "absence_typed": absence.typed if absence else untouched(fields),
        "absence_problems": absence.problems if absence else (),
        "wish_fields": wishes,
        "wish_typed": wish.typed if wish else untouched(wishes),
        "wish_problems": wish.problems if wish else (),
    }
    return phone_page(seat, "phone/absences.html", words, status_code=status_code)


async def _sent(request: AnyRequest) -> dict[str, list[str]]:
    form = await request.form()
    return {name: [str(word) for word in form.getall(name)] for name in form}
