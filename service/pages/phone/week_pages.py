"""My week: published things only, today first, with what this morning may ask for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from litestar import Response, get

from db.queries.assignments import Wanted, assignments_of
from db.queries.recalls import reminded
from db.records.assignment import Assignment
from service.actions.say_late import minutes_late
from service.catalogue import text
from service.edge.guards import TEAM
from service.errors import BadInput
from service.pages.asked_days import day_asked, monday_of
from service.pages.board.source import today_in
from service.pages.context import AnyRequest
from service.pages.person.path_view import waiting as waiting_paths
from service.pages.phone.reminding import span_to_remind, to_remind
from service.pages.phone.seat import HERE, SHARED, Seat, open_seat, phone_page
from service.pages.staff_week_view import StaffWeek, meetings_of, staff_week, title_of
from service.unanswered import unanswered

LOOK_BACK = timedelta(days=21)


@get(f"{HERE}/ma-semaine", roles=TEAM, **SHARED)
async def show_my_week(request: AnyRequest, territory: str) -> Response[str]:
    """What is published for one person; without a week asked for, the one of which something is to come."""
    seat = await open_seat(request, territory, "ma-semaine")
    today = today_in(seat.visit.territory)
    asked = request.query_params.get("semaine")
    week = await _week(seat, monday_asked(asked, today))
    if not asked and not week.coming:
        week = await _week(seat, week.after_on)
    words = {"week": week, "next_on": await _next_on(seat, week), **await _asked_for(seat, today)}
    return phone_page(seat, "phone/week.html", words)


async def _week(seat: Seat, monday: date) -> StaffWeek:
    mine = await own_assignments(seat, monday, monday + timedelta(days=6))
    return staff_week(seat.facts, seat.person.code, mine, monday, datetime.now(seat.zone))


async def _next_on(seat: Seat, week: StaffWeek) -> date | None:
    """After an empty week, the first day on which the person is awaited."""
    if not week.is_empty:
        return None
    later = await own_assignments(seat, week.after_on)
    days = {one.held_on for one in later} | {
        seat.visit.territory.day_of(one.starts_at) for one in meetings_of(seat.facts, seat.person.code)
    }
    return min((on for on in days if on >= week.after_on), default=None)


async def _asked_for(seat: Seat, today: date) -> dict[str, object]:
    """What waits for the person: answers of attendance, reminders, decisions on paths."""
    past = await own_assignments(seat, today - LOOK_BACK, today)
    ahead = [one for one in past if one.held_on == today and one.ends_at > datetime.now(seat.zone)]
    asked = to_remind(await own_assignments(seat, *span_to_remind(today)), today)
    done = await reminded(seat.visit.territory.id, seat.person.code, asked.on)
    return {
        "open_count": len(unanswered(past, datetime.now(seat.zone))),
        "reminders": sum(one.id not in done for one in asked.appointments),
        "reminded_day": asked.spoken,
        "called_off": [("quoi", one.id) for one in ahead if one.status == "cancelled"],
        "late": await _late(seat, ahead),
        "paths_waiting": len(waiting_paths(seat.facts, seat.person.code)),
    }


async def _late(seat: Seat, ahead: Sequence[Assignment]) -> list[tuple[Assignment, str, int]]:
    """What is not over, its title and how late one said to be: who is to be told of it can be read again."""
    standing = [one for one in ahead if one.status != "cancelled"]
    minutes = await minutes_late([one.id for one in standing])
    return [(one, title_of(seat.facts, one), minutes[one.id]) for one in standing if one.id in minutes]


async def own_assignments(seat: Seat, from_on: date, until_on: date | None = None) -> tuple[Assignment, ...]:
    """Published things that the person holds now, by start."""
    wanted = Wanted(from_on=from_on, until_on=until_on, staff=seat.person.code)
    found = await assignments_of(seat.visit.territory.id, wanted)
    return tuple(one for one in found if seat.person.code in one.staff)


def monday_asked(asked: str | None, today: date) -> date:
    """The Monday of the week asked for, else of today's. Raises `BadInput`."""
    try:
        return monday_of(day_asked(asked) if asked else today)
    except ValueError:
        raise BadInput(text("Cette semaine n’existe pas.")) from None
