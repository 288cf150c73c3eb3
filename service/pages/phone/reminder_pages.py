"""À rappeler demain: one line a person, a button that opens the phone's own messages, ticked when sent."""

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
from service.pages.phone.reminding import span_to_remind, to_remind
from service.pages.phone.seat import HERE, SHARED, open_seat, phone_page
from service.pages.phone.week_pages import own_assignments

PAGE = "a-rappeler"


@get(f"{HERE}/{PAGE}", roles=TEAM, **SHARED)
async def show_reminders(request: AnyRequest, territory: str) -> Response[str]:
    """The next day's appointments that have a person, by hour."""
    seat = await open_seat(request, territory, "ma-semaine")
    today = today_in(seat.visit.territory)
    asked = to_remind(await own_assignments(seat, *span_to_remind(today)), today)
    done = await reminded(seat.visit.territory.id, seat.person.code, asked.on)
    phones = await numbers_of(
        request, seat, {one.participant for one in asked.appointments if one.participant}
    )
    lines = [
        (
            str(one.id),
            seat.clock(one.starts_at),
            one.participant,
            phones.get(one.participant or "", ""),
            _sentence(asked.spoken, seat.clock(one.starts_at)),
            seat.clock(done[one.id]) if one.id in done else "",
        )
        for one in asked.appointments
    ]
    return phone_page(seat, "phone/reminders.html", {"day": asked.day, "lines": lines})


@post(f"{HERE}/{PAGE}/{{event:uuid}}", roles=TEAM, **SHARED)
async def tick_reminder(request: AnyRequest, territory: str, event: UUID) -> Redirect:
    """Envoyé, or not after all."""
    seat = await open_seat(request, territory, "ma-semaine")
    (done,) = await sent(request, "envoye")
    await remind_person(seat.visit.territory, event, seat.actor, done=done != "non")
    return Redirect(seat.address(PAGE), status_code=303)


def _sentence(day: str, hour: str) -> str:
    """No word of justice, no name."""
    return text(
        "Bonjour, je vous rappelle notre rendez-vous de {day} à {hour}. Dites-moi si vous ne pouvez pas venir.",
        day=day,
        hour=hour,
    )
