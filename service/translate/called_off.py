"""What a draft still holds although somebody called it off after the draft was made: publishing would bring it back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from db.records.assignment import Assignment
from db.records.plan import Plan, PlanItem
from service.translate.draft import Lost

FACTS_AT = "facts_at"
"""Among the figures of a plan that was solved: the instant of its facts, later than that at which it was asked for."""


def brought_back(
    plan: Plan,
    items: Iterable[PlanItem],
    assignments: Iterable[Assignment],
    by_hand: Mapping[str, datetime],
) -> tuple[PlanItem, ...]:
    """The rows of a draft that were called off since it was made. A draft made after the cancellation, a copy of an earlier version, brings things back on purpose.

    So does a hand that put the thing there afterwards: `by_hand` says when, by key. What was not published yet when
    the draft was made is known by its key and date. What a publication left out or a withdrawal took back has no
    reason: the next publication decides.
    """
    known = tuple(assignments)
    gone = [one for one in known if _was_called_off(one) and one.last_modified_at > _made_at(plan)]
    ids = {one.id for one in gone}
    standing = {one.key for one in known if one.status != "cancelled"}
    ended = {(one.key, one.held_on): one.last_modified_at for one in gone if one.key not in standing}
    return tuple(item for item in items if item.assignment_id in ids or _comes_back(item, ended, by_hand))


def lost_again(item: PlanItem) -> Lost:
    """What publishing says of a row that it would bring back."""
    return Lost(rule="called_off", about=_about(item), on=str(item.held_on), text="called_off")


def _was_called_off(one: Assignment) -> bool:
    return one.status == "cancelled" and one.cancel_reason is not None


def _made_at(plan: Plan) -> datetime:
    """A copy of a solved plan, made later than its facts, was made when it was copied."""
    facts_at = plan.figures.get(FACTS_AT)
    return max(plan.created_at, datetime.fromisoformat(facts_at)) if facts_at else plan.created_at


def _comes_back(
    item: PlanItem, ended: Mapping[tuple[str, date], datetime], by_hand: Mapping[str, datetime]
) -> bool:
    ended_at = ended.get((item.key, item.held_on)) if item.assignment_id is None else None
    if ended_at is None:
        return False
    return item.key not in by_hand or by_hand[item.key] < ended_at


def _about(item: PlanItem) -> str:
    """The code by which breaches tell of it."""
    if item.promotion_code is not None:
        return f"{item.promotion_code}/{item.sequence_code}"
    if item.kind == "office":
        return f"{' '.join(item.staff_codes)} {item.site_code} {item.held_on} {item.half_day}"
    return item.need_code or item.cadence_code or item.key
