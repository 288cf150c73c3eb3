"""Goal `continuity`: people meet faces they know."""

from collections.abc import Iterator

from planner.goals.item import Item
from planner.plan_view import PlanView


class Continuity:
    """[`usual_staff`] x staff of permanences outside the cadence's usual staff + [`animators`] x
    max(0, distinct animators of a promotion - the largest team a sequence asks) + [`referent`] x
    follow-ups and closings not with the referent.

    Why: trust is built with one person at a time.
    """

    name = "continuity"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per permanence, promotion and interview."""
        weights = view.territory.weights
        for permanence in view.permanences:
            usual = permanence.cadence.usual_staff if permanence.cadence else ()
            strangers = sum(staff not in usual for staff in permanence.staff) if usual else 0
            yield from _priced(permanence.key, strangers * weights["usual_staff"])
        for promotion in view.problem.promotions:
            animators = set(promotion.animators_before).union(*view.session_days(promotion.id).values())
            team = max((sequence.staff_count for sequence in promotion.sequences), default=0)
            yield from _priced(promotion.id, max(0, len(animators) - team) * weights["animators"])
        for visit in view.visits:
            need = visit.need
            if need.kind != "diagnostic" and need.referent not in (None, visit.staff):
                yield from _priced(visit.key, weights["referent"])


def _priced(about: str, cost: int) -> Iterator[Item]:
    if cost:
        yield Item(about, cost)
