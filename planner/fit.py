"""What an assignment would break beside a plan, asked of the checker's own rules near it alone.

A rule sees only what shares a person, a site's day, a cadence, a promotion or a participant with what is
added; nothing else can break because of it. Working time, which reaches over a month, is counted here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from planner.audit import Auditor
from planner.breach import Breach
from planner.horizon import HALF_DAYS, monday_of
from planner.kept import content, freeze_on, part, pin_reference, references, things
from planner.plan import Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.rules import RULES, STANDING_RULES
from planner.rules.workload import engaged_half_days
from planner.territory import Moment
from planner.wanted import joined

NEAR_RULES = tuple(rule for rule in STANDING_RULES if rule.name != "workload")
FROZEN = next(rule for rule in RULES if rule.name == "frozen")
PINNED = next(rule for rule in RULES if rule.name == "pinned")
Key = tuple[str, ...]
PeriodOf = Callable[[date], date]
"""The first day of the day, week or month of a date."""


class Fit:
    """Judges additions to one plan; keep it while one after the other is tried."""

    def __init__(self, auditor: Auditor, plan: Plan) -> None:
        self.auditor = auditor
        self.plan = plan
        self.view = auditor.view(plan)
        self.territory = auditor.territory
        self._before: dict[frozenset[int], dict[Key, int]] = {}
        self._engaged: dict[str, set[Moment]] = {}
        self._loads: dict[str, Load] = {}
        self._free: dict[tuple[str, date], int] = {}
        self._freeze_on = freeze_on(self.territory)
        self.freezes = self._freeze_on > self.territory.horizon.first_on
        self._pins = {pin_reference(self.territory, pin) for pin in self.territory.problem.pins}

    def fits(self, adds: Plan) -> bool:
        """Whether an addition makes no breach that nothing excuses."""
        added = PlanView(self.territory, adds)
        if not self.new_breaches(adds, added):
            return True
        return self._is_decided(added) and self._fits_wholly(adds)

    def new_breaches(self, adds: Plan, added: PlanView | None = None) -> list[Breach]:
        """Breaches that the plan has not without the addition, or has by less; excuses are not asked."""
        added = added or PlanView(self.territory, adds)
        before, after = self._beside(adds, added)
        return [*_grown(before, after), *self._workload(added)]

    def doubled(self, added: PlanView) -> list[Breach]:
        """A breach for each permanence that an addition has a second time, with other people."""
        return [
            Breach("cadence", "too_many", one.about, one.on, items=(one.key,))
            for one in added.permanences
            if one.key in self.view.by_key
        ]

    def changed_breaches(self, adds: Plan, added: PlanView) -> tuple[list[Breach], set[Key]]:
        """New breaches, and the keys of those that the addition mends; a pin that it meets among them."""
        before, after = self._beside(adds, added)
        mended = before.keys() - _amounts(after).keys()
        return [*_grown(before, after), *self._workload(added)], mended | self._pins_met(added)

    def _beside(self, adds: Plan, added: PlanView) -> tuple[dict[Key, int], list[Breach]]:
        """What is broken near an addition without it, by amount, and with it."""
        near = self._near(added)
        kept = frozenset(id(thing) for thing in near)
        published = self._published_of(added)
        if kept not in self._before:
            self._before[kept] = _amounts(self._breaches(part(self.view, set(kept)), published))
        before = self._before[kept]
        after = list(self._breaches(joined(part(self.view, set(kept)), adds), published))
        return before, after

    def _pins_met(self, added: PlanView) -> set[Key]:
        met = self._pins & references(added).keys()
        if not met:
            return set()
        unmet = PINNED.violations(PlanView(self.territory, Plan()))
        pins = zip(unmet, self.territory.problem.pins, strict=True)
        return {breach.key for breach, pin in pins if pin_reference(self.territory, pin) in met}

    # Rules near by

    def _breaches(self, plan: Plan, published: PlanView | None) -> Iterator[Breach]:
        view = PlanView(self.territory, plan, published)
        for rule in NEAR_RULES:
            yield from rule.violations(view)
        if self.freezes:
            yield from FROZEN.violations(view)

    def _published_of(self, added: PlanView) -> PlanView | None:
        """What is published under the names of what is added."""
        published = self.auditor.published
        if published is None or not self.freezes:
            return None
        names = things(added)
        kept = {id(thing) for name, thing in self._published.items() if name in names}
        return PlanView(self.territory, part(published, kept))

    @cached_property
    def _published(self) -> dict[str, Activity | Visit]:
        return things(self.auditor.published) if self.auditor.published else {}

    def _near(self, added: PlanView) -> list[Activity | Visit]:
        found: dict[int, Activity | Visit] = {}
        for activity in added.activities:
            for thing in self._near_activity(activity):
                found[id(thing)] = thing
        for visit in added.visits:
            for other in self._near_visit(visit):
                found[id(other)] = other
        return list(found.values())

    def _near_activity(self, activity: Activity) -> Iterator[Activity | Visit]:
        yield from self._around(activity.staff, activity.site, activity.on)
        if activity.cadence is not None:
            yield from self.view.by_cadence.get(activity.cadence.id, ())
            yield from self._sessions_of.get(activity.cadence.follows or "", ())
        if activity.promotion is not None:
            yield from self._sessions_of.get(activity.promotion.id, ())
            for participant in activity.promotion.participants:
                yield from self._around_participant(participant, activity.on)

    def _near_visit(self, visit: Visit) -> Iterator[Activity | Visit]:
        yield from self._around((visit.staff,), visit.site, visit.on)
        if visit.need.participant is not None:
            yield from self._visits_of_participant.get(visit.need.participant, ())
            yield from self._around_participant(visit.need.participant, visit.on)

    def _around(self, staff: Iterable[str], site: str | None, on: date) -> Iterator[Activity | Visit]:
        for person in staff:
            yield from self.view.by_day.get((person, on), ())
            yield from self.view.visits_by_day.get((person, on), ())
        if site is not None:
            yield from self._at_site.get((site, on), ())

    def _around_participant(self, participant: str, on: date) -> Iterator[Activity | Visit]:
        yield from (one for one in self._visits_of_participant.get(participant, ()) if one.on == on)
        for session in self.view.sessions:
            promotion = session.promotion
            if session.on == on and promotion is not None and participant in promotion.participants:
                yield session

    @cached_property
    def _at_site(self) -> dict[tuple[str, date], list[Activity | Visit]]:
        found: dict[tuple[str, date], list[Activity | Visit]] = defaultdict(list)
        every: list[Activity | Visit] = [*self.view.activities, *self.view.visits]
        for thing in every:
            if thing.site is not None:
                found[thing.site, thing.on].append(thing)
        return found

    @cached_property
    def _visits_of_participant(self) -> dict[str, list[Visit]]:
        found: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.view.visits:
            if visit.need.participant is not None:
                found[visit.need.participant].append(visit)
        return found

    def is_busy(self, staff: str, site: str | None, on: date) -> bool:
        """Whether the plan has a person, or a site, anything to do on a date."""
        held = self.view.by_day.get((staff, on)) or self.view.visits_by_day.get((staff, on))
        return bool(held or (site is not None and self._at_site.get((site, on))))

    def expects(self, participant: str) -> bool:
        """Whether the plan has an interview or a session of a participant."""
        return participant in self._visits_of_participant or any(
            session.promotion is not None and participant in session.promotion.participants
            for session in self.view.sessions
        )

    @cached_property
    def _sessions_of(self) -> dict[str, list[Activity]]:
        found: dict[str, list[Activity]] = defaultdict(list)
        for session in self.view.sessions:
            if session.promotion is not None:
                found[session.promotion.id].append(session)
        return found

    # Working time

    def engaged(self, staff: str) -> set[Moment]:
        """Half-days in which the plan, meetings and what is published elsewhere engage a person."""
        if staff not in self._engaged:
            self._engaged[staff] = engaged_half_days(self.view, staff)
        return self._engaged[staff]

    def _workload(self, added: PlanView) -> Iterator[Breach]:
        """Only the days, weeks and months of what is added can become too full."""
        for staff, moments in added.planned_half_days.items():
            load = self._load(staff)
            new = moments - self.engaged(staff)
            for name, of, limit in self._limits(staff):
                more = Counter(of(on) for on, _ in new)
                for period in {of(on) for on, _ in moments}:
                    held = load[of][period]
                    most = limit(period)
                    was = held - most if period in load.planned[of] else 0
                    over = held + more[period] - most
                    if over > max(0, was):
                        yield Breach("workload", name, staff, period, over)

    def _limits(self, staff: str) -> Iterator[tuple[str, PeriodOf, Callable[[date], int]]]:
        limits = self.territory.staff[staff].max_half_days
        yield "day_full", day_of, lambda _: limits.day
        yield "week_full", monday_of, lambda _: limits.week
        yield "protected", monday_of, lambda monday: self._free_in_week(staff, monday)
        yield "month_full", first_of_month, lambda _: limits.month

    def _load(self, staff: str) -> "Load":
        if staff not in self._loads:
            planned = self.view.planned_half_days.get(staff, set())
            self._loads[staff] = Load(self.engaged(staff), planned)
        return self._loads[staff]

    def _free_in_week(self, staff: str, monday: date) -> int:
        if (staff, monday) not in self._free:
            week = [date.fromordinal(monday.toordinal() + day) for day in range(7)]
            there = sum(self.territory.is_available(staff, on, half) for on in week for half in HALF_DAYS)
            self._free[staff, monday] = max(0, there - self.territory.staff[staff].protected_half_days)
        return self._free[staff, monday]

    # Excuses

    def _is_decided(self, added: PlanView) -> bool:
        """Whether something of it is what a pin asks or what is published and frozen: only then may a breach be excused."""
        if self._pins & references(added).keys():
            return True
        return any(
            thing.on < self._freeze_on
            and name in self._published
            and content(self._published[name]) == content(thing)
            for name, thing in things(added).items()
        )

    def _fits_wholly(self, adds: Plan) -> bool:
        before = _amounts(self._violations_before)
        after, _ = self.auditor.judge(self.auditor.view(joined(self.plan, adds)))
        return all(breach.amount <= before.get(breach.key, 0) for breach in after)

    @cached_property
    def _violations_before(self) -> tuple[Breach, ...]:
        return self.auditor.judge(self.view)[0]


def day_of(on: date) -> date:
    return on


def first_of_month(on: date) -> date:
    return on.replace(day=1)


class Load:
    """How many half-days of one person are engaged in each day, week and month, and in which the plan engages them."""

    def __init__(self, engaged: set[Moment], planned: set[Moment]) -> None:
        periods: tuple[PeriodOf, ...] = (day_of, monday_of, first_of_month)
        self.engaged = {of: Counter(of(on) for on, _ in engaged) for of in periods}
        self.planned = {of: {of(on) for on, _ in planned} for of in periods}

    def __getitem__(self, of: PeriodOf) -> Counter[date]:
        return self.engaged[of]


def _grown(before: dict[Key, int], after: list[Breach]) -> list[Breach]:
    return [breach for breach in after if breach.amount > before.get(breach.key, 0)]


def _amounts(breaches: Iterable[Breach]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for breach in breaches:
        found[breach.key] = max(breach.amount, found.get(breach.key, 0))
    return found
