"""What a draft still holds although somebody called it off after the draft was made: publishing would bring it back."""

from collections.abc import Iterable

from db.records.assignment import Assignment
from db.records.plan import Plan, PlanItem
from service.translate.draft import Lost


def called_off_since(
    plan: Plan, items: Iterable[PlanItem], assignments: Iterable[Assignment]
) -> tuple[Lost, ...]:
    """A draft made after the cancellation, a copy of an earlier version, brings things back on purpose.

    What a publication left out or a withdrawal took back has no reason: the next publication decides.
    """
    gone = {
        one.id
        for one in assignments
        if one.status == "cancelled"
        and one.cancel_reason is not None
        and one.last_modified_at > plan.created_at
    }
    return tuple(
        Lost(rule="called_off", about=_about(item), on=str(item.held_on), text="called_off")
        for item in items
        if item.assignment_id in gone
    )


def _about(item: PlanItem) -> str:
    """The code by which breaches tell of it; an office half-day has only its key."""
    if item.promotion_code is not None:
        return f"{item.promotion_code}/{item.sequence_code}"
    return item.need_code or item.cadence_code or item.key
