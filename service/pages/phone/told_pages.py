"""Who to tell: links that open the telephone with a sentence ready, each ticked with the hour."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import MultiDict
from litestar.response import Redirect

from db.acting import say_oriented
from db.queries.assignments import Wanted, assignments_of
from db.queries.orientations import Oriented, orientations_of
from db.records.assignment import Assignment
from db.records.orientation import Orientation
from service.actions.tell_person import tell_person, told_by_now
from service.catalogue import counted, text
from service.edge.guards import TEAM
from service.errors import BadInput
from service.french_text import initials
from service.pages.asked_days import month_asked
from service.pages.asking_again import answered, asks_again
from service.pages.context import AnyRequest
from service.pages.form_parts import count_of, sent
from service.pages.forms import Field
from service.pages.phone.morning_pages import WEEK
from service.pages.phone.morning_view import HOSTS, News, Reached, callees, ids_of
from service.pages.phone.numbers import numbers_of
from service.pages.phone.seat import SHARED, Seat, open_seat, phone_page


@get(f"{WEEK}/prevenir", roles=TEAM, **SHARED)
async def show_who_to_tell(request: AnyRequest, territory: str) -> Response[str]:
    """The nearest in time first; the address keeps the list, so it can be read again."""
    return await _list(request, territory, str(request.url.query or ""))


async def _show_list_again(request: AnyRequest, territory: str, **_: UUID) -> Response[str]:
    (back,) = await sent(request, "retour")
    return await _list(request, territory, back)


@post(f"{WEEK}/prevenir/{{event:uuid}}", roles=TEAM, **SHARED)
@asks_again(_show_list_again)
async def tick_told(request: AnyRequest, territory: str, event: UUID) -> Redirect:
    """Prévenu, or not after all."""
    seat = await open_seat(request, territory, "ma-semaine")
    told, back = await sent(request, "prevenu", "retour")
    recipient = (await answered(request, await _listed(seat, event)))["qui"]
    await tell_person(seat.visit.territory, event, recipient, seat.actor, told=told != "non")
    return Redirect(f"{seat.visit.shell.address('ma-semaine/prevenir')}?{back}", status_code=303)


async def _list(request: AnyRequest, territory: str, query: str) -> Response[str]:
    """`query` says of what: the things called off, the minutes late, who goes instead; and from which month's board."""
    asked = MultiDict[Any](parse_qsl(query))
    board_on = _board_on(asked.get("planning", ""))
    seat = await open_seat(request, territory, "planning" if board_on else "ma-semaine")
    late = asked.get("retard", "")
    things = await _things(seat, asked.getall("quoi", []))
    oriented = await _oriented(seat, things)
    minutes = count_of(late) or 0
    phones = await numbers_of(request, seat, {one.participant for one in things if one.participant})
    news = News(late_minutes=minutes, comes_instead=asked.get("remplace", ""))
    done = await told_by_now(seat.visit.territory, things)
    words = {
        "callees": callees(seat, things, done, Reached(phones, oriented), news),
        "done": what_was_done(things, news),
        "query": query,
        "board_on": board_on if seat.watched else None,
    }
    return phone_page(seat, "phone/who_to_tell.html", words)


def _board_on(month: str) -> date | None:
    """The first of the month on whose board a coordinator called something off."""
    try:
        return month_asked(month)
    except ValueError:
        return None


async def _listed(seat: Seat, event: UUID) -> Field:
    """Whom the list names for that thing and nobody else: what is ticked is kept, and a name typed there would be too."""
    things = [one for one in await _things(seat, [str(event)]) if one.id == event]
    reached = Reached({}, await _oriented(seat, things))
    options = tuple((one.recipient, one.who) for one in callees(seat, things, (), reached, News()))
    return Field(name="qui", label=text("Qui prévenir"), kind="radios", required=True, options=options)


async def _things(seat: Seat, chosen: list[str]) -> tuple[Assignment, ...]:
    """The things themselves and the interviews that lay in them, whoever holds these now."""
    try:
        ids = ids_of(chosen)
    except ValueError:
        raise BadInput(text("Cela n’est plus dans la semaine.")) from None
    if not ids:
        return ()
    territory_id = seat.visit.territory.id
    found = await assignments_of(territory_id, Wanted(ids=ids))
    inside = await assignments_of(territory_id, Wanted(host_ids=ids))
    for one in found:
        seat.actor.must_be_for(*one.staff, *(former.staff for former in one.former_staff))
    every = {one.id: one for one in (*found, *inside)}
    return tuple(every.values())


async def _oriented(seat: Seat, things: Iterable[Assignment]) -> tuple[Orientation, ...]:
    """Whom partners sent there, also where that was cancelled with the half-day."""
    hosts = tuple(one.id for one in things if one.kind in HOSTS)
    if not hosts:
        return ()
    found = await orientations_of(seat.visit.territory.id, Oriented(host_ids=hosts))
    say_oriented(one.code for one in found)
    return found


def what_was_done(things: Iterable[Assignment], news: News) -> str:
    """In a sentence; a half-day with appointments in it counts as these."""
    if news.comes_instead:
        return text("{who} y va. Les agendas suivent.", who=initials(news.comes_instead))
    if news.late_minutes:
        return counted("Retard de {n} minute noté.", "Retard de {n} minutes noté.", news.late_minutes)
    gone = tuple(things)
    hosts = {one.host_id for one in gone}
    count = sum(one.id not in hosts for one in gone)
    return counted("Annulé : {n} rendez-vous.", "Annulé : {n} rendez-vous.", count)
