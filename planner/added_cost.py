"""What one addition changes in each level's value, without recounting the plan.

The parts of a level that an addition touches are priced before and after it, with the prices of the
goals themselves; a test holds the sums to a full recount.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise

from planner.asked import asked_and_placed, belongs_to_horizon, month_of, parts, site_serves
from planner.goals.changes import bookings_of, cost_of_change
from planner.goals.comfort import named_half_days, part_of_horizon
from planner.goals.fairness import cost_of_turns, counts_of, is_of_kind, shares_of
from planner.horizon import Interval
from planner.kept import things
from planner.plan import LEVEL_NAMES
from planner.plan_view import Activity, PlanView, Visit, presence_of
from planner.problem import Cadence, Sequence
from planner.territory import LEDGER_KINDS, Moment

Costs = tuple[int, ...]
"""One integer for each level, in their order."""

RANK = {name: index for index, name in enumerate(LEVEL_NAMES)}
NOTHING: Costs = (0,) * len(LEVEL_NAMES)


class AddedCost:
    """Prices additions to one plan."""

    def __init__(self, view: PlanView) -> None:
        self.view = view
        self.territory = view.territory
        self.weights = view.territory.weights
        self._travelled: dict[tuple[str, date], int] = {}
        self._asked: dict[str, list[tuple[str, int, int]]] = {}
        self._engaged: dict[str, set[Moment]] = {}

    def of(self, added: PlanView) -> Costs:
        """By how much each level's value rises (falls, where negative)."""
        total: Counter[str] = Counter()
        for level, cost in self._parts(added):
            total[level] += cost
        return tuple(total[name] for name in LEVEL_NAMES)

    def _parts(self, added: PlanView) -> Iterator[tuple[str, int]]:
        yield from self._cadences(added)
        for session in added.sessions:
            if session.sequence is not None:
                yield from self._sequence(session, session.sequence)
        for visit in added.visits:
            yield from self._visit(visit)
        yield from self._changes(added)
        for permanence in added.permanences:
            usual = permanence.cadence.usual_staff if permanence.cadence else ()
            if usual:
                strangers = sum(person not in usual for person in permanence.staff)
                yield "continuity", strangers * self.weights["usual_staff"]
        yield from self._fairness(added)
        yield from self._wishes(added)
        yield from self._travel(added)
        yield from self._singles(added)

    # Needs

    def _cadences(self, added: PlanView) -> Iterator[tuple[str, int]]:
        for cadence_id, activities in added.by_cadence.items():
            cadence = self.territory.cadences[cadence_id]
            monthly = self.territory.is_monthly(cadence)
            months: Counter[str] = Counter()
            for activity in activities:
                if not monthly:
                    months[""] += 1
                elif activity.on >= self.view.horizon.today_on:
                    year, month = month_of(activity.on)
                    months[f"{year}-{month:02}"] += 1
            for name, asked, placed in self._asked_and_placed(cadence):
                yield from self._met(cadence, asked, placed, (asked, placed + months[name]))
            if monthly and cadence.asked >= 2 and cadence.kind == "permanence":
                yield "comfort", -self.weights["spread"] * self._parts_gained(cadence, activities)

    def _asked_and_placed(self, cadence: Cadence) -> list[tuple[str, int, int]]:
        if cadence.id not in self._asked:
            self._asked[cadence.id] = asked_and_placed(self.view, cadence)
        return self._asked[cadence.id]

    def _met(
        self, cadence: Cadence, asked: int, placed: int, after: tuple[int, int]
    ) -> Iterator[tuple[str, int]]:
        """The price of what is missing and of what is too much, from (asked, placed) to `after`."""
        missing = max(0, after[0] - after[1]) - max(0, asked - placed)
        if cadence.kind == "permanence":
            yield "unmet_permanences", missing
            yield "comfort", self.weights["extra"] * (max(0, after[1] - after[0]) - max(0, placed - asked))
        elif cadence.compulsory:
            yield "unmet_sessions", missing
        else:
            yield "unmet_rest", missing * self.weights["rest_session"]

    def _parts_gained(self, cadence: Cadence, activities: list[Activity]) -> int:
        first, days = self.view.horizon.first_on, len(self.view.horizon.days)

        def served(held: list[Activity]) -> set[int]:
            return {part_of_horizon(one.on, first, cadence.asked, days) for one in held}

        before = served(self.view.by_cadence.get(cadence.id, []))
        return len(served(activities) - before)

    def _sequence(self, session: Activity, sequence: Sequence) -> Iterator[tuple[str, int]]:
        promotion = session.promotion
        assert promotion is not None
        open_yet = sequence.done_on is None and (promotion.id, sequence.id) not in self._published_elsewhere
        if open_yet and belongs_to_horizon(self.territory, sequence.from_on, sequence.until_on):
            price = 1 if sequence.compulsory else self.weights["rest_session"]
            yield ("unmet_sessions" if sequence.compulsory else "unmet_rest"), -price
        days = self.view.session_days(promotion.id)
        yield "continuity", self._strangers(promotion.id, days, session)
        for cadence in self.view.problem.cadences:
            if cadence.follows == promotion.id:
                yield from self._follower(cadence, days, session.on)

    @cached_property
    def _published_elsewhere(self) -> set[tuple[str, str]]:
        published = self.view.problem.published
        return {
            (session.promotion or "", session.sequence or "")
            for session in (published.sessions if published else ())
            if self.view.horizon.date_at(session.starts_at) not in self.view.horizon
        }

    def _strangers(self, promotion_id: str, days: dict[date, set[str]], session: Activity) -> int:
        promotion = self.territory.promotions[promotion_id]
        before = set(promotion.animators_before).union(*days.values())
        team = max((sequence.staff_count for sequence in promotion.sequences), default=0)
        more = max(0, len(before | set(session.staff)) - team) - max(0, len(before) - team)
        return more * self.weights["animators"]

    def _follower(self, cadence: Cadence, days: dict[date, set[str]], on: date) -> Iterator[tuple[str, int]]:
        moved = {exception.on: exception.to_on for exception in cadence.exceptions}
        asked_on = moved.get(on, on)
        if asked_on is None or asked_on in {moved.get(day, day) for day in days}:
            return
        if asked_on in self.view.horizon and site_serves(self.territory, cadence, asked_on):
            for _, asked, placed in self._asked_and_placed(cadence):
                yield from self._met(cadence, asked, placed, (asked + parts(cadence), placed))

    def _visit(self, visit: Visit) -> Iterator[tuple[str, int]]:
        need = visit.need
        held = len(self.view.visits_by_need.get(need.id, ()))
        if held < need.count and belongs_to_horizon(self.territory, need.from_on, need.until_on):
            price = 1 if need.priority == "urgent" else self.weights[f"rest_{need.priority}"]
            yield ("unmet_urgent" if need.priority == "urgent" else "unmet_rest"), -price * (1 + need.misses)
        if need.kind != "diagnostic" and need.referent not in (None, visit.staff):
            yield "continuity", self.weights["referent"]
        if need.priority == "urgent":
            since = max(need.from_on, self.view.horizon.first_on)
            yield "comfort", self.weights["urgent_wait"] * max(0, (visit.on - since).days)

    # What was published

    def _changes(self, added: PlanView) -> Iterator[tuple[str, int]]:
        for name, thing in things(added).items() if self.view.published else ():
            known = self._published.get(name)
            if known is not None:
                after = cost_of_change(self.view, known, thing, self._bookings)
                yield "changes", after - cost_of_change(self.view, known, None, self._bookings)

    @cached_property
    def _published(self) -> dict[str, Activity | Visit]:
        return things(self.view.published) if self.view.published else {}

    @cached_property
    def _bookings(self) -> Counter[str]:
        return bookings_of(self.view)

    # People

    def _fairness(self, added: PlanView) -> Iterator[tuple[str, int]]:
        more: dict[tuple[str, str], int] = defaultdict(int)
        for activity in (*added.permanences, *added.sessions):
            for kind in LEDGER_KINDS:
                if is_of_kind(self.view, activity, kind):
                    for staff in activity.staff:
                        more[kind, staff] += 1
        for (kind, staff), count in more.items():
            share = self._shares.get(staff)
            if share is not None:
                had, owed = self._counts[kind][staff], self._owed(kind, staff)
                yield "fairness", cost_of_turns(had + count, owed, share) - cost_of_turns(had, owed, share)

    @cached_property
    def _shares(self) -> dict[str, int]:
        return shares_of(self.territory)

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        return counts_of(self.view)

    def _owed(self, kind: str, staff: str) -> int:
        balances = {one: self.territory.staff[one].ledger.get(kind, 0) for one in self._shares}
        return balances[staff] - min(balances.values())

    def engaged(self, staff: str) -> set[Moment]:
        if staff not in self._engaged:
            self._engaged[staff] = self.view.engaged(staff)
        return self._engaged[staff]

    def _wishes(self, added: PlanView) -> Iterator[tuple[str, int]]:
        for staff, moments in added.planned_half_days.items():
            avoided, preferred = self._wished(staff)
            new = moments - self.engaged(staff)
            yield "comfort", self.weights["avoid"] * len(new & avoided)
            yield "comfort", -self.weights["prefer"] * len(new & preferred)

    def _wished(self, staff: str) -> tuple[set[Moment], set[Moment]]:
        found: dict[str, set[Moment]] = {"avoid": set(), "prefer": set()}
        for wish in self.territory.staff[staff].wishes:
            found[wish.wish].update(named_half_days(self.view, wish))
        return found["avoid"], found["prefer"]

    def _travel(self, added: PlanView) -> Iterator[tuple[str, int]]:
        for (staff, on), activities in added.by_day.items():
            if (staff, on) not in self._travelled:
                self._travelled[staff, on] = self._tens(staff, on, [])
            after = self._tens(staff, on, activities)
            yield "comfort", self.weights["travel"] * (after - self._travelled[staff, on])

    def _tens(self, staff: str, on: date, more: list[Activity]) -> int:
        """Started 10 minutes of the way of one person's day."""
        held = [*self.view.by_day.get((staff, on), ()), *more]
        stops: list[tuple[Interval, str]] = [(one.interval, one.site) for one in held]
        first, last = self.view.horizon.day(on)
        for meeting in self.territory.meetings[staff]:
            if meeting.site is not None and first <= meeting.interval[0] < last:
                stops.append((meeting.interval, meeting.site))
        if not stops:
            return 0
        base = self.territory.staff[staff].base
        sites = [site for _, site in sorted((interval[0], site) for interval, site in stops)]
        way = sites if base is None else [base, *sites, base]
        minutes = (self.territory.travel_minutes(a, b) for a, b in pairwise(way))
        return -(-sum(minutes) // 10)

    def _singles(self, added: PlanView) -> Iterator[tuple[str, int]]:
        more: Counter[str] = Counter()
        for visit in added.visits:
            presence = visit.presence or self._presence(visit)
            if presence is not None and presence.kind == "office":
                more[presence.key] += 1
        more.subtract(self._taken_over(added))
        for key, count in more.items():
            before = len(self.view.visits_of.get(key, ()))
            yield "comfort", self.weights["single"] * (int(before + count == 1) - int(before == 1))

    def _taken_over(self, added: PlanView) -> Iterator[str]:
        """The office half-day of each interview that an added permanence of its half-day takes over."""
        for permanence in added.permanences:
            for staff in permanence.staff:
                there = self.view.by_day.get((staff, permanence.on), ())
                for office in (one for one in there if (one.kind, one.site) == ("office", permanence.site)):
                    for visit in self.view.visits_of.get(office.key, ()):
                        if presence_of([permanence, office], visit.interval, visit.half_day) is permanence:
                            yield office.key

    def _presence(self, visit: Visit) -> Activity | None:
        """The presence of the plan that an added interview is part of."""
        there = [one for one in self.view.by_day.get((visit.staff, visit.on), ()) if one.site == visit.site]
        return presence_of(there, visit.interval, visit.half_day)
