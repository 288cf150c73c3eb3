"""Say who came, and fix the next date in the same call: nobody leaves an interview without the next one."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.assignment_writing import content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.attendance import note_attendance
from db.queries.facts import fact
from db.records.assignment import Assignment, Status, Write
from db.records.attendance import Attendance, AttendanceStatus, NewAttendance
from db.records.cadence import Promotion
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.actor import Actor
from service.actions.agreed_need import Appointment
from service.actions.call_off import CallOff, call_off
from service.actions.count_misses import PathAsked, count_misses
from service.actions.own_people import must_see
from service.actions.settle_interview import Judge, Settled, settle
from service.actions.wait_again import wait_again
from service.errors import BadInput, Conflict
from service.translate.cancelled import Canceller

STATUSES: dict[AttendanceStatus, Status] = {"honoured": "held", "missed": "missed", "excused": "excused"}
CANCELLERS: dict[AttendanceStatus, Canceller] = {
    "cancelled_by_us": "us",
    "cancelled_by_site": "site",
    "cancelled_by_person": "person",
}


class NotYet(Conflict):
    """Who came is known once it has begun."""

    code = "not-yet"
    title = "Ce rendez-vous n’a pas encore commencé"


class CalledOffAlready(Conflict):
    code = "called-off"
    title = "Ce rendez-vous est annulé"


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """A status; of a session the participant whose participation it is."""

    status: AttendanceStatus
    participant: str | None = None


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What was noted, the next interview, and the paths that now wait for their referent's decision."""

    attendance: tuple[Attendance, ...]
    next: Settled | None = None
    asked: tuple[PathAsked, ...] = ()


async def record_attendance(
    territory: Territory,
    assignment_id: UUID,
    came: tuple[Came, ...],
    actor: Actor,
    *,
    next_date: Appointment | None = None,
    overrule: bool = False,
) -> Recorded:
    """A correction is the same call again.

    Raises `NotFoundError`, `NotYet`, `CalledOffAlready`, `Forbidden`, and what `fix_interview` does.
    """
    judge = Judge(actor=actor, now=datetime.now(UTC), overrule=overrule)

    async def work() -> Recorded:
        found = await assignment(territory.id, assignment_id)
        actor.must_be_for(*found.staff)
        _refuse_nonsense(found, came, judge.now)
        await _refuse_strangers(territory, found, came, actor)
        settled = None
        if next_date is not None:
            settled = await settle(territory, _of_the_same(found, next_date), judge)
        noted = await _note(territory, found, came, judge, settled)
        await _mark(territory, found, came, judge)
        asked = await count_misses(territory, found, noted, judge.now)
        return Recorded(attendance=noted, next=settled, asked=asked)

    return await in_transaction(work, territory_id=territory.id)


def _refuse_nonsense(found: Assignment, came: tuple[Came, ...], now: datetime) -> None:
    if found.kind not in ("interview", "session"):
        raise BadInput("Une permanence n’a pas de présence : ses entretiens en ont.")
    if found.kind == "interview" and (len(came) != 1 or came[0].participant not in (None, found.participant)):
        raise BadInput("came: un entretien a une seule personne, la sienne")
    if found.kind == "session" and len({one.participant for one in came}) < len(came):
        raise BadInput("came: une personne y est deux fois")
    if found.status == "cancelled":
        raise CalledOffAlready
    if found.starts_at > now and any(one.status in ("honoured", "missed") for one in came):
        raise NotYet


async def _refuse_strangers(
    territory: Territory, found: Assignment, came: tuple[Came, ...], actor: Actor
) -> None:
    """Of a session staff note those of its promotion, beside their own. Raises `NotFoundError`."""
    if found.kind != "session" or actor.only_staff is None:
        return
    known = await fact(territory.id, Promotion, found.promotion) if found.promotion else None
    for one in came:
        if one.participant is not None and (known is None or one.participant not in known.participants):
            await must_see(territory, actor, one.participant)


def _of_the_same(found: Assignment, asked: Appointment) -> Appointment:
    """The next date is that of the person who was there."""
    if found.participant is None or asked.participant not in ("", found.participant):
        raise BadInput("next: seul un entretien avec une personne a un rendez-vous suivant, le sien")
    programme = asked.programme or found.programme
    return msgspec.structs.replace(asked, participant=found.participant, programme=programme)


async def _note(
    territory: Territory, found: Assignment, came: tuple[Came, ...], judge: Judge, settled: Settled | None
) -> tuple[Attendance, ...]:
    following = settled.assignment.id if settled else None
    rows = [
        msgspec.structs.replace(one, next_assignment_id=following)
        for one in noted_rows(found, came, judge.actor, judge.now)
    ]
    return await note_attendance(territory.id, rows)


def noted_rows(
    found: Assignment, came: Iterable[Came], actor: Actor, at: datetime
) -> tuple[NewAttendance, ...]:
    """What is noted of each who came or not."""
    return tuple(
        NewAttendance(
            assignment_id=found.id,
            status=one.status,
            participant=one.participant or found.participant,
            noted_by=actor.account_id,
            noted_at=at,
        )
        for one in came
    )


async def _mark(territory: Territory, found: Assignment, came: tuple[Came, ...], judge: Judge) -> None:
    """What becomes of the appointment itself, also when somebody calls it off instead of answering."""
    status = _outcome(found, came)
    canceller = CANCELLERS.get(status)
    if status == "excused" and found.starts_at > judge.now:
        canceller = "person"
    if canceller is not None:
        await call_off(territory, [found], CallOff(by=canceller, what="attendance"), judge.actor, judge.now)
        await wait_again(territory, [found], judge.now)
        return
    if found.starts_at > judge.now:
        return
    await write_assignments(territory.id, [marked(found, came)], judge.actor.author(judge.now))


def _outcome(found: Assignment, came: tuple[Came, ...]) -> AttendanceStatus:
    """A session was held, an interview is what its person did."""
    return came[0].status if found.kind == "interview" else "honoured"


def marked(found: Assignment, came: tuple[Came, ...]) -> Write:
    """What an appointment that is past and was not called off becomes."""
    content = msgspec.structs.replace(content_of(found), status=STATUSES[_outcome(found, came)])
    return Write(id=found.id, content=content, what="attendance")
