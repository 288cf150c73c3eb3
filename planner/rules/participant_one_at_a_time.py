"""Rule `participant_one_at_a_time`: nobody is expected in two places, nor too often."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from planner.breach import Breach
from planner.plan_view import Activity, PlanView, Visit, overlaps
from planner.records import HalfDay


class ParticipantOneAtATime:
    """At most one interview or session of a participant in a half-day, unless at the same site at
    separate times. Two interviews of one participant are at least the larger of their `min_days`
    apart, and each at least its own from `last_on`.

    Why: people cross a département by bus, and need time between two appointments.
    """

    name = "participant_one_at_a_time"
    codes: tuple[str, ...] = ("same_half_day", "too_close", "too_soon_after_last")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: days short, else 1."""
        for (participant, on, half_day), things in _by_half_day(view).items():
            for one, other in combinations(things, 2):
                together = one.site is not None and one.site == other.site
                if overlaps(one, other) or not together:
                    keys = tuple(sorted((one.key, other.key)))
                    fact = " + ".join(keys)
                    yield Breach(
                        self.name, "same_half_day", participant, on, half_day=half_day, fact=fact, items=keys
                    )
        yield from self._distances(view)

    def _distances(self, view: PlanView) -> Iterator[Breach]:
        by_participant: dict[str, list[Visit]] = defaultdict(list)
        for visit in view.visits:
            if visit.need.participant is not None:
                by_participant[visit.need.participant].append(visit)
            yield from self._from_last(visit)
        for participant, visits in by_participant.items():
            if any(visit.need.min_days for visit in visits):
                for one, other in combinations(
                    sorted(visits, key=lambda visit: (visit.interval, visit.key)), 2
                ):
                    yield from self._between(participant, one, other)

    def _between(self, participant: str, one: Visit, other: Visit) -> Iterator[Breach]:
        short = max(one.need.min_days, other.need.min_days) - (other.on - one.on).days
        if short > 0:
            keys = (one.key, other.key)
            yield Breach(
                self.name, "too_close", participant, other.on, short, fact=" + ".join(keys), items=keys
            )

    def _from_last(self, visit: Visit) -> Iterator[Breach]:
        last_on, least = visit.need.last_on, visit.need.min_days
        if last_on is not None and (visit.on - last_on).days < least:
            short = least - (visit.on - last_on).days
            yield Breach(
                self.name,
                "too_soon_after_last",
                visit.key,
                visit.on,
                short,
                fact=last_on.isoformat(),
                items=(visit.key,),
            )


def _by_half_day(view: PlanView) -> dict[tuple[str, date, HalfDay], list[Visit | Activity]]:
    """The interviews and sessions of each participant in each half-day."""
    found: dict[tuple[str, date, HalfDay], list[Visit | Activity]] = defaultdict(list)
    for visit in view.visits:
        if visit.need.participant is not None:
            found[visit.need.participant, visit.on, visit.half_day].append(visit)
    for session in view.sessions:
        for participant in session.promotion.participants if session.promotion else ():
            for half_day in session.half_days:
                found[participant, session.on, half_day].append(session)
    return found
