"""Which need, permanence or session somebody asks about, and a plan with or without it.

The fields are those by which plan files tell things apart.
"""

from datetime import date

import msgspec

from planner.errors import PlannerError
from planner.plan import Assignment, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Problem
from planner.records import HalfDay, Identifier, Positive, Record


class UnknownWantedError(PlannerError):
    """Asked about something that the problem does not know; `about` names it."""

    def __init__(self, about: str) -> None:
        super().__init__(f"{about}: the problem does not know it")
        self.about = about


class IsPlacedError(PlannerError):
    """Asked why something is not placed that is; `about` names it."""

    def __init__(self, about: str) -> None:
        super().__init__(f"{about}: nothing of it is left out")
        self.about = about


class IsNotPlacedError(PlannerError):
    """Asked about a placement that the plan does not have; `about` names it."""

    def __init__(self, about: str) -> None:
        super().__init__(f"{about}: the plan does not place it")
        self.about = about


class Wanted(Record, frozen=True, kw_only=True):
    """An interview by need (and number), a permanence or a session by cadence, a sequence by promotion.

    `on` and `half_day` say which permanence of a cadence, `number` which session or interview.
    """

    need: Identifier | None = None
    number: Positive | None = None
    cadence: Identifier | None = None
    on: date | None = None
    half_day: HalfDay | None = None
    promotion: Identifier | None = None
    sequence: Identifier | None = None

    @property
    def about(self) -> str:
        if self.promotion is not None:
            return f"{self.promotion}/{self.sequence}"
        name = self.need or self.cadence or ""
        when = [str(part) for part in (self.on, self.half_day) if part]
        return " ".join([f"{name}#{self.number}" if self.number else name, *when])


def check_known(problem: Problem, wanted: Wanted) -> None:
    """Raises `UnknownWantedError` unless exactly one thing is named and the problem knows it."""
    named = [wanted.need, wanted.cadence, wanted.promotion]
    if sum(one is not None for one in named) != 1 or not _is_known(problem, wanted):
        raise UnknownWantedError(wanted.about or "nothing")


def _is_known(problem: Problem, wanted: Wanted) -> bool:
    if wanted.need is not None:
        counts = {need.id: need.count for need in problem.interviews}
        return (wanted.number or 1) <= counts.get(wanted.need, 0)
    if wanted.cadence is not None:
        return any(cadence.id == wanted.cadence for cadence in problem.cadences)
    return any(
        promotion.id == wanted.promotion and sequence.id == wanted.sequence
        for promotion in problem.promotions
        for sequence in promotion.sequences
    )


def placed(view: PlanView, wanted: Wanted) -> tuple[Activity | Visit, ...]:
    """What the plan has of exactly this thing: both halves of a whole day; empty when it is not placed."""
    if wanted.need is not None:
        visits = view.visits_by_need.get(wanted.need, ())
        return tuple(visit for visit in visits if visit.number == (wanted.number or 1))
    if wanted.cadence is None:
        found = view.by_sequence.get((wanted.promotion or "", wanted.sequence or ""))
        return (found,) if found else ()
    held = view.by_cadence.get(wanted.cadence, ())
    if wanted.on is None:
        about = f"{wanted.cadence}#{wanted.number}"
        return tuple(one for one in held if wanted.number is not None and one.about == about)
    whole = view.territory.cadences[wanted.cadence].length == "day"
    return tuple(
        one
        for one in held
        if one.on == wanted.on and (whole or wanted.half_day is None or wanted.half_day in one.half_days)
    )


def records_of(view: PlanView, things: tuple[Activity | Visit, ...]) -> Plan:
    """The records of some things of a plan, as a plan of their own."""
    ids = {id(thing) for thing in things}
    return Plan(
        permanences=tuple(
            r for a, r in zip(view.permanences, view.plan.permanences, strict=True) if id(a) in ids
        ),
        sessions=tuple(r for a, r in zip(view.sessions, view.plan.sessions, strict=True) if id(a) in ids),
        office=tuple(r for a, r in zip(view.offices, view.plan.office, strict=True) if id(a) in ids),
        interviews=tuple(r for v, r in zip(view.visits, view.plan.interviews, strict=True) if id(v) in ids),
    )


def joined(plan: Plan, more: Plan) -> Plan:
    """A plan with the assignments of another beside its own."""
    return msgspec.structs.replace(
        plan,
        permanences=(*plan.permanences, *more.permanences),
        sessions=(*plan.sessions, *more.sessions),
        office=(*plan.office, *more.office),
        interviews=(*plan.interviews, *more.interviews),
    )


def without(plan: Plan, less: Plan) -> Plan:
    """A plan without the assignments of another."""
    gone: set[Assignment] = {*less.permanences, *less.sessions, *less.office, *less.interviews}
    return msgspec.structs.replace(
        plan,
        permanences=tuple(one for one in plan.permanences if one not in gone),
        sessions=tuple(one for one in plan.sessions if one not in gone),
        office=tuple(one for one in plan.office if one not in gone),
        interviews=tuple(one for one in plan.interviews if one not in gone),
    )


def taken_out(view: PlanView, wanted: Wanted) -> tuple[Plan, Plan]:
    """The plan without a thing, and what left it: the thing, interviews that stood in it, an emptied office."""
    gone = list(placed(view, wanted))
    for thing in tuple(gone):
        if isinstance(thing, Activity):
            gone += view.visits_of.get(thing.key, ())
        elif (office := thing.presence) is not None and office.kind == "office":
            gone += [office] if len(view.visits_of[office.key]) == 1 else []
    less = records_of(view, tuple(gone))
    return without(view.plan, less), less


def wanted_of(record: Assignment) -> Wanted:
    """How one asks about an assignment; an office half-day belongs to its interviews."""
    if isinstance(record, PlannedPermanence):
        return Wanted(cadence=record.cadence, on=record.on, half_day=record.half_day)
    if isinstance(record, PlannedSession):
        return Wanted(
            cadence=record.cadence,
            number=record.number,
            promotion=record.promotion,
            sequence=record.sequence,
        )
    if isinstance(record, PlannedInterview):
        return Wanted(need=record.need, number=record.number)
    raise UnknownWantedError(f"{record.staff} {record.site} {record.on}")
