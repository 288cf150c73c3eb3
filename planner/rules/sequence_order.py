"""Rule `sequence_order`: a promotion goes through its sequences in order, at its own pace."""

from collections.abc import Iterator
from datetime import date

from planner.breach import Breach
from planner.plan_keys import sequence_key
from planner.plan_view import Activity, PlanView
from planner.problem import Promotion, Sequence
from planner.territory import Territory


class SequenceOrder:
    """A session of a promotion stands at its site, on its weekday and half-day if it has them,
    within its sequence's window. Sequence k needs k - 1 placed or done, `min_days..max_days` of k
    before it; the partner's intervention needs every sequence, its days counted from the latest.

    Why: the programme builds up week after week, and the partner meets a group that went through it.
    """

    name = "sequence_order"
    codes: tuple[str, ...] = (
        "wrong_site",
        "wrong_weekday",
        "wrong_half_day",
        "outside_window",
        "already_done",
        "previous_missing",
        "too_early",
        "too_late",
    )

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: days short or over, else 1."""
        for activity in view.sessions:
            if activity.promotion and activity.sequence:
                yield from self._place(activity, activity.promotion, activity.sequence)
        for promotion in {a.promotion.id: a.promotion for a in view.sessions if a.promotion}.values():
            yield from self._order(view, promotion)

    def _place(self, activity: Activity, promotion: Promotion, sequence: Sequence) -> Iterator[Breach]:
        if activity.site != promotion.site:
            yield self._breach("wrong_site", activity)
        if promotion.weekday is not None and activity.on.isoweekday() != promotion.weekday:
            yield self._breach("wrong_weekday", activity)
        if promotion.half_day is not None and promotion.half_day not in activity.half_days:
            yield self._breach("wrong_half_day", activity)
        outside = max((sequence.from_on - activity.on).days, (activity.on - sequence.until_on).days)
        if outside > 0:
            yield self._breach("outside_window", activity, outside)
        if sequence.done_on is not None and sequence.done_on != activity.on:
            yield self._breach("already_done", activity)

    def _order(self, view: PlanView, promotion: Promotion) -> Iterator[Breach]:
        dates = _dates(view, promotion)
        steps = [sequence for sequence in promotion.sequences if not sequence.intervention]
        for index, sequence in enumerate(steps):
            if index and sequence.id in dates:
                yield from self._after(view, promotion, sequence, steps[index - 1 : index], dates)
        for sequence in promotion.sequences:
            if sequence.intervention and sequence.id in dates:
                yield from self._after(view, promotion, sequence, steps, dates)

    def _after(
        self,
        view: PlanView,
        promotion: Promotion,
        sequence: Sequence,
        before: list[Sequence],
        dates: dict[str, date],
    ) -> Iterator[Breach]:
        """What is wrong between a sequence and those that it comes after."""
        planned = {step.id: view.by_sequence.get((promotion.id, step.id)) for step in (*before, sequence)}
        activity = planned[sequence.id]
        for step in before:
            if step.id not in dates and activity is not None:
                yield self._breach("previous_missing", activity, fact=step.id, missing=True)
        known = [step for step in before if step.id in dates]
        latest = max(known, key=lambda step: dates[step.id], default=None)
        if latest is not None and (planned[latest.id] or activity):
            yield from self._distance(promotion, sequence, latest, dates)

    def _distance(
        self, promotion: Promotion, sequence: Sequence, latest: Sequence, dates: dict[str, date]
    ) -> Iterator[Breach]:
        days = (dates[sequence.id] - dates[latest.id]).days
        least = max(1, sequence.min_days) if sequence.intervention else sequence.min_days
        code, amount = ("too_early", least - days) if days < least else ("too_late", days - sequence.max_days)
        if amount > 0:
            about = sequence_key(promotion.id, sequence.id)
            items = (sequence_key(promotion.id, latest.id), about)
            yield Breach(self.name, code, about, dates[sequence.id], amount, fact=latest.id, items=items)

    def _breach(
        self, code: str, activity: Activity, amount: int = 1, *, fact: str = "", missing: bool = False
    ) -> Breach:
        return Breach(
            self.name,
            code,
            activity.about,
            activity.on,
            amount,
            site=activity.site,
            fact=fact,
            items=(activity.key,),
            missing=missing,
        )


def _dates(view: PlanView, promotion: Promotion) -> dict[str, date]:
    """When each sequence takes place: in the plan, else done, else published outside the horizon."""
    found = dict(_published_elsewhere(view.territory, promotion))
    found |= {sequence.id: sequence.done_on for sequence in promotion.sequences if sequence.done_on}
    for sequence in promotion.sequences:
        activity = view.by_sequence.get((promotion.id, sequence.id))
        if activity is not None:
            found[sequence.id] = activity.on
    return found


def _published_elsewhere(territory: Territory, promotion: Promotion) -> Iterator[tuple[str, date]]:
    published = territory.problem.published
    for session in published.sessions if published else ():
        on = territory.horizon.date_at(session.starts_at)
        if session.promotion == promotion.id and session.sequence and on not in territory.horizon:
            yield session.sequence, on
