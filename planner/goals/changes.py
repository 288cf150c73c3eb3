"""Goal `changes`: published things that move, by how soon and how much."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from planner.goals.item import Item
from planner.kept import things
from planner.plan_keys import permanence_key
from planner.plan_view import Activity, PlanView, Visit

SOON = ((7, 4), (14, 2))
"""Days from today to the published start, and what a change within them is multiplied by."""

DROPPED = 4
PERMANENCE_GONE = 3
BOOKING_GONE = 4
START_DIFFERS = 2


class Changes:
    """Sum over things published from `today_on` on of f x (dropped 4, a permanence's key 3; else
    start differs 2 + site or room differs 1 + 1 per published staff member no longer there)
    + f x 4 per partner's booking whose permanence is gone; f = 4 within 7 days, 2 within 14, else 1.

    Why: each change is a call to make, sooner for what comes sooner.
    """

    name = "changes"

    def items(self, view: PlanView) -> Iterator[Item]:
        """One item per published thing that changes. Office half-days cost nothing."""
        if view.published is None:
            return
        planned = things(view)
        booked = bookings_of(view)
        for name, thing in things(view.published).items():
            cost = cost_of_change(view, thing, planned.get(name), booked)
            if cost:
                yield Item(thing.key, cost)


def bookings_of(view: PlanView) -> Counter[str]:
    """Partners' bookings by the permanence they stand in."""
    return Counter(
        permanence_key(booking.cadence, booking.on, booking.half_day) for booking in view.problem.booked
    )


def cost_of_change(
    view: PlanView, thing: Activity | Visit, found: Activity | Visit | None, booked: Counter[str]
) -> int:
    """What becomes of one published thing; `found` is the same in the plan, none where it is gone."""
    if thing.on < view.horizon.today_on or not _is_asked(thing):
        return 0
    cost = _difference(thing, found) if found is not None else _dropped(thing, booked)
    return cost * _urgency(view, thing)


def _is_asked(thing: Activity | Visit) -> bool:
    """Whether the problem still asks for a published thing, as far as its records alone say."""
    if isinstance(thing, Visit):
        return True
    if thing.kind == "office" or (thing.sequence is not None and thing.sequence.done_on is not None):
        return False
    cadence = thing.cadence
    if cadence is None or not cadence.weekdays or cadence.asked or cadence.follows:
        return True
    moved = {exception.on: exception.to_on for exception in cadence.exceptions}
    on_its_day = thing.on.isoweekday() in cadence.weekdays and thing.on not in moved
    return on_its_day or thing.on in moved.values()


def _dropped(thing: Activity | Visit, booked: Counter[str]) -> int:
    if isinstance(thing, Activity) and thing.kind == "permanence":
        return PERMANENCE_GONE + BOOKING_GONE * booked[thing.key]
    return DROPPED


def _difference(thing: Activity | Visit, found: Activity | Visit) -> int:
    """What differs between a published thing and what the plan makes of it."""
    gone = len(set(_staff(thing)) - set(_staff(found)))
    if isinstance(thing, Activity) and thing.kind == "permanence":
        return gone
    moved = START_DIFFERS if thing.interval[0] != found.interval[0] else 0
    return moved + (_place(thing) != _place(found)) + gone


def _staff(thing: Activity | Visit) -> tuple[str, ...]:
    return (thing.staff,) if isinstance(thing, Visit) else thing.staff


def _place(thing: Activity | Visit) -> tuple[str | None, str | None]:
    return thing.site, None if isinstance(thing, Visit) else thing.room


def _urgency(view: PlanView, thing: Activity | Visit) -> int:
    for days, factor in SOON:
        if thing.on < view.horizon.today_on + timedelta(days=days):
            return factor
    return 1
