"""À renseigner: after each interview who came, then the next date with three free times. Four taps, plain forms."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.assignments import assignment
from db.queries.attendance import attendance_of
from db.records.assignment import Assignment
from db.records.attendance import Attendance
from service.actions.answer_attendance import AnsweredMeanwhile, answer_attendance
from service.actions.count_misses import PathAsked
from service.actions.record_attendance import Came, Recorded
from service.catalogue import text
from service.edge.guards import TEAM
from service.errors import Forbidden
from service.french_text import day_date
from service.pages.asked_days import instant_asked
from service.pages.asking_again import answered, asks_again
from service.pages.board.source import today_in
from service.pages.context import AnyRequest
from service.pages.form_parts import whole_form
from service.pages.forms import Field
from service.pages.phone.attendance_view import (
    ANSWERED,
    ANSWERS,
    STATUS_WORDS,
    noted_words,
    outcome_words,
    people_of,
    question_days,
)
from service.pages.phone.seat import HERE, SHARED, Seat, open_seat, phone_page
from service.pages.phone.week_pages import LOOK_BACK, own_assignments
from service.pages.staff_week_view import title_of
from service.unanswered import unanswered

PAGE = "a-renseigner"
OTHERS = ("cancelled_by_us", "cancelled_by_site", "cancelled_by_person")


@get(f"{HERE}/{PAGE}", roles=TEAM, **SHARED)
async def show_questions(request: AnyRequest, territory: str) -> Response[str]:
    """What has begun and has no answer; what was answered just now, to correct."""
    seat = await open_seat(request, territory, PAGE)
    asked = request.query_params
    return await _list(seat, asked.get("fait", ""), asked.get("suite", ""))


@get(f"{HERE}/{PAGE}/{{event:uuid}}", roles=TEAM, **SHARED)
async def ask_in_detail(request: AnyRequest, territory: str, event: UUID) -> Response[str]:
    """Every status; of a session, one box a person."""
    seat = await open_seat(request, territory, PAGE)
    found = await own(seat, event)
    return _detail(seat, found, await attendance_of(seat.visit.territory.id, [event]))


@post(f"{HERE}/{PAGE}/{{event:uuid}}", roles=TEAM, **SHARED)
@asks_again(ask_in_detail.fn)
async def answer_question(request: AnyRequest, territory: str, event: UUID) -> Response[Any]:
    """Notes who came; after an interview with somebody, the next date is asked for.

    What somebody else noted since the page was shown is shown beside one's own answer instead of being lost.
    """
    seat = await open_seat(request, territory, PAGE)
    found, form = await own(seat, event), await whole_form(request)
    asked = await answered(request, _status(found), _present(seat, found))
    status, present = asked["statut"], asked["present"]
    came = _came(seat, found, status, present)
    read = next(iter(form.get("lu", [])), None)
    try:
        recorded = await answer_attendance(seat.visit.territory, found.id, came, seat.actor, read)
    except AnsweredMeanwhile as error:
        return _detail(seat, found, error.noted, came)
    return _what_follows(seat, found, status, recorded)


def _what_follows(seat: Seat, found: Assignment, status: str, recorded: Recorded) -> Redirect:
    if recorded.asked and not seat.watched:
        return Redirect(_decision_asked(seat, recorded.asked[0]), status_code=303)
    follows = found.participant is not None and status in ("honoured", "missed", "excused")
    rest = f"{PAGE}/{found.id}/suite" if follows else PAGE
    return Redirect(seat.address(rest, *([] if follows else [("fait", found.id)])), status_code=303)


def _detail(
    seat: Seat, found: Assignment, noted: tuple[Attendance, ...], came: tuple[Came, ...] = ()
) -> Response[str]:
    """With what somebody `came` to say, when another answer was noted meanwhile: both are shown, 409."""
    (day,) = question_days(seat.facts, [found], noted, datetime.now(seat.zone))
    here = {one.participant for one in (came or noted) if one.status == "honoured"}
    words = {
        "question": day.questions[0],
        "when": day.words,
        "answers": [(code, text(label), sign) for code, label, sign in ANSWERS],
        "others": [(code, text(STATUS_WORDS[code])) for code in OTHERS],
        "present": here if noted else set(day.questions[0].people),
        "theirs": outcome_words(noted) if came else "",
        "mine": outcome_words(came),
    }
    return phone_page(seat, "phone/attendance_detail.html", words, status_code=409 if came else 200)


def _decision_asked(seat: Seat, asked: PathAsked) -> str:
    """One absence too many: what becomes of the path comes before a next date."""
    return seat.visit.shell.address(f"personnes/{asked.participant}/parcours/{asked.path}")


async def own(seat: Seat, event: UUID) -> Assignment:
    """An appointment of this person. Raises `NotFoundError`, `Forbidden`."""
    found = await assignment(seat.visit.territory.id, event)
    if seat.person.code not in found.staff:
        raise Forbidden(text("Seule la coordination agit pour quelqu’un d’autre."))
    return found


def _status(found: Assignment) -> Field:
    """What is said of it; of a session also of everybody at once."""
    of_all = (("tous", text("Tous présents")), ("un-par-un", text("Cocher un par un")))
    known = tuple((code, text(words)) for code, words in STATUS_WORDS.items())
    return Field(name="statut", label=text("Ce qui s’est passé"), kind="radios", required=True,
                 options=(*of_all, *known) if found.kind == "session" else known)  # fmt: skip


def _present(seat: Seat, found: Assignment) -> Field:
    """Of a session, one box a person; of an interview none."""
    boxes = tuple((one, one) for one in people_of(seat.facts, found))
    return Field(name="present", label=text("Qui était là ?"), kind="checks", options=boxes)


def _came(seat: Seat, found: Assignment, status: str, present: tuple[str, ...]) -> tuple[Came, ...]:
    """Of a session one line a person; of an interview the one status."""
    if status in ("tous", "un-par-un"):
        people = people_of(seat.facts, found)
        here = set(people) if status == "tous" else set(present)
        if not people:
            return (Came(status="honoured"),)
        return tuple(Came(status="honoured" if one in here else "missed", participant=one) for one in people)
    return (Came(status=status),)  # type: ignore[arg-type]


async def _list(seat: Seat, done: str, next_date: str) -> Response[str]:
    now, today = datetime.now(seat.zone), today_in(seat.visit.territory)
    mine = await own_assignments(seat, today - LOOK_BACK, today)
    waiting = unanswered(mine, now)
    recent = [
        one
        for one in mine
        if one.status in ANSWERED and one.held_on >= today - timedelta(days=1) and one.kind == "interview"
    ]
    asked = [*waiting, *(one for one in mine if str(one.id) == done), *recent]
    noted = await attendance_of(seat.visit.territory.id, [one.id for one in asked])
    days = question_days(seat.facts, {one.id: one for one in asked}.values(), noted, now)
    words: dict[str, Any] = {
        "days": days,
        "count": len(waiting),
        "answers": [(code, text(label), sign) for code, label, sign in ANSWERS],
        "said": _said(seat, mine, done, next_date, noted),
    }
    return phone_page(seat, "phone/questions.html", words)


def _said(
    seat: Seat,
    mine: tuple[Assignment, ...],
    done: str,
    next_date: str,
    noted: Iterable[Attendance],
) -> str:
    """What was just noted, of whom and when, told where it was done."""
    found = next((one for one in mine if str(one.id) == done), None)
    if found is None:
        return ""
    title = title_of(seat.facts, found)
    try:
        at = instant_asked(next_date).astimezone(seat.zone)
    except ValueError:
        own = tuple(one for one in noted if one.assignment_id == found.id)
        words = noted_words(seat.facts, found, own, seat.zone)
        return text("C’est noté : {words}.", words=words) if words else ""
    return text(
        "{title} : prochain rendez-vous {day}, {hour}.",
        title=title,
        day=day_date(at.date()),
        hour=seat.clock(at),
    )
