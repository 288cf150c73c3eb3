"""The smallest number of placed needs that would have to leave so that one more fits.

Tried out: each placement is judged beside the plan without what stands in its way, until nothing
breaks any more; the placements with least in their way come first.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.audit import Auditor
from planner.breach import Breach
from planner.fit import Fit
from planner.kept import things
from planner.plan import LEVEL_NAMES, OfficeHalfDay, Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.wanted import Wanted, joined, records_of, without
from planner.why.ground import NEVER_ASKED, Choice
from planner.why.holders import Holders, period_of

MOST_TRIES = 120
"""Plans judged for one need, each time that more may leave."""
MOST_LEAVERS = (1, 2, len(LEVEL_NAMES))
"""How many needs may leave: more only where fewer do not do."""
MOST_WAYS = 3

Thing = Activity | Visit


class Leaver(NamedTuple):
    """A placed need that would have to leave, and the level at which it would be missed."""

    name: str
    level: str


class Way(NamedTuple):
    """One placement, what leaves the plan for it, and the plan then."""

    choice: Choice
    leavers: tuple[Leaver, ...]
    plan: Plan


class Leaving:
    """Looks for what would have to leave one plan."""

    def __init__(
        self, auditor: Auditor, view: PlanView, holders: Holders, most_tries: int = MOST_TRIES
    ) -> None:
        self.auditor = auditor
        self.view = view
        self.holders = holders
        self.most_tries = most_tries
        self.tries = 0
        self.is_exact = True
        """Whether the last answer has the fewest: all plans that might have less were judged."""
        self._things: dict[str, Thing] = {one.key: one for one in things(view).values()}

    def ways(self, fit: Fit, choices: Iterable[Choice], wanted: Wanted) -> tuple[Way, ...]:
        """The ways with fewest needs leaving, at most three; empty when none was found.

        What is alike, of the same need or cadence, leaves last. `is_exact` says whether these are proven fewest.
        """
        self._asked = wanted
        first = [(choice, self._breaches(fit, choice)) for choice in choices]
        ordered = sorted(first, key=lambda one: (self._at_least(one[1]), len(one[1]), one[0].spot.on))
        self.is_exact, proven = True, 0
        for most in MOST_LEAVERS:
            found = self._ways_of(ordered, most)
            least = min((len(one.leavers) for one in found), default=most + 1)
            self.is_exact = self.is_exact and (self.tries <= self.most_tries or least <= proven + 1)
            if found:
                break
            proven = most
        return tuple(one for one in found if len(one.leavers) == least)[:MOST_WAYS]

    def _ways_of(self, ordered: list[tuple[Choice, list[Breach]]], most: int) -> list[Way]:
        """Ways with at most so many needs leaving."""
        self.tries = 0
        found: list[Way] = []
        for choice, breaches in ordered:
            if self.tries > self.most_tries or self._at_least(breaches) > most:
                break
            for way in self._clear(choice, breaches, Plan(), (), most):
                found = [one for one in found if len(one.leavers) <= len(way.leavers)]
                if way.leavers not in {one.leavers for one in found}:
                    found.append(way)
                most = len(way.leavers)
            if len(found) >= MOST_WAYS and most == 1:
                break
        return found

    def hindrance(self, fit: Fit, choice: Choice) -> int:
        """No fewer placed needs would have to leave for a team with these people in it, perhaps more."""
        # Who leads is asked of the whole team.
        return self._at_least([one for one in self._breaches(fit, choice) if one.code != "no_animator"])

    def _at_least(self, breaches: list[Breach]) -> int:
        """No fewer needs than the dearest breach takes to clear."""
        return max((min(map(_needs, self._movable(one)), default=99) for one in breaches), default=0)

    def _clear(
        self, choice: Choice, breaches: list[Breach], gone: Plan, leavers: tuple[Leaver, ...], fewest: int
    ) -> Iterator[Way]:
        """Takes out what one breach names, then asks again."""
        if not breaches:
            yield Way(choice, leavers, joined(self._left(choice, gone), choice.adds))
            return
        options = min((self._movable(one) for one in breaches), key=lambda some: (len(some) > 0, len(some)))
        known = {one.name for one in leavers}
        for group in sorted(options, key=self._loss):
            more = tuple(self._leaver(one) for one in group if self._leaver(one).name not in known)
            more = tuple(one for one in more if one.level)
            rest = self._at_least([one for one in breaches if not self._is_hit(one, group)])
            less = without(records_of(self.view, tuple(group)), gone)
            is_new = less != Plan()
            if self.tries > self.most_tries or len(leavers) + len(more) + rest > fewest or not is_new:
                continue
            self.tries += 1
            less = joined(gone, less)
            left = self._breaches(Fit(self.auditor, self._left(choice, less)), choice)
            yield from self._clear(choice, left, less, (*leavers, *more), fewest)
            if not left:
                fewest = len(leavers) + len(more) - 1

    def _loss(self, group: list[Thing]) -> tuple[object, ...]:
        """What is missed least comes first."""
        ranks = sorted(LEVEL_NAMES.index(self._leaver(one).level or "comfort") for one in group)
        return (
            any(map(self._is_alike, group)),
            len(group),
            [-rank for rank in ranks],
            [one.key for one in group],
        )

    def _breaches(self, fit: Fit, choice: Choice) -> list[Breach]:
        """What the placement breaks, a permanence of the same key with other people included."""
        added = PlanView(fit.territory, choice.adds)
        found = fit.new_breaches(choice.adds, added)
        return fit.doubled(added) + [one for one in found if not one.missing and one.rule not in NEVER_ASKED]

    # What may leave

    def _movable(self, breach: Breach) -> list[list[Thing]]:
        """Groups of things of which one would have to leave, none of them decided by somebody."""
        keys = list(breach.items)
        if breach.rule == "workload":
            keys = [thing.key for thing in self._engaging(breach)]
        if breach.fact in self._things:
            keys.append(breach.fact)
        groups = [self._with_content(self._things[key]) for key in dict.fromkeys(keys) if key in self._things]
        return [group for group in groups if group and all(self._is_free(one) for one in group)]

    def _is_hit(self, breach: Breach, group: list[Thing]) -> bool:
        """Whether something that a breach needs is gone with these."""
        gone = {one.key for one in group}
        return any(one[0].key in gone for one in self._movable(breach))

    def _engaging(self, breach: Breach) -> list[Thing]:
        first, last = period_of(breach)
        return [
            thing
            for thing in self._things.values()
            if first <= thing.on <= last
            and breach.about in (thing.staff if isinstance(thing, Activity) else (thing.staff,))
        ]

    def _with_content(self, thing: Thing) -> list[Thing]:
        """A presence leaves with the interviews in it."""
        inside = self.view.visits_of.get(thing.key, ()) if isinstance(thing, Activity) else ()
        return [thing, *inside]

    def _left(self, choice: Choice, gone: Plan) -> Plan:
        """The plan without what leaves, nor the office half-days that are empty then."""
        names = {(one.need, one.number) for one in gone.interviews}
        emptied = Plan(
            office=tuple(
                record
                for record, office in zip(self.view.plan.office, self.view.offices, strict=True)
                if all((one.need.id, one.number) in names for one in self.view.visits_of.get(office.key, ()))
                and not _serves(record, choice)
            )
        )
        return without(without(self.view.plan, gone), emptied)

    def _is_free(self, thing: Thing) -> bool:
        return self.holders.names[thing.key] not in self.holders.kept

    def _is_alike(self, thing: Thing) -> bool:
        return is_alike(thing, self._asked)

    def _leaver(self, thing: Thing) -> Leaver:
        return Leaver(self.holders.names[thing.key], level_of(thing))


def is_alike(thing: Thing, wanted: Wanted) -> bool:
    """Whether one is as good as the other: who gives it up for what is wanted has gained nothing."""
    if isinstance(thing, Visit):
        return thing.need.id == wanted.need
    return thing.cadence is not None and thing.cadence.id == wanted.cadence


def _needs(group: list[Thing]) -> int:
    return sum(bool(level_of(one)) for one in group)


def _serves(office: OfficeHalfDay, choice: Choice) -> bool:
    """Whether the added interview would stand in this office half-day."""
    spot = choice.spot
    return (office.staff, office.site, office.on, office.half_day) == (
        choice.staff[0],
        spot.site,
        spot.on,
        spot.halves[0],
    )


def level_of(thing: Thing) -> str:
    """The level at which a placed thing would be missed; none for an office half-day."""
    if isinstance(thing, Visit):
        return "unmet_urgent" if thing.need.priority == "urgent" else "unmet_rest"
    if thing.kind == "office":
        return ""
    if thing.kind == "permanence":
        return "unmet_permanences"
    work = thing.sequence or thing.cadence
    return "unmet_sessions" if work is not None and work.compulsory else "unmet_rest"
