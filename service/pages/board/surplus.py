"""Which things are the ones too many where a month, a week or a day holds more than it may: the audit counts them alike."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from planner.breach import Breach
from planner.kept import content, name_of, pinned_names, things
from planner.plan_view import Activity, PlanView, Visit
from service.pages.board.ahead import ends_on

Thing = Activity | Visit


def pointed(view: PlanView, breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    """The breaches; those of a count name as many things as are too many."""
    told = tuple(breaches)
    if not any(map(_counts, told)):
        return told
    kept = _kept(view)
    return tuple(
        one._replace(items=tuple(thing.key for thing in _surplus(view, one, kept))) if _counts(one) else one
        for one in told
    )


def _counts(breach: Breach) -> bool:
    return breach.rule == "workload" or _is_of_cadence(breach)


def _is_of_cadence(breach: Breach) -> bool:
    """Of a month; that of one date names the thing itself."""
    return breach.rule == "cadence" and breach.code == "too_many" and breach.half_day is None


def _kept(view: PlanView) -> frozenset[str]:
    """Names of what is pinned, or stands as it is published."""
    published = things(view.published) if view.published else {}
    stands = (
        name
        for name, thing in things(view).items()
        if name in published and content(published[name]) == content(thing)
    )
    return frozenset([*pinned_names(view), *stands])


def _surplus(view: PlanView, breach: Breach, kept: frozenset[str]) -> list[Thing]:
    """First what neither a pin nor a publication keeps, and of that the latest."""
    together: dict[Hashable, list[Thing]] = defaultdict(list)
    for unit, thing in _units(view, breach):
        together[unit].append(thing)
    ordered = sorted(
        together.values(),
        key=lambda some: (not any(name_of(one) in kept for one in some), some[0].on, some[0].interval),
    )
    found = {one.key: one for some in ordered[-breach.amount :] for one in some}
    return list(found.values())


def _units(view: PlanView, breach: Breach) -> Iterable[tuple[Hashable, Thing]]:
    """What the breach counts, each with the thing that makes it: half-days of a person, else days or things of a cadence."""
    if _is_of_cadence(breach):
        cadence = view.territory.cadences[breach.about]
        is_by_day = cadence.kind == "permanence" and cadence.length == "day"
        for key in breach.items:
            thing = view.by_key[key]
            yield (thing.on if is_by_day else key), thing
        return
    for one in view.activities:
        if breach.about in one.staff and breach.on <= one.on <= ends_on(breach):
            yield from (((one.on, half_day), one) for half_day in one.half_days)
    for visit in view.visits:
        alone = visit.presence is None and visit.staff == breach.about
        if alone and breach.on <= visit.on <= ends_on(breach):
            yield (visit.on, visit.half_day), visit
