"""Rule `spacing`: the dates of one cadence keep their distance."""

from collections.abc import Iterator
from typing import NamedTuple

from planner.asked import Occurrence, occurrence, past_occurrences
from planner.breach import Breach
from planner.plan_view import Activity, PlanView
from planner.problem import Cadence


class Dated(NamedTuple):
    """One occurrence of a cadence, with what the plan has of it (nothing: history)."""

    occurrence: Occurrence
    planned: tuple[Activity, ...]


class Spacing:
    """Any two dates of one cadence, history included, are at least `min_days` apart.

    Why: two permanences on neighbouring days meet the same people and leave the month empty.
    """

    name = "spacing"
    codes: tuple[str, ...] = ("too_close",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: days short."""
        for cadence_id in view.by_cadence:
            cadence = view.territory.cadences[cadence_id]
            dates = _dates(view, cadence)
            for index, earlier in enumerate(dates):
                yield from self._at_once(cadence, earlier)
                for later in dates[index + 1 :]:
                    days = (later.occurrence[0] - earlier.occurrence[0]).days
                    if days >= cadence.min_days:
                        break
                    if earlier.planned or later.planned:
                        yield self._breach(cadence, earlier, later, cadence.min_days - days)

    def _at_once(self, cadence: Cadence, dated: Dated) -> Iterator[Breach]:
        """Two open sessions in one half-day are no day apart; the halves of a whole day are one thing."""
        halves = {activity.half_days for activity in dated.planned}
        if len(dated.planned) > len(halves) and cadence.min_days > 0:
            yield self._breach(cadence, dated, dated, cadence.min_days)

    def _breach(self, cadence: Cadence, earlier: Dated, later: Dated, amount: int) -> Breach:
        return Breach(
            self.name,
            "too_close",
            cadence.id,
            later.occurrence[0],
            amount,
            half_day=later.occurrence[1],
            fact=" ".join(filter(None, (earlier.occurrence[0].isoformat(), earlier.occurrence[1]))),
            items=tuple(dict.fromkeys(one.key for one in (*earlier.planned, *later.planned))),
        )


def _dates(view: PlanView, cadence: Cadence) -> list[Dated]:
    """Occurrences in order: the plan's, history's, and those published outside the horizon."""
    planned: dict[Occurrence, list[Activity]] = {}
    for activity in view.by_cadence[cadence.id]:
        planned.setdefault(occurrence(cadence, activity.on, activity.half_days[0]), []).append(activity)
    history = {occurrence(cadence, record.on, record.half_day) for record in cadence.history}
    elsewhere = {found for found in past_occurrences(view.territory, cadence) if found[0] not in view.horizon}
    every = sorted(planned.keys() | history | elsewhere, key=lambda found: (found[0], found[1] or ""))
    return [Dated(found, tuple(planned.get(found, ()))) for found in every]
