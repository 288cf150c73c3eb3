"""What a plan breaks by the facts of one problem, and which things of the board each breach speaks of."""

from collections.abc import Mapping
from typing import NamedTuple

from planner.audit import Auditor
from planner.breach import Breach
from planner.plan import Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Problem
from service.pages.board.surplus import pointed
from service.translate.item_keys import item_key

Keys = Mapping[str, tuple[str, ...]]
"""Of the board, by the key under which a breach names an assignment."""


class Judged(NamedTuple):
    """`excused`: what a pin, a publication or the past keeps against a rule."""

    violations: tuple[Breach, ...]
    excused: tuple[Breach, ...]
    keys: Keys

    def shown(self, breach: Breach) -> tuple[str, ...]:
        """Keys of the things of the board that make a breach."""
        return tuple(dict.fromkeys(key for name in breach.items for key in self.keys.get(name, ())))


def judge(problem: Problem, plan: Plan) -> Judged:
    """Of a plan whose codes the problem knows. Computes: call it in a thread."""
    auditor = Auditor(problem)
    view = auditor.view(plan)
    violations, overruled = auditor.judge(view)
    violations = pointed(view, violations)
    excused = pointed(view, (one.breach for one in overruled))
    named = {key for breach in (*violations, *excused) for key in breach.items}
    return Judged(violations, excused, _keys(view, named) if named else {})


def _keys(view: PlanView, named: set[str]) -> Keys:
    laid: tuple[Activity | Visit, ...] = (*view.activities, *view.visits)
    return {
        thing.key: tuple(item_key(view.records[id(one)], view.problem.zone) for one in _shown(view, thing))
        for thing in laid
        if thing.key in named
    }


def _shown(view: PlanView, thing: Activity | Visit) -> tuple[Activity | Visit, ...]:
    """The board shows an office half-day as the interviews in it."""
    is_office = isinstance(thing, Activity) and thing.kind == "office"
    return tuple(view.visits_of.get(thing.key, ())) if is_office else (thing,)
