"""Two plans of one problem side by side: what differs, for whom, and item by item in each level.

The differences of a level's items sum to the difference of its values.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from planner.audit import Auditor
from planner.kept import content, things
from planner.plan import LEVEL_NAMES, Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Problem


class ItemDifference(NamedTuple):
    """What one part of a level costs in the first and in the second plan."""

    about: str
    before: int
    after: int


class LevelDifference(NamedTuple):
    """One level in both plans; the items' differences sum to the level's."""

    level: str
    before: int
    after: int
    items: tuple[ItemDifference, ...]


class ThingDifference(NamedTuple):
    """One assignment that differs: `before` null is new, `after` null is gone.

    `staff`, `participants` and `sites` are those concerned by either of the two.
    """

    name: str
    before: Activity | Visit | None
    after: Activity | Visit | None
    staff: tuple[str, ...]
    participants: tuple[str, ...]
    sites: tuple[str, ...]


class Comparison(NamedTuple):
    levels: tuple[LevelDifference, ...]
    things: tuple[ThingDifference, ...]

    def for_staff(self, staff: str) -> tuple[ThingDifference, ...]:
        """What differs for one person of the team."""
        return tuple(one for one in self.things if staff in one.staff)


def compare(problem: Problem, first: Plan, second: Plan) -> Comparison:
    """What the second plan changes of the first; both are plans of this problem."""
    auditor = Auditor(problem)
    return compare_audited(auditor, auditor, first, second)


def compare_audited(first_of: Auditor, second_of: Auditor, first: Plan, second: Plan) -> Comparison:
    """The same for plans of one month under two sets of facts."""
    before, after = first_of.audit(first), second_of.audit(second)
    levels = tuple(
        LevelDifference(
            name,
            before.goals[name],
            after.goals[name],
            _items(before.items[name], after.items[name]),
        )
        for name in LEVEL_NAMES
    )
    return Comparison(levels, differences(first_of.view(first), second_of.view(second)))


def _items(
    before: tuple[tuple[str, int], ...], after: tuple[tuple[str, int], ...]
) -> tuple[ItemDifference, ...]:
    costs: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for side, items in zip(costs, (before, after), strict=True):
        for about, cost in items:
            side[about] += cost
    abouts = sorted({*costs[0], *costs[1]})
    found = (ItemDifference(about, costs[0][about], costs[1][about]) for about in abouts)
    return tuple(one for one in found if one.before != one.after)


def differences(first: PlanView, second: PlanView) -> tuple[ThingDifference, ...]:
    """What is new, gone, or elsewhere, by name; office half-days follow their interviews."""
    before, after = things(first), things(second)
    found = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        same = old is not None and new is not None and content(old) == content(new)
        if not same and not name.startswith("office "):
            sides = [one for one in (old, new) if one is not None]
            found.append(
                ThingDifference(
                    name,
                    old,
                    new,
                    _distinct(person for one in sides for person in staff_of(one)),
                    _distinct(person for one in sides for person in participants_of(one)),
                    _distinct(one.site for one in sides if one.site is not None),
                )
            )
    return tuple(found)


def staff_of(thing: Activity | Visit) -> tuple[str, ...]:
    return (thing.staff,) if isinstance(thing, Visit) else thing.staff


def participants_of(thing: Activity | Visit) -> tuple[str, ...]:
    """Whom an interview or a promotion's session expects."""
    if isinstance(thing, Visit):
        return (thing.need.participant,) if thing.need.participant else ()
    return thing.promotion.participants if thing.promotion else ()


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
