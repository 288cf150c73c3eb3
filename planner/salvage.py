"""What of a plan still stands beside what is fixed, in plain Python: where there is no time for more.

A re-plan that has no time at all drops what a new fact broke, and nothing else. A plan of the model that
the checker refuses loses what the checker names, not the month: of two things that cannot stand together
both are named, and the one that then fits is put back.
"""

from collections.abc import Iterable, Iterator
from time import monotonic

from planner.audit import Auditor
from planner.breach import Breach
from planner.fit import Fit
from planner.kept import things
from planner.plan import Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.records import HalfDay
from planner.wanted import joined, records_of, without

MOST_ROUNDS = 20
"""What is dropped may leave others without a presence, or a session without the one before."""
COUNTED = ("cadence", "interview_capacity", "partner_places")
"""Rules that name all of which some are too many: the `amount` of them that come last are dropped."""


def with_what_stands(auditor: Auditor, fixed: Plan, until: float) -> Plan:
    """A clean plan with what is fixed and what of the published plan breaks nothing; at worst what is fixed.

    Past the monotonic second `until` nothing more is dropped: what is fixed it is, then.
    """
    if auditor.published is None:
        return fixed
    settled = things(auditor.view(fixed))
    more = tuple(thing for name, thing in things(auditor.published).items() if name not in settled)
    plan = joined(fixed, records_of(auditor.published, more))
    return without_breaches(auditor, plan, fixed, until) or fixed


def without_breaches(auditor: Auditor, plan: Plan, fixed: Plan, until: float) -> Plan | None:
    """What of a plan is clean beside what is fixed; none where that is not found in time."""
    settled = set(things(auditor.view(fixed)))
    whole = auditor.view(plan)
    for number in range(MOST_ROUNDS):
        view = auditor.view(plan)
        broken = auditor.audit(plan).violations
        if not broken:
            return _filled(auditor, plan, whole, until) if number else plan
        gone = tuple(to_drop(view, broken, settled))
        if not gone or monotonic() > until:
            break
        plan = without(plan, records_of(view, gone))
    return None


def _filled(auditor: Auditor, plan: Plan, whole: PlanView, until: float) -> Plan:
    """A clean plan with what else of the whole stands beside it, tried one after the other while there is time."""
    fuller, fit = plan, Fit(auditor, plan)
    for adds in _dropped(plan, whole):
        if monotonic() > until:
            break
        missing = without(adds, fuller)
        if fit.fits(missing):
            fuller = joined(fuller, missing)
            fit = Fit(auditor, fuller)
    return fuller if fuller is plan or auditor.audit(fuller).is_clean else plan


def _dropped(plan: Plan, whole: PlanView) -> Iterator[Plan]:
    """What of the whole a plan lacks, an office half-day beside each of its interviews."""
    there = {*plan.permanences, *plan.sessions, *plan.interviews}
    every: tuple[Activity | Visit, ...] = (*whole.permanences, *whole.sessions, *whole.visits)
    for thing in every:
        adds = [thing]
        if isinstance(thing, Visit) and thing.presence is not None and thing.presence.kind == "office":
            adds.append(thing.presence)
        if whole.records[id(thing)] not in there:
            yield records_of(whole, tuple(adds))


def to_drop(view: PlanView, broken: Iterable[Breach], settled: set[str]) -> Iterator[Activity | Visit]:
    """What breaches name, or as many of it as are too many, else all of that person on that date, else all
    that is at that site in that half-day.

    Nothing that is fixed.
    """
    loose = [thing for name, thing in things(view).items() if name not in settled]
    gone: dict[int, Activity | Visit] = {}
    for breach, named in sorted(_named(loose, broken), key=lambda pair: len(pair[1])):
        there = [thing for thing in loose if thing.on == breach.on]
        dropped = (
            (_last(named, breach.amount, gone) if breach.rule in COUNTED else named)
            if named
            else [thing for thing in there if breach.about in _staff(thing)]
            or [thing for thing in there if thing.site == breach.site and _is_in(thing, breach.half_day)]
        )
        gone |= {id(thing): thing for thing in dropped}
    yield from gone.values()


def _named(
    loose: list[Activity | Visit], broken: Iterable[Breach]
) -> Iterator[tuple[Breach, list[Activity | Visit]]]:
    for breach in broken:
        keys = {breach.about, breach.fact, *breach.items}
        yield breach, [thing for thing in loose if thing.key in keys]


def _last(
    named: list[Activity | Visit], amount: int, gone: dict[int, Activity | Visit]
) -> list[Activity | Visit]:
    """As many of the last as are still too many when some are gone."""
    left = [thing for thing in named if id(thing) not in gone]
    more = max(0, amount - (len(named) - len(left)))
    return left[len(left) - more :] if more <= len(left) else left


def _is_in(thing: Activity | Visit, half_day: HalfDay | None) -> bool:
    return half_day in (None, *((thing.half_day,) if isinstance(thing, Visit) else thing.half_days))


def _staff(thing: Activity | Visit) -> tuple[str, ...]:
    return (thing.staff,) if isinstance(thing, Visit) else thing.staff
