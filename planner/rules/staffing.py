"""Rule `staffing`: the number of people asked, with the skills asked."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import Activity, PlanView


class Staffing:
    """Exactly `staff_count` people, each required skill held by one of them.

    Why: one person less is unsafe or unfair to the other, one more is missing elsewhere.
    """

    name = "staffing"
    codes: tuple[str, ...] = ("too_few", "too_many", "skill_missing")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: persons short or over; 1 for each skill that nobody there holds."""
        for activity in (*view.permanences, *view.sessions):
            work = activity.sequence or activity.cadence
            if work is None:
                continue
            over = len(activity.staff) - work.staff_count
            if over:
                yield self._breach(activity, "too_many" if over > 0 else "too_few", abs(over))
            held = {skill for staff in activity.staff for skill in view.territory.staff[staff].skills}
            for skill in sorted(set(work.skills) - held):
                yield self._breach(activity, "skill_missing", 1, skill)

    def _breach(self, activity: Activity, code: str, amount: int, fact: str = "") -> Breach:
        return Breach(
            self.name,
            code,
            activity.about,
            activity.on,
            amount,
            half_day=activity.half_days[0],
            site=activity.site,
            fact=fact,
            items=(activity.key,),
            missing=code == "too_few",
        )
