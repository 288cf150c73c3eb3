"""What blocks one thing beside a plan: spot by spot, person by person, as families of conditions.

Presences are judged once and remembered, whatever they are for: most needs share people, sites and days.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import chain, combinations, islice
from typing import NamedTuple

from planner.audit import Auditor
from planner.fit import Fit
from planner.horizon import touches
from planner.placements import Placement
from planner.plan import Plan
from planner.plan_view import Activity, PlanView
from planner.territory import Territory
from planner.wanted import joined
from planner.why.blame import Case, conditions_of
from planner.why.fact import Condition, Fact, Family
from planner.why.holders import Holders
from planner.why.spots import Asking, Spot, interview_of, presence_of, session_of

NEVER_ASKED = frozenset({"staffing", "interview_staff", "pinned"})
"""Rules about the size of a team and who may: counted here by people."""
MOST_TEAMS = 800
"""Teams looked at for one when and where: all pairs of forty people."""
NOTHING: Family = frozenset()

Worth = Callable[[Spot, Family, Plan], bool]
"""Whether a placement there with these conditions, perhaps more, and these additions is of interest."""


class Choice(NamedTuple):
    """One placement, what a plan gains by it, and what blocks it there."""

    spot: Spot
    staff: tuple[str, ...]
    adds: Plan
    family: Family

    @property
    def placement(self) -> Placement:
        spot = self.spot
        return Placement(
            spot.on, spot.interval[0], spot.site, self.staff, spot.room, spot.halves[0], self.adds
        )


class Ground:
    """Judges placements beside one plan."""

    def __init__(self, auditor: Auditor, plan: Plan, whole: PlanView) -> None:
        """`whole` is the plan that is asked about; `plan` that one, or what people decided of it."""
        self.fit = Fit(auditor, plan)
        self.view = self.fit.view
        self.whole = whole
        self.territory: Territory = auditor.territory
        self.holders = Holders(auditor, self.view)
        self._presences: dict[Plan, Family] = {}
        self._alone: dict[tuple[Asking, Spot, str], Family] = {}
        self.is_cut = False
        """Whether some teams were not looked at."""

    def choices(self, ask: Asking, spots: Iterable[Spot], worth: Worth) -> Iterator[Choice]:
        """Every placement that is worth it, with what blocks it."""
        for spot in spots:
            found = self._interviews(ask, spot, worth) if ask.need is not None else self._teams(ask, spot)
            yield from (
                one
                for one in found
                if frozenset() not in one.family and worth(one.spot, one.family, one.adds)
            )

    # Teams

    def _teams(self, ask: Asking, spot: Spot) -> Iterator[Choice]:
        teams = _tellings(ask, spot, {person: self.alone(ask, spot, person) for person in ask.people})
        yield from (self.choice(ask, spot, team) for team in islice(teams, MOST_TEAMS))
        self.is_cut = self.is_cut or next(teams, None) is not None

    def _adds(self, ask: Asking, spot: Spot, team: tuple[str, ...]) -> Plan:
        is_permanence = spot.cadence is not None and spot.cadence.kind == "permanence"
        return presence_of(ask, spot, team) if is_permanence else session_of(self.whole, ask, spot, team)

    def choice(self, ask: Asking, spot: Spot, team: tuple[str, ...]) -> Choice:
        """A team there, with what blocks one of its people, or the skills that none of them has."""
        alone = (self.alone(ask, spot, person) for person in team)
        family = frozenset().union(*alone, self._unskilled(ask, team))
        return Choice(spot, team, self._adds(ask, spot, team), family)

    def alone(self, ask: Asking, spot: Spot, person: str) -> Family:
        """What blocks one person of a team there."""
        key = (ask, spot, person)
        if key not in self._alone:
            found = self.blocked_by(self._adds(ask, spot, (person,)))
            self._alone[key] = found | self._too_short(ask, spot)
        return self._alone[key]

    def _too_short(self, ask: Asking, spot: Spot) -> Family:
        """A session that the hours of a missing opening would not hold."""
        half, site = spot.halves[-1], spot.site or ""
        is_session = ask.sequence is not None or (ask.cadence is not None and ask.cadence.kind == "session")
        opened = self.territory.opening(site, spot.on, half)
        if not is_session or opened or spot.interval[1] <= self.territory.hours(site, spot.on, half).end:
            return NOTHING
        fact = Fact(kind="opening_hours", site=site, weekday=spot.on.isoweekday(), half_day=half)
        return frozenset({frozenset({fact})})

    def _unskilled(self, ask: Asking, team: tuple[str, ...]) -> Family:
        held = {skill for person in team for skill in self.territory.staff[person].skills}
        return frozenset(
            frozenset(Fact(kind="skill", staff=person, about=skill) for person in team)
            for skill in ask.skills
            if skill not in held
        )

    # Interviews

    def _interviews(self, ask: Asking, spot: Spot, worth: Worth) -> Iterator[Choice]:
        dated = self._dated(ask, spot)
        for person in ask.people:
            there = self._is_there(ask, spot, person)
            presence = Plan() if there else presence_of(ask, spot, (person,))
            brought = NOTHING if there else self._presence(presence)
            cheap = dated | brought
            lone = spot.cadence is not None and spot.cadence.staff_count == 1
            if lone and not there and not is_led(spot, (person,)):
                continue
            if not worth(spot, cheap, presence):
                continue
            adds = joined(presence, interview_of(self.whole, ask, spot, person))
            family = cheap | (self.blocked_by(adds) if self._meets_others(ask, spot, person) else NOTHING)
            yield Choice(spot, (person,), adds, family)

    def _is_there(self, ask: Asking, spot: Spot, person: str) -> bool:
        return any(self._holds(ask, spot, one) for one in self.view.by_day.get((person, spot.on), ()))

    def _holds(self, ask: Asking, spot: Spot, activity: Activity) -> bool:
        inside = activity.interval[0] <= spot.interval[0] and spot.interval[1] <= activity.interval[1]
        only = ask.need is not None and ask.need.only_in_permanence
        allowed = activity.kind == "permanence" or (activity.kind == "office" and not only)
        return activity.site == spot.site and inside and allowed

    def _presence(self, presence: Plan) -> Family:
        if presence not in self._presences:
            self._presences[presence] = self.blocked_by(presence)
        return self._presences[presence]

    def _dated(self, ask: Asking, spot: Spot) -> Family:
        """What the need itself says of a date and an hour; the rules say the same where others are met."""
        need, on = ask.need, spot.on
        assert need is not None
        found: list[Fact] = []
        if not need.from_on <= on <= need.until_on:
            found.append(Fact(kind="window", about=need.id))
        horizon = self.territory.horizon
        stays = self.territory.published_starts.get((need.id, ask.wanted.number or 1)) == spot.interval[0]
        if on < horizon.today_on + timedelta(days=need.leave_notice_days) and not stays:
            found.append(Fact(kind="leave_notice", about=need.id))
        if need.last_on is not None and (on - need.last_on).days < need.min_days:
            found.append(Fact(kind="spacing", about=need.id))
        return frozenset(frozenset({fact}) for fact in found)

    def _meets_others(self, ask: Asking, spot: Spot, person: str) -> bool:
        """Whether anything beside the presence may matter: else the presence and the dates say it all."""
        need, territory = ask.need, self.territory
        assert need is not None
        participant = territory.participants.get(need.participant or "")
        if participant is not None and (participant.hours is not None or self._is_expected(participant.id)):
            return True
        day = self.territory.horizon.day(spot.on)
        busy = any(touches(one.interval, day) for one in territory.occupied[person])
        near = self.fit.is_busy(person, spot.site, spot.on)
        kept_free = spot.cadence is not None or spot.site is None
        no_place = spot.site is not None and not territory.sites[spot.site].interview_places
        return busy or near or kept_free or no_place or self.fit.freezes

    def _is_expected(self, participant: str) -> bool:
        return self.fit.expects(participant)

    def beside(self, ask: Asking, choice: Choice) -> Choice:
        """The same placement with what this plan lacks for it alone: somebody may be there already."""
        if ask.need is None:
            return choice
        there = self._is_there(ask, choice.spot, choice.staff[0])
        presence = Plan() if there else presence_of(ask, choice.spot, choice.staff)
        adds = joined(presence, interview_of(self.whole, ask, choice.spot, choice.staff[0]))
        return choice._replace(adds=adds)

    # Judging

    def blocked_by(self, adds: Plan) -> Family:
        """The conditions of each breach that these assignments have beside the plan."""
        added = PlanView(self.territory, adds)
        found: set[Condition] = set()
        for taken in added.permanences:
            if taken.key in self.view.by_key:
                found.update(frozenset({fact}) for fact in self.holders.facts_of(taken.key))
        for breach in self.fit.new_breaches(adds, added):
            waived = breach.missing and breach.code != "previous_missing"
            waived |= bool(found) and breach.rule == "cadence"
            if (
                breach.rule in NEVER_ASKED
                or waived
                or self._is_placed_before(breach.code, breach.fact, added)
            ):
                continue
            found.update(conditions_of(Case(breach, added, self.holders)))
        return frozenset(found)

    def _is_placed_before(self, code: str, fact: str, added: PlanView) -> bool:
        """Whether the sequence before, left out here, is in the plan that is asked about."""
        if code != "previous_missing":
            return False
        promotion = added.sessions[0].promotion
        return promotion is not None and (promotion.id, fact) in self.whole.by_sequence


def _tellings(ask: Asking, spot: Spot, alone: dict[str, Family]) -> Iterator[tuple[str, ...]]:
    """The teams that tell something: those of free people first, then the others.

    Where anybody will do, a team that leaves out somebody free is blocked by all that blocks one with them.
    """
    free = [person for person in alone if not alone[person]]
    rest = [person for person in alone if alone[person]]
    anybody = not ask.skills and spot.one_of is None
    teams = combinations(free, ask.size)
    others: Iterator[tuple[str, ...]] = iter(())
    if anybody and len(free) < ask.size:
        others = ((*free, *more) for more in combinations(rest, ask.size - len(free)))
    elif not anybody:
        mixed = combinations([*free, *rest], ask.size)
        others = (team for team in mixed if any(alone[person] for person in team))
    order = {person: rank for rank, person in enumerate(alone)}
    for team in chain(teams, others):
        if is_led(spot, team):
            yield tuple(sorted(team, key=order.__getitem__))


def is_led(spot: Spot, team: tuple[str, ...]) -> bool:
    """Whether one of the animators of the day is there, where that is asked."""
    return spot.one_of is None or bool(spot.one_of.intersection(team))
