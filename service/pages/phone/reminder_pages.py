"""À rappeler demain: one line a person, a button that opens the phone's own messages, ticked when sent."""

from typing import NamedTuple
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.recalls import reminded
from service.actions.remind_person import remind_person
from service.catalogue import text
from service.edge.guards import TEAM
from service.pages.board.source import today_in
from service.pages.context import AnyRequest
from service.pages.form_parts import sent
from service.pages.phone.numbers import numbers_of
from service.pages.phone.reminding import ToRemind, span_to_remind, to_remind
from service.pages.phone.seat import HERE, SHARED, Seat, open_seat, phone_page
from service.pages.phone.week_pages import own_assignments

PAGE = "a-rappeler"


class Line(NamedTuple):
    """One appointment; `phone` empty where none is kept, `done` the hour at which it was ticked or empty."""

    id: str
    hour: str
    participant: str
    phone: str
    sentence: str
    done: str


@get(f"{HERE}/{PAGE}", roles=TEAM, **SHARED)
async def show_reminders(request: AnyRequest, territory: str) -> Response[str]:
    """The next day's appointments that have a person, by hour."""
    seat = await open_seat(request, territory, "ma-semaine")
    today = today_in(seat.visit.territory)
    asked = to_remind(await own_assignments(seat, *span_to_remind(today)), today)
    lines = await _lines(request, seat, asked)
    return phone_page(seat, "phone/reminders.html", {"day": asked.day, "lines": lines})


@post(f"{HERE}/{PAGE}/{{event:uuid}}", roles=TEAM, **SHARED)
async def tick_reminder(request: AnyRequest, territory: str, event: UUID) -> Redirect:
    """Envoyé, or not after all."""
    seat = await open_seat(request, territory, "ma-semaine")
    (done,) = await sent(request, "envoye")
    await remind_person(seat.visit.territory, event, seat.actor, done=done != "non")
    return Redirect(seat.address(PAGE), status_code=303)


async def _lines(request: AnyRequest, seat: Seat, asked: ToRemind) -> list[Line]:
    people = {one.participant for one in asked.appointments if one.participant}
    phones = await numbers_of(request, seat, people)
    done = await reminded(seat.visit.territory.id, seat.person.code, asked.on)
    return [
        Line(
            id=str(one.id),
            hour=(hour := seat.clock(one.starts_at)),
            participant=one.participant or "",
            phone=phones.get(one.participant or "", ""),
            sentence=_sentence(asked.spoken, hour),
            done=seat.clock(done[one.id]) if one.id in done else "",
        )
        for one in asked.appointments
    ]


def _sentence(day: str, hour: str) -> str:
    """No word of justice, no name."""
    return text(
        "Bonjour, je vous rappelle notre rendez-vous de {day} à {hour}. Dites-moi si vous ne pouvez pas venir.",
        day=day,
        hour=hour,
    )
