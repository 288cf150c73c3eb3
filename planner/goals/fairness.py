"""Goal `fairness`: the load that people like least is shared by the time they have."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from planner.goals.item import Item
from planner.plan_view import Activity, PlanView
from planner.records import HalfDay
from planner.territory import LEDGER_KINDS, Territory

EDGES: tuple[tuple[int, HalfDay], ...] = ((1, "am"), (5, "pm"))
"""Monday morning and Friday afternoon."""


class Fairness:
    """Sum over kinds and people of the sum for j = 1..c of floor(10 (2 o + 200 j - 100) / w).

    c: the plan's count of that kind; w: 100 x available half-days of the person / those of the
    person with most, rounded down, at least 1; o: the person's ledger balance less the smallest of
    that kind. People without an available half-day are left out.

    Why: each further half-day weighs more than the one before, and what was uneven is evened out.
    """

    name = "fairness"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per person and kind."""
        shares = shares_of(view.territory)
        counts = counts_of(view)
        for kind in LEDGER_KINDS:
            balances = {staff: view.territory.staff[staff].ledger.get(kind, 0) for staff in shares}
            least = min(balances.values(), default=0)
            for staff, share in shares.items():
                cost = cost_of_turns(counts[kind][staff], balances[staff] - least, share)
                if cost:
                    yield Item(f"{staff} {kind}", cost)


def shares_of(territory: Territory) -> dict[str, int]:
    """w of each person who has an available half-day in the horizon."""
    available = territory.available_half_days
    most = max(available.values(), default=0)
    return {staff: max(1, 100 * days // most) for staff, days in available.items() if days}


def counts_of(view: PlanView) -> dict[str, Counter[str]]:
    """`[kind][staff]`: how many of each kind the plan gives each person."""
    return {kind: _counts(view, kind) for kind in LEDGER_KINDS}


def cost_of_turns(count: int, owed: int, share: int) -> int:
    """What `count` turns cost a person who is owed `owed` hundredths less than the others."""
    return sum(10 * (2 * owed + 200 * turn - 100) // share for turn in range(1, count + 1))


def _counts(view: PlanView, kind: str) -> Counter[str]:
    """How many of a kind each person has in the plan; permanences count by half-day."""
    found: Counter[str] = Counter()
    for activity in (*view.permanences, *view.sessions):
        if is_of_kind(view, activity, kind):
            found.update(activity.staff)
    return found


def is_of_kind(view: PlanView, activity: Activity, kind: str) -> bool:
    """Whether an activity counts for one of the ledger's kinds."""
    if kind == "far":
        return view.territory.sites[activity.site].far
    if kind == "edges":
        return any(_is_edge(activity.on, half_day) for half_day in activity.half_days)
    return kind == f"{activity.kind}s"


def _is_edge(on: date, half_day: HalfDay) -> bool:
    return (on.isoweekday(), half_day) in EDGES
