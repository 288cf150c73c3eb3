"""Rule `interview_staff`: follow-ups are held by the referent, or by whom the need allows."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class InterviewStaff:
    """A follow-up or a closing is held by its referent, or by another if `other_staff`; a
    diagnostic by whoever is there. A need without referent leaves the choice open.

    Why: people tell their story once.
    """

    name = "interview_staff"
    codes: tuple[str, ...] = ("not_the_referent",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1."""
        for visit in view.visits:
            need = visit.need
            if need.kind == "diagnostic" or need.other_staff or need.referent in (None, visit.staff):
                continue
            yield Breach(
                self.name,
                "not_the_referent",
                visit.key,
                visit.on,
                half_day=visit.half_day,
                fact=visit.staff,
                items=(visit.key,),
            )
