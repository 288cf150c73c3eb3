"""What people decided of a plan, and what one more thing would break beside it."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property

import msgspec

from planner.audit import Auditor
from planner.breach import Breach
from planner.fit import Fit
from planner.plan import (
    OfficeHalfDay,
    Plan,
    PlannedInterview,
    PlannedPermanence,
    PlannedSession,
)
from planner.plan_view import PlanView
from planner.problem import Interview


class Decided:
    """The pinned, past and frozen assignments of one plan; keep it while one thing after the other is tried."""

    def __init__(self, auditor: Auditor, view: PlanView) -> None:
        self._territory = auditor.territory
        self.plan = auditor.kept(view).plan
        self._fit = Fit(auditor, self.plan)
        self._view = self._fit.view

    def breaches(self, thing: Plan) -> tuple[Breach, ...]:
        """What a thing breaks beside them; its presence is theirs where they have the person there."""
        adds = msgspec.structs.replace(
            thing,
            permanences=tuple(one for one in thing.permanences if not self._has(one, thing)),
            office=tuple(one for one in thing.office if not self._is_there(one.staff, one)),
            sessions=tuple(map(self._numbered_session, thing.sessions)),
            interviews=tuple(map(self._numbered, thing.interviews)),
        )
        added = PlanView(self._territory, adds)
        return (*self._fit.doubled(added), *self._fit.new_breaches(adds, added))

    def is_near(self, need: Interview) -> bool:
        """Whether something of it is with the need's participant, so near that a rule may see both."""
        return any(
            need.from_on - apart <= on <= need.until_on + apart
            for on, least in self._dates.get(need.participant or "", ())
            for apart in (timedelta(days=max(least, need.min_days)),)
        )

    @cached_property
    def _dates(self) -> dict[str, list[tuple[date, int]]]:
        """By participant: when something is with them, and how many days from it their next interview has to be."""
        found: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for visit in self._view.visits:
            if visit.need.participant is not None:
                found[visit.need.participant].append((visit.on, visit.need.min_days))
        for session in self._view.sessions:
            for participant in session.promotion.participants if session.promotion else ():
                found[participant].append((session.on, 0))
        return found

    def _has(self, permanence: PlannedPermanence, thing: Plan) -> bool:
        """Whether an interview needs no permanence of its own."""
        return bool(thing.interviews) and all(self._is_there(one, permanence) for one in permanence.staff)

    def _is_there(self, staff: str, presence: PlannedPermanence | OfficeHalfDay) -> bool:
        at = (
            presence.site
            if isinstance(presence, OfficeHalfDay)
            else self._territory.cadences[presence.cadence].site
        )
        held = self._view.by_moment.get((staff, presence.on, presence.half_day), ())
        return any(one.site == at and one.kind != "session" for one in held)

    def _numbered(self, interview: PlannedInterview) -> PlannedInterview:
        held = {one.number for one in self._view.visits_by_need.get(interview.need, ())}
        return msgspec.structs.replace(interview, number=_first_free(held))

    def _numbered_session(self, session: PlannedSession) -> PlannedSession:
        if session.cadence is None:
            return session
        held = {one.number for one in self._view.plan.sessions if one.cadence == session.cadence}
        return msgspec.structs.replace(session, number=_first_free(held))


def _first_free(held: set[int] | set[int | None]) -> int:
    return next(number for number in range(1, len(held) + 2) if number not in held)
