"""Rule `interview_window`: an interview stands within its dates and the person's hours."""

from collections.abc import Iterator
from datetime import timedelta

from planner.breach import Breach
from planner.plan_view import PlanView, Visit
from planner.problem import Participant


class InterviewWindow:
    """`from_on <= date <= until_on`; within the hours in which the person may come, by telephone
    too; and, unless it stands at its published start, not before `today_on + leave_notice_days`.

    Why: a judge sets hours, and an authorisation de sortie is asked for days ahead.
    """

    name = "interview_window"
    codes: tuple[str, ...] = ("outside_dates", "outside_hours", "leave_notice")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: days outside or short, else 1."""
        published = view.territory.published_starts
        for visit in view.visits:
            outside = max((visit.need.from_on - visit.on).days, (visit.on - visit.need.until_on).days)
            if outside > 0:
                yield self._breach("outside_dates", visit, outside)
            if not _may_come(view, visit):
                yield self._breach("outside_hours", visit, 1)
            earliest = view.horizon.today_on + timedelta(days=visit.need.leave_notice_days)
            stays = published.get((visit.need.id, visit.number)) == visit.interval[0]
            if visit.on < earliest and not stays:
                yield self._breach("leave_notice", visit, (earliest - visit.on).days)

    def _breach(self, code: str, visit: Visit, amount: int) -> Breach:
        return Breach(
            self.name, code, visit.key, visit.on, amount, half_day=visit.half_day, items=(visit.key,)
        )


def _may_come(view: PlanView, visit: Visit) -> bool:
    participant = view.territory.participants.get(visit.need.participant or "")
    return participant is None or participant.hours is None or _covers(view, visit, participant)


def _covers(view: PlanView, visit: Visit, participant: Participant) -> bool:
    """Whether the person's hours of that weekday, taken together, contain the interview."""
    reached = visit.interval[0]
    hours = sorted(
        view.horizon.hours_at(visit.on, entry.from_hour, entry.to_hour)
        for entry in participant.hours or ()
        if entry.weekday == visit.on.isoweekday()
    )
    for start, end in hours:
        if start <= reached < end:
            reached = end
    return reached >= visit.interval[1]
