"""A problem under changed facts: each change gives another problem, the first one untouched."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from planner.fact_changes import (
    CadenceAsks,
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    NeedAsks,
    OtherStaff,
    SiteCloses,
    SiteHours,
    SiteOpens,
    StaffAuthorised,
    StaffAway,
    StaffBack,
    StaffLeaves,
)
from planner.problem import Absence, Accreditation, Cadence, Interview, Problem
from planner.replaced import replaced
from planner.supposed_sites import closes, keeps_hours, more_places, opens, site_of

NOON = time(13)


def changed(problem: Problem, changes: Iterable[FactChange]) -> Problem:
    """The problem under these facts, one after the other. Raises `UnknownFactError`."""
    for change in changes:
        problem = APPLY[type(change)](problem, change)
    return problem


def _away(problem: Problem, staff: str, starts_at: datetime, ends_at: datetime) -> Problem:
    def absent(one: Any) -> Any:
        absence = Absence(id=f"si {starts_at.isoformat()}", starts_at=starts_at, ends_at=ends_at)
        return msgspec.structs.replace(one, absences=(*one.absences, absence))

    return msgspec.structs.replace(problem, staff=replaced(problem.staff, staff, absent))


def _leaves(problem: Problem, change: StaffLeaves) -> Problem:
    last_on = max(problem.last_on, change.on) + timedelta(days=1)
    zone = ZoneInfo(problem.zone)
    return _away(
        problem,
        change.staff,
        datetime.combine(change.on, time(), zone),
        datetime.combine(last_on, time(), zone),
    )


def _is_away(problem: Problem, change: StaffAway) -> Problem:
    zone = ZoneInfo(problem.zone)
    starts = datetime.combine(change.from_on, NOON if change.half_day == "pm" else time(), zone)
    ends = datetime.combine(change.until_on + timedelta(days=1), time(), zone)
    if change.half_day == "am":
        ends = datetime.combine(change.until_on, NOON, zone)
    return _away(problem, change.staff, starts, ends)


def _is_back(problem: Problem, change: StaffBack) -> Problem:
    zone = ZoneInfo(problem.zone)
    midnight = datetime.combine(change.on, time(), zone)
    noon, end = datetime.combine(change.on, NOON, zone), midnight + timedelta(days=1)
    hole = (midnight, noon) if change.half_day == "am" else (noon, end)

    def back(one: Any) -> Any:
        return msgspec.structs.replace(
            one, absences=tuple(rest for absence in one.absences for rest in _less(absence, *hole))
        )

    return msgspec.structs.replace(problem, staff=replaced(problem.staff, change.staff, back))


def _less(absence: Absence, starts_at: datetime, ends_at: datetime) -> list[Absence]:
    """What is left of an absence outside an interval; its first part keeps the id."""
    if absence.ends_at <= starts_at or ends_at <= absence.starts_at:
        return [absence]
    pieces = [(absence.starts_at, starts_at), (ends_at, absence.ends_at)]
    kept = [piece for piece in pieces if piece[0] < piece[1]]
    return [
        Absence(id=absence.id if rank == 0 else f"{absence.id} (suite)", starts_at=start, ends_at=end)
        for rank, (start, end) in enumerate(kept)
    ]


def _authorised(problem: Problem, change: StaffAuthorised) -> Problem:
    site_of(problem, change.site)
    held = Accreditation(site=change.site)
    return msgspec.structs.replace(
        problem,
        staff=replaced(
            problem.staff,
            change.staff,
            lambda one: msgspec.structs.replace(one, accreditations=(*one.accreditations, held)),
        ),
    )


def _other_staff(problem: Problem, change: OtherStaff) -> Problem:
    return _need(problem, change.need, lambda one: msgspec.structs.replace(one, other_staff=True))


def _longer(problem: Problem, change: LongerWindow) -> Problem:
    days = timedelta(days=change.days)

    def longer(one: Any) -> Any:
        return msgspec.structs.replace(one, until_on=one.until_on + days)

    if change.need is not None:
        return _need(problem, change.need, longer)
    return _sequence(problem, change.promotion, change.sequence, longer)


def _closer(problem: Problem, change: CloserDates) -> Problem:
    def closer(one: Any) -> Any:
        return msgspec.structs.replace(one, min_days=max(0, one.min_days - change.days))

    if change.need is not None:
        return _need(problem, change.need, closer)
    if change.cadence is not None:
        return msgspec.structs.replace(problem, cadences=replaced(problem.cadences, change.cadence, closer))
    return _sequence(problem, change.promotion, change.sequence, closer)


def _asks(problem: Problem, change: CadenceAsks) -> Problem:
    def asks(one: Cadence) -> Cadence:
        return msgspec.structs.replace(one, asked=change.asked)

    return msgspec.structs.replace(problem, cadences=replaced(problem.cadences, change.cadence, asks))


def _need_asks(problem: Problem, change: NeedAsks) -> Problem:
    """Pins beyond the number are not kept either."""
    if change.count:
        asked = _need(problem, change.need, lambda one: msgspec.structs.replace(one, count=change.count))
    else:
        _need(problem, change.need, lambda one: one)
        rest = tuple(one for one in problem.interviews if one.id != change.need)
        asked = msgspec.structs.replace(problem, interviews=rest)
    own = [pin for pin in problem.pins if pin.need == change.need][change.count :]
    return msgspec.structs.replace(asked, pins=tuple(pin for pin in problem.pins if pin not in own))


def _need(problem: Problem, name: str, change: Callable[[Interview], Interview]) -> Problem:
    return msgspec.structs.replace(problem, interviews=replaced(problem.interviews, name, change))


def _sequence(
    problem: Problem, promotion: str | None, sequence: str | None, change: Callable[[Any], Any]
) -> Problem:
    def stepped(one: Any) -> Any:
        return msgspec.structs.replace(one, sequences=replaced(one.sequences, sequence, change))

    return msgspec.structs.replace(problem, promotions=replaced(problem.promotions, promotion, stepped))


APPLY: dict[type[Any], Callable[[Problem, Any], Problem]] = {
    StaffLeaves: _leaves,
    StaffAway: _is_away,
    StaffBack: _is_back,
    StaffAuthorised: _authorised,
    SiteOpens: opens,
    SiteHours: keeps_hours,
    SiteCloses: closes,
    MorePlaces: more_places,
    OtherStaff: _other_staff,
    LongerWindow: _longer,
    CloserDates: _closer,
    CadenceAsks: _asks,
    NeedAsks: _need_asks,
}
