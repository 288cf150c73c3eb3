"""Rule `interview_capacity`: interviews stand on slots, and nobody meets two people at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from planner.breach import Breach
from planner.horizon import Interval, touches
from planner.plan_keys import permanence_key
from planner.plan_view import Activity, PlanView, Visit

Taken = tuple[Interval, str]
"""When a place of a site is taken, and by what: an interview, or the permanence that a partner booked."""


class InterviewCapacity:
    """An interview takes `slots` slots in a row of its site's opening; a person holds one at a
    time, calls included; a slot of a permanence that partners booked leaves that much less staff;
    at one instant a site holds at most `interview_places`, partners' bookings included.

    Why: a conversation needs a person and a closed door.
    """

    name = "interview_capacity"
    codes: tuple[str, ...] = ("off_slots", "two_people", "slot_booked", "places_full")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: places short, else 1."""
        for visit in view.visits:
            if visit.opening and not visit.opening.is_run(visit.interval, visit.need.slots):
                yield self._breach("off_slots", visit, 1)
        for visits in view.visits_by_day.values():
            for one, other in _at_once(visits):
                yield Breach(
                    self.name,
                    "two_people",
                    one.staff,
                    one.on,
                    half_day=other.half_day,
                    fact=f"{one.key} + {other.key}",
                    items=(one.key, other.key),
                )
        booked = _booked_slots(view)
        yield from self._slots_booked(view, booked)
        yield from self._places(view, booked)

    def _slots_booked(self, view: PlanView, booked: dict[str, Counter[int]]) -> Iterator[Breach]:
        for key, slots in booked.items():
            permanence = view.by_key[key]
            hours = view.territory.hours(permanence.site, permanence.on, permanence.half_days[0])
            for slot, bookings in sorted(slots.items()):
                interval = hours.slot_interval(slot)
                held = [visit for visit in view.visits_of.get(key, ()) if touches(visit.interval, interval)]
                over = len(held) + bookings - len(permanence.staff)
                if held and over > 0:
                    keys = (permanence.key, *(visit.key for visit in held))
                    hour, amount = view.horizon.hour_of(interval[0]), min(over, len(held))
                    yield self._booked(permanence, hour, amount, keys)

    def _places(self, view: PlanView, booked: dict[str, Counter[int]]) -> Iterator[Breach]:
        taken: dict[tuple[str, date], list[Taken]] = defaultdict(list)
        for visit in view.visits:
            if visit.site is not None:
                taken[visit.site, visit.on].append((visit.interval, visit.key))
        for key, slots in booked.items():
            permanence = view.by_key[key]
            hours = view.territory.hours(permanence.site, permanence.on, permanence.half_days[0])
            for slot, bookings in slots.items():
                taken[permanence.site, permanence.on] += [(hours.slot_interval(slot), key)] * bookings
        for (site, on), places_taken in taken.items():
            places = view.territory.sites[site].interview_places
            if len(places_taken) > places:
                yield from self._crowded(view, site, on, places_taken, places)

    def _crowded(
        self, view: PlanView, site: str, on: date, taken: list[Taken], places: int
    ) -> Iterator[Breach]:
        """Names the interviews of an instant, then for each booking its permanence."""
        for start in sorted({interval[0] for interval, _ in taken}):
            keys = tuple(key for interval, key in taken if interval[0] <= start < interval[1])
            over = len(keys) - places
            if over > 0:
                half_day = view.territory.half_days(site, on, (start, start + 1))[0]
                hour = view.horizon.hour_of(start)
                yield Breach(self.name, "places_full", site, on, over, half_day, site, fact=hour, items=keys)

    def _booked(self, permanence: Activity, hour: str, amount: int, keys: tuple[str, ...]) -> Breach:
        return Breach(
            self.name,
            "slot_booked",
            permanence.about,
            permanence.on,
            amount,
            half_day=permanence.half_days[0],
            site=permanence.site,
            fact=hour,
            items=keys,
        )

    def _breach(self, code: str, visit: Visit, amount: int) -> Breach:
        return Breach(
            self.name,
            code,
            visit.key,
            visit.on,
            amount,
            half_day=visit.half_day,
            site=visit.site,
            items=(visit.key,),
        )


def _at_once(visits: list[Visit]) -> Iterator[tuple[Visit, Visit]]:
    """Every two interviews that share a minute, the earlier first."""
    ordered = sorted(visits, key=lambda visit: (visit.interval, visit.key))
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.interval[0] >= one.interval[1]:
                break
            yield one, other


def _booked_slots(view: PlanView) -> dict[str, Counter[int]]:
    """How many partners' bookings each slot of each permanence of the plan has.

    A slot that the opening has no more holds nobody: its booking is for a person to place anew.
    """
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for booking in view.problem.booked:
        key = permanence_key(booking.cadence, booking.on, booking.half_day)
        permanence = view.by_key.get(key)
        opening = permanence and view.territory.opening(permanence.site, booking.on, booking.half_day)
        if opening and booking.slot < opening.slot_count:
            found[key][booking.slot] += 1
    return found
