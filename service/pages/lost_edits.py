"""What was changed by hand in a draft and another computation would not keep."""

from collections.abc import Iterable

from msgspec.structs import replace

from db.records.plan import PlanItem
from service.actions.edit_draft import Edit

LEADING = ("permanence", "session")
"""Kinds that others follow: interviews and half-days at the office go along with what holds them."""


def lost_edits(items: Iterable[PlanItem], steps: Iterable[Edit]) -> int:
    """How many of the steps, the oldest first, leave what is not pinned; `items` are the draft's.

    What is touched again counts as it was touched last.
    """
    held = {one.key: one for one in items}
    touched: set[str] = set()
    lost = 0
    for step in reversed(list(steps)):
        keys = _decided(step, held) - touched
        lost += bool(keys) and not _is_kept([held[key] for key in keys if key in held])
        touched |= {*step.drop, *(row.key for row in step.put)}
    return lost


def _decided(step: Edit, held: dict[str, PlanItem]) -> set[str]:
    """What the step placed, else what it changed or took off. It holds what takes it back: the rows before it, and
    the keys that it added. What it only pinned or let go is left out: a computation follows that."""
    if step.drop:
        return set(step.drop)
    return {row.key for row in step.put if row.key not in held or not _stands(row, held[row.key])}


def _stands(was: PlanItem, now: PlanItem) -> bool:
    return replace(was, pinned=False) == replace(now, pinned=False)


def _is_kept(placed: list[PlanItem]) -> bool:
    leading = [one for one in placed if one.kind in LEADING] or placed
    return bool(leading) and all(one.pinned for one in leading)
