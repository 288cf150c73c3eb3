"""What people decided of a plan, and what one more thing would break beside it."""

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


class Decided:
    """The pinned, past and frozen assignments of one plan; keep it while one thing after the other is tried."""

    def __init__(self, auditor: Auditor, view: PlanView) -> None:
        self._territory = auditor.territory
        self._fit = Fit(auditor, auditor.kept(view).plan)
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
        taken = (
            Breach("cadence", "too_many", one.about, one.on, items=(one.key,))
            for one in added.permanences
            if one.key in self._view.by_key
        )
        return (*taken, *self._fit.new_breaches(adds, added))

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
