"""A problem under changed facts: each change gives another problem, the first one untouched."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from planner.errors import PlannerError
from planner.fact_changes import (
    CadenceAsks,
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteCloses,
    SiteOpens,
    StaffAuthorised,
    StaffAway,
    StaffBack,
    StaffLeaves,
)
from planner.problem import Absence, Accreditation, Cadence, Closure, Interview, Opening, Problem, Site
from planner.records import HalfDay, Record

HOURS: dict[HalfDay, tuple[str, str]] = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}
NOON = time(13)
One = TypeVar("One", bound=Record)


class UnknownFactError(PlannerError):
    """A change of something that the problem does not know; `about` names it."""

    def __init__(self, about: str) -> None:
        super().__init__(f"{about}: the problem does not know it")
        self.about = about


def changed(problem: Problem, changes: Iterable[FactChange]) -> Problem:
    """The problem under these facts, one after the other. Raises `UnknownFactError`."""
    for change in changes:
        problem = APPLY[type(change)](problem, change)
    return problem


def replaced(records: tuple[One, ...], name: str | None, change: Callable[[One], One]) -> tuple[One, ...]:
    """The records with the one of this id changed. Raises `UnknownFactError`."""
    if name not in {getattr(one, "id", None) for one in records}:
        raise UnknownFactError(name or "nothing")
    return tuple(change(one) if getattr(one, "id", None) == name else one for one in records)


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
    _site_of(problem, change.site)
    held = Accreditation(site=change.site)
    return msgspec.structs.replace(
        problem,
        staff=replaced(
            problem.staff,
            change.staff,
            lambda one: msgspec.structs.replace(one, accreditations=(*one.accreditations, held)),
        ),
    )


def _opens(problem: Problem, change: SiteOpens) -> Problem:
    if (change.weekday is None) == (change.on is None):
        raise UnknownFactError(f"{change.site}: a weekday or a date")
    site = _site_of(problem, change.site)
    opened = _opened(site, change)
    closures = site.closures
    if change.on is not None:
        closures = tuple(rest for one in closures for rest in _reopened(one, change.on, change.half_day))
    site = msgspec.structs.replace(site, openings=(*site.openings, *opened), closures=closures)
    return msgspec.structs.replace(problem, sites=replaced(problem.sites, site.id, lambda _: site))


def _opened(site: Site, change: SiteOpens) -> list[Opening]:
    """The opening to add: none where one is valid already."""
    weekday = change.weekday or (change.on.isoweekday() if change.on else 1)
    same = [one for one in site.openings if one.half_day == change.half_day]
    if any(_is_in_force(one, weekday, change.on) for one in same):
        return []
    start, end = HOURS[change.half_day]
    model = (
        same[0] if same else Opening(weekday=weekday, half_day=change.half_day, from_hour=start, to_hour=end)
    )
    return [
        msgspec.structs.replace(
            model,
            weekday=weekday,
            from_hour=change.from_hour or model.from_hour,
            to_hour=change.to_hour or model.to_hour,
            from_on=change.on,
            until_on=change.on,
        )
    ]


def _is_in_force(one: Opening, weekday: int, on: date | None) -> bool:
    if one.weekday != weekday:
        return False
    return on is None or ((one.from_on or on) <= on <= (one.until_on or on))


def _reopened(closure: Closure, on: date, half_day: HalfDay) -> list[Closure]:
    """A closure without one half-day: the days before and after, and the other half of the day."""
    if not closure.from_on <= on <= closure.until_on or closure.half_day not in (None, half_day):
        return [closure]
    day = timedelta(days=1)
    other: HalfDay = "pm" if half_day == "am" else "am"
    pieces = [
        (closure.from_on, on - day, closure.half_day),
        (on, on if closure.half_day is None else on - day, other),
        (on + day, closure.until_on, closure.half_day),
    ]
    return [
        Closure(id=f"{closure.id} {rank}", from_on=start, until_on=end, half_day=half)
        for rank, (start, end, half) in enumerate(pieces)
        if start <= end
    ]


def _closes(problem: Problem, change: SiteCloses) -> Problem:
    closure = Closure(
        id=f"si {change.from_on}", from_on=change.from_on, until_on=change.until_on, half_day=change.half_day
    )
    return msgspec.structs.replace(
        problem,
        sites=replaced(
            problem.sites,
            change.site,
            lambda one: msgspec.structs.replace(one, closures=(*one.closures, closure)),
        ),
    )


def _more_places(problem: Problem, change: MorePlaces) -> Problem:
    if change.cadence is not None:

        def fewer(one: Cadence) -> Cadence:
            return msgspec.structs.replace(one, partner_places=max(0, one.partner_places - change.places))

        return msgspec.structs.replace(problem, cadences=replaced(problem.cadences, change.cadence, fewer))

    def more(one: Site) -> Site:
        return msgspec.structs.replace(one, interview_places=one.interview_places + change.places)

    return msgspec.structs.replace(problem, sites=replaced(problem.sites, change.site, more))


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


def _need(problem: Problem, name: str, change: Callable[[Interview], Interview]) -> Problem:
    return msgspec.structs.replace(problem, interviews=replaced(problem.interviews, name, change))


def _sequence(
    problem: Problem, promotion: str | None, sequence: str | None, change: Callable[[Any], Any]
) -> Problem:
    def stepped(one: Any) -> Any:
        return msgspec.structs.replace(one, sequences=replaced(one.sequences, sequence, change))

    return msgspec.structs.replace(problem, promotions=replaced(problem.promotions, promotion, stepped))


def _site_of(problem: Problem, name: str) -> Site:
    for site in problem.sites:
        if site.id == name:
            return site
    raise UnknownFactError(name)


APPLY: dict[type[Any], Callable[[Problem, Any], Problem]] = {
    StaffLeaves: _leaves,
    StaffAway: _is_away,
    StaffBack: _is_back,
    StaffAuthorised: _authorised,
    SiteOpens: _opens,
    SiteCloses: _closes,
    MorePlaces: _more_places,
    OtherStaff: _other_staff,
    LongerWindow: _longer,
    CloserDates: _closer,
    CadenceAsks: _asks,
}
