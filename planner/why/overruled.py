"""Breaches that people decided: the pins that make each, and the facts that they go against."""

from planner.audit import Auditor
from planner.breach import Breach
from planner.kept import things
from planner.plan import Plan
from planner.plan_view import PlanView
from planner.records import Record
from planner.wanted import records_of
from planner.why.blame import Case, conditions_of
from planner.why.fact import Fact
from planner.why.holders import Holders


class Overruling(Record, frozen=True, kw_only=True):
    """One excused breach: `decided` names the pinned, past and frozen assignments, `facts` what they break."""

    breach: Breach
    decided: tuple[str, ...]
    facts: tuple[Fact, ...]


def overrulings(auditor: Auditor, plan: Plan) -> tuple[Overruling, ...]:
    """Every breach of a plan that is listed as overruled, with what makes it."""
    view = auditor.view(plan)
    holders = Holders(auditor, view)
    return tuple(
        Overruling(breach=one.breach, decided=one.because, facts=_facts(view, holders, one.breach))
        for one in auditor.audit(plan).overruled
    )


def _facts(view: PlanView, holders: Holders, breach: Breach) -> tuple[Fact, ...]:
    """The records other than the assignments themselves."""
    by_key = {thing.key: thing for thing in things(view).values()}
    named = [by_key[key] for key in breach.items if key in by_key][:1]
    added = PlanView(view.territory, records_of(view, tuple(named)))
    for condition in conditions_of(Case(breach, added, holders)):
        facts = [fact for fact in condition if fact.kind not in ("pin", "published", "placed")]
        return tuple(sorted(facts, key=lambda fact: fact.order))
    return ()
