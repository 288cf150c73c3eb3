"""The next date, fixed with the person in front: three free times, one tap."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.attendance import attendance_of
from db.records.assignment import Assignment
from service.actions.agreed_need import Appointment
from service.actions.fix_interview import fix_interview
from service.actions.record_attendance import Came, record_attendance
from service.actions.settle_interview import read_living
from service.catalogue import text
from service.edge.guards import TEAM
from service.errors import ServiceError
from service.french_text import capital, day_date
from service.pages.asked_days import instant_asked
from service.pages.asking_again import WrongAnswers, asks_again, read_answers
from service.pages.context import AnyRequest
from service.pages.forms import Answers, Field
from service.pages.phone.attendance_pages import PAGE, own
from service.pages.phone.attendance_view import ANSWERED, noted_words
from service.pages.phone.seat import HERE, SHARED, Seat, open_seat, phone_page
from service.pages.phone.week_pages import own_assignments
from service.translate.free_times import FreeTime, free_times

THREE = 3
MORE = 12
AHEAD = ("planned", "to_confirm")
WHEN = Field(name="quand", label=text("Heure"), required=True)
WHERE = Field(name="lieu", label=text("Lieu"))


@get(f"{HERE}/{PAGE}/{{event:uuid}}/suite", roles=TEAM, **SHARED)
async def ask_next_date(request: AnyRequest, territory: str, event: UUID) -> Response[str]:
    """Three free times; more of them behind a link."""
    seat = await open_seat(request, territory, PAGE)
    count = MORE if request.query_params.get("plus") == "1" else THREE
    return await _page(seat, await own(seat, event), count=count)


@post(f"{HERE}/{PAGE}/{{event:uuid}}/suite", roles=TEAM, **SHARED)
@asks_again(ask_next_date.fn)
async def fix_next_date(request: AnyRequest, territory: str, event: UUID) -> Response[Any]:
    """Fixes it at once; an hour that was taken meanwhile is said, with the next three."""
    seat = await open_seat(request, territory, PAGE)
    found = await own(seat, event)
    asked = _appointment(found, await read_answers(request, WHEN, WHERE))
    try:
        await _fix(seat, found, asked)
    except ServiceError as error:
        return await _page(seat, found, problem=text(error.title), status_code=error.status)
    return Redirect(
        seat.address(PAGE, ("fait", event), ("suite", asked.starts_at.isoformat())), status_code=303
    )


async def _fix(seat: Seat, found: Assignment, asked: Appointment) -> None:
    """With what was noted of the appointment before, so that the one leads to the other."""
    noted = await attendance_of(seat.visit.territory.id, [found.id])
    if noted and found.status in ANSWERED:
        came = (Came(status=noted[0].status),)
        await record_attendance(seat.visit.territory, found.id, came, seat.actor, next_date=asked)
    else:
        await fix_interview(seat.visit.territory, asked, seat.actor)


def _appointment(found: Assignment, answers: Answers) -> Appointment:
    """Raises `WrongAnswers` on what is no instant, or without a person."""
    starts_at = _instant(answers.values.get(WHEN.name, ""))
    if answers.problems or starts_at is None or found.participant is None:
        raise WrongAnswers(answers.or_else(WHEN, text("choisissez une heure")))
    return Appointment(
        participant=found.participant,
        staff=found.staff[0],
        starts_at=starts_at,
        site=answers.values[WHERE.name] or None,
        programme=found.programme,
        slots=found.slots,
    )


def _instant(word: str) -> datetime | None:
    """None where it is none, or has no zone."""
    try:
        return instant_asked(word)
    except ValueError:
        return None


async def _page(
    seat: Seat, found: Assignment, *, count: int = THREE, problem: str = "", status_code: int = 200
) -> Response[str]:
    times = await offered(seat, found)
    sites = {one.code: one.name for one in seat.facts.sites}
    noted = await attendance_of(seat.visit.territory.id, [found.id])
    words = {
        "event": found.id,
        "participant": found.participant or "",
        "known": [_when(seat, one) for one in await _known(seat, found)],
        "noted": noted_words(seat.facts, found, tuple(noted), seat.zone),
        "times": [
            (one.starts_at.isoformat(), _when(seat, one), one.site, sites[one.site])
            for one in sorted(times[:count], key=lambda time: time.starts_at)
        ],
        "more": count < len(times),
        "problem": problem,
    }
    return phone_page(seat, "phone/next_date.html", words, status_code=status_code)


async def _known(seat: Seat, found: Assignment) -> tuple[Assignment, ...]:
    """What the two have together already, the nearest first."""
    now = datetime.now(UTC)
    mine = await own_assignments(seat, now.astimezone(seat.zone).date())
    return tuple(
        one
        for one in mine
        if one.participant == found.participant and one.status in AHEAD and one.starts_at > now
    )


async def offered(seat: Seat, found: Assignment) -> tuple[FreeTime, ...]:
    """Free hours from tomorrow on, in what is published this month and the next."""
    now = datetime.now(UTC)
    living = await read_living(seat.visit.territory, now.astimezone(seat.zone).date(), now)
    return free_times(seat.facts, living.problem, living.snapshot.assignments, found, now)


def _when(seat: Seat, one: FreeTime | Assignment) -> str:
    local = one.starts_at.astimezone(seat.zone)
    return f"{capital(day_date(local.date()))}, {seat.clock(one.starts_at)}"
