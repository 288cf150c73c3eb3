"""Rule `partner_places`: partners find the places that were promised to them."""

from collections import Counter
from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_keys import permanence_key
from planner.plan_view import PlanView


class PartnerPlaces:
    """Of a permanence's places (slots x staff), the cadence's `partner_places` stay free of planned
    interviews; a partner's booking takes one of them, and what partners booked beyond stays theirs.
    An interview takes each slot that it touches, one pinned between two slots both; where nothing is
    kept nothing can be short.

    Why: a SPIP that finds no place twice stops orienting people.
    """

    name = "partner_places"
    codes: tuple[str, ...] = ("too_few_free",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: places short, at most those that planned interviews take."""
        booked = Counter(
            permanence_key(booking.cadence, booking.on, booking.half_day) for booking in view.problem.booked
        )
        for permanence in view.permanences:
            promised = permanence.cadence.partner_places if permanence.cadence else 0
            kept = max(promised, booked[permanence.key])
            visits = view.visits_of.get(permanence.key, ())
            if not kept or not visits:
                continue
            hours = view.territory.hours(permanence.site, permanence.on, permanence.half_days[0])
            places = hours.slot_count * len(permanence.staff)
            planned = sum(hours.slots_touched(visit.interval) for visit in visits)
            short = min(planned, planned + kept - places)
            if short > 0:
                yield Breach(
                    self.name,
                    "too_few_free",
                    permanence.about,
                    permanence.on,
                    short,
                    half_day=permanence.half_days[0],
                    site=permanence.site,
                    items=(permanence.key, *(visit.key for visit in visits)),
                )
