"""Goal `comfort`: wishes, travel, a spread month, filled office half-days, short waits."""

from collections.abc import Iterator
from datetime import date

from planner.asked import asked_and_placed
from planner.goals.item import Item
from planner.goals.travel import travel_minutes
from planner.plan_view import PlanView
from planner.problem import Cadence, StaffMember, Wish
from planner.territory import Moment


class Comfort:
    """[`avoid`] per engaged half-day that a person would rather avoid + [`prefer`] per preferred
    half-day of the horizon not engaged + [`travel`] per started 10 minutes of a person's day +
    [`spread`] per equal part of the horizon without a permanence of a monthly cadence that asks two
    or more + [`single`] per office half-day with one interview + [`urgent_wait`] per day that an
    urgent interview waits + [`extra`] per permanence beyond what is asked.

    Why: a plan that people can live with is a plan that is kept.
    """

    name = "comfort"

    def items(self, view: PlanView) -> Iterator[Item]:
        """Items of each kind in turn, those without cost left out."""
        for about, price, units in _parts(view):
            cost = view.territory.weights[price] * units
            if cost:
                yield Item(f"{price} {about}", cost)


def _parts(view: PlanView) -> Iterator[tuple[str, str, int]]:
    """(about, name of the weight, units) of everything that costs comfort."""
    for person in view.problem.staff:
        yield from _wishes(view, person)
    for (staff, on), minutes in travel_minutes(view).items():
        yield f"{staff} {on.isoformat()}", "travel", -(-minutes // 10)
    for cadence in view.problem.cadences:
        if cadence.kind == "permanence":
            yield from _cadence(view, cadence)
    for office in view.offices:
        yield office.key, "single", int(len(view.visits_of.get(office.key, ())) == 1)
    for visit in view.visits:
        if visit.need.priority == "urgent":
            since = max(visit.need.from_on, view.horizon.first_on)
            yield visit.key, "urgent_wait", max(0, (visit.on - since).days)


def _wishes(view: PlanView, person: StaffMember) -> Iterator[tuple[str, str, int]]:
    if not person.wishes:
        return
    engaged = view.engaged(person.id)
    avoided = {m for wish in person.wishes if wish.wish == "avoid" for m in named_half_days(view, wish)}
    preferred = {m for wish in person.wishes if wish.wish == "prefer" for m in named_half_days(view, wish)}
    for on, half_day in sorted(avoided & engaged):
        yield f"{person.id} {on.isoformat()} {half_day}", "avoid", 1
    for on, half_day in sorted(preferred - engaged):
        yield f"{person.id} {on.isoformat()} {half_day}", "prefer", 1


def named_half_days(view: PlanView, wish: Wish) -> Iterator[Moment]:
    """The half-days of the horizon that a wish names."""
    for on in view.horizon.days:
        if on == wish.on or on.isoweekday() == wish.weekday:
            yield on, wish.half_day


def _cadence(view: PlanView, cadence: Cadence) -> Iterator[tuple[str, str, int]]:
    for month, asked, placed in asked_and_placed(view, cadence):
        yield f"{cadence.id} {month}".strip(), "extra", max(0, placed - asked)
    if view.territory.is_monthly(cadence) and cadence.asked >= 2:
        yield cadence.id, "spread", cadence.asked - len(_parts_served(view, cadence))


def _parts_served(view: PlanView, cadence: Cadence) -> set[int]:
    """Which of the `asked` equal parts of the horizon have a permanence of the cadence."""
    first, days = view.horizon.first_on, len(view.horizon.days)
    return {
        part_of_horizon(activity.on, first, cadence.asked, days)
        for activity in view.by_cadence.get(cadence.id, ())
    }


def part_of_horizon(on: date, first: date, asked: int, days: int) -> int:
    """Which of `asked` equal parts of the horizon a date lies in, from 0."""
    return (on - first).days * asked // days
