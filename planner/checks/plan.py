"""Faults of a plan against its problem: unknown ids and levels, things twice, dates outside, numbers too high."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from planner.checks.fault import Fault, repeated, unknown, unknowns
from planner.checks.frame import FIRST_YEAR, LAST_YEAR
from planner.horizon import Horizon
from planner.plan import LEVEL_NAMES, Plan, PlannedInterview, PlannedSession
from planner.problem import Problem

LEFT_OUT = ((True, False, False, False), (False, True, False, False), (False, False, True, True))
"""Which of need, cadence, promotion and sequence something that is left out names."""


class PlanChecks:
    """The checks of one problem's plans; `published` plans may speak of things since forgotten."""

    def __init__(self, problem: Problem, *, published: bool = False) -> None:
        self._published = published
        self._horizon = Horizon.of(problem)
        self._sites = {site.id: site for site in problem.sites}
        self._staff = {person.id for person in problem.staff}
        self._needs = {need.id: need for need in problem.interviews}
        self._cadences = {cadence.id: cadence.kind for cadence in problem.cadences}
        self._sequences = {
            (promotion.id, sequence.id)
            for promotion in problem.promotions
            for sequence in promotion.sequences
        }

    def faults(self, plan: Plan, root: str = "") -> Iterator[Fault]:
        """The faults of a plan; `root` is where it stands in the file ("published.")."""
        for fault in chain(
            self._permanences(plan),
            self._sessions(plan),
            self._offices(plan),
            self._interviews(plan),
            self._unplaced(plan),
            self._levels(plan),
        ):
            yield Fault(f"{root}{fault.path}", fault.reason)

    def _permanences(self, plan: Plan) -> Iterator[Fault]:
        keys = ((record.cadence, record.on, record.half_day) for record in plan.permanences)
        yield from repeated("permanences", keys, "")
        for index, record in enumerate(plan.permanences):
            path = f"permanences[{index}]"
            if self._cadences.get(record.cadence) != "permanence":
                if not self._published:
                    yield Fault(f"{path}.cadence", f"no cadence of permanences has the id {record.cadence!r}")
                continue
            yield from self._people(path, record.staff)
            yield from self._date(f"{path}.on", record.on)

    def _sessions(self, plan: Plan) -> Iterator[Fault]:
        keys = ((s.promotion, s.sequence, s.cadence, s.number) for s in plan.sessions)
        yield from repeated("sessions", keys, "")
        for index, record in enumerate(plan.sessions):
            path = f"sessions[{index}]"
            named = (record.promotion is None, record.sequence is None, record.cadence is None)
            if (*named, record.number is None) not in (
                (False, False, True, True),
                (True, True, False, False),
            ):
                yield Fault(path, "a session names a promotion and a sequence, or a cadence and a number")
                continue
            yield from self._times(path, record.starts_at, record.ends_at)
            forgotten = list(self._session(path, record))
            if not (self._published and forgotten):
                yield from forgotten
                yield from self._session_place(path, record)

    def _session(self, path: str, record: PlannedSession) -> Iterator[Fault]:
        """Whether the problem knows what the session is of."""
        if record.promotion is not None and (record.promotion, record.sequence) not in self._sequences:
            reason = f"no promotion {record.promotion!r} has a sequence {record.sequence!r}"
            yield Fault(f"{path}.sequence", reason)
        if record.cadence is not None and self._cadences.get(record.cadence) != "session":
            yield Fault(f"{path}.cadence", f"no cadence of sessions has the id {record.cadence!r}")

    def _session_place(self, path: str, record: PlannedSession) -> Iterator[Fault]:
        yield from unknown(f"{path}.site", "site", record.site, self._sites)
        if record.site in self._sites:
            rooms = {room.id for room in self._sites[record.site].rooms}
            yield from unknown(f"{path}.room", f"room of {record.site}", record.room, rooms)
        yield from self._people(path, record.staff)

    def _offices(self, plan: Plan) -> Iterator[Fault]:
        yield from repeated("office", ((o.staff, o.site, o.on, o.half_day) for o in plan.office), "")
        for index, record in enumerate(plan.office):
            path = f"office[{index}]"
            yield from unknown(f"{path}.staff", "staff member", record.staff, self._staff)
            yield from unknown(f"{path}.site", "site", record.site, self._sites)
            yield from self._date(f"{path}.on", record.on)

    def _interviews(self, plan: Plan) -> Iterator[Fault]:
        yield from repeated("interviews", ((record.need, record.number) for record in plan.interviews), "")
        for index, record in enumerate(plan.interviews):
            path = f"interviews[{index}]"
            yield from self._times(path, record.starts_at, record.ends_at)
            forgotten = list(self._number(path, record))
            if not (self._published and forgotten):
                yield from forgotten
                yield from unknown(f"{path}.site", "site", record.site, self._sites)
                yield from unknown(f"{path}.staff", "staff member", record.staff, self._staff)

    def _number(self, path: str, record: PlannedInterview) -> Iterator[Fault]:
        yield from unknown(f"{path}.need", "need", record.need, self._needs)
        need = self._needs.get(record.need)
        if need is not None and record.number > need.count:
            yield Fault(f"{path}.number", f"{record.number} is above the need's count {need.count}")

    def _unplaced(self, plan: Plan) -> Iterator[Fault]:
        left_out = () if self._published else plan.unplaced
        yield from repeated("unplaced", ((u.need, u.cadence, u.promotion, u.sequence) for u in left_out), "")
        for index, record in enumerate(left_out):
            path = f"unplaced[{index}]"
            of_group = (record.promotion is not None, record.sequence is not None)
            if (record.need is not None, record.cadence is not None, *of_group) not in LEFT_OUT:
                yield Fault(path, "what is left out is a need, a cadence, or a promotion and a sequence")
                continue
            yield from unknown(f"{path}.need", "need", record.need, self._needs)
            yield from unknown(f"{path}.cadence", "cadence", record.cadence, self._cadences)
            if record.promotion is not None and (record.promotion, record.sequence) not in self._sequences:
                reason = f"no promotion {record.promotion!r} has a sequence {record.sequence!r}"
                yield Fault(f"{path}.sequence", reason)

    def _levels(self, plan: Plan) -> Iterator[Fault]:
        """None at all, or each of them once; their values are recounted, whatever they say."""
        said = () if self._published else plan.levels
        yield from repeated("levels", (level.name for level in said), "name")
        for index, level in enumerate(said):
            if level.name not in LEVEL_NAMES:
                known = ", ".join(LEVEL_NAMES)
                yield Fault(f"levels[{index}].name", f"no level has this name; the levels are {known}")
            if level.bound > level.value:
                yield Fault(f"levels[{index}].bound", f"{level.bound} is above the value {level.value}")
        missing = [name for name in LEVEL_NAMES if name not in {level.name for level in said}]
        if said and missing:
            yield Fault("levels", f"{missing[0]} is missing: all levels are told, or none")

    # Parts

    def _people(self, path: str, staff: tuple[str, ...]) -> Iterator[Fault]:
        yield from unknowns(f"{path}.staff", "staff member", staff, self._staff)
        yield from repeated(f"{path}.staff", staff, "")

    def _times(self, path: str, starts_at: datetime, ends_at: datetime) -> Iterator[Fault]:
        if ends_at <= starts_at:
            yield Fault(f"{path}.ends_at", f"{ends_at.isoformat()} is not after {starts_at.isoformat()}")
        for field, instant in (("starts_at", starts_at), ("ends_at", ends_at)):
            if not FIRST_YEAR <= instant.year <= LAST_YEAR:
                yield Fault(f"{path}.{field}", f"{instant} is not between {FIRST_YEAR} and {LAST_YEAR}")
                return
            if instant.second or instant.microsecond:
                yield Fault(f"{path}.{field}", f"{instant.isoformat()} is not a whole minute")
            yield from self._date(f"{path}.{field}", self._horizon.date_at(instant))

    def _date(self, path: str, on: date) -> Iterator[Fault]:
        if not self._published and on not in self._horizon:
            first, last = self._horizon.first_on, self._horizon.last_on
            yield Fault(path, f"{on} is outside {first} to {last}")
