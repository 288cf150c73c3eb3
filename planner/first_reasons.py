"""What a plan leaves out, and a first reason for each: the rule that took away the nearest choices.

A thing that no rule forbids beside what people decided is `crowded`: other things stand where it could. What
could be given up for it, and the smallest set of facts that forbids it, is asked of the explanations.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from math import inf
from typing import Any, NamedTuple

from planner.asked import asked_and_placed, missing_interviews, missing_sequences
from planner.audit import Auditor
from planner.breach import Breach
from planner.decided import Decided
from planner.fit import Fit
from planner.plan import Plan, Reason, Unplaced
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.problem import Cadence, Interview, Participant
from planner.records import HalfDay
from planner.trials import Trial, cadence_trials, interview_trials, sequence_trials

CROWDED = "crowded"
NOT_EXAMINED = "not_examined"
MOST_TRIALS = 3_000
"""Placements tried in all (about half a second); the reasons of what is left then are not examined."""
MOST_TRIALS_EACH = 700
MOST_FACTS = 31
ORDER = (
    "accreditation",
    "speaker_present",
    "room",
    "staffing",
    "interview_window",
    "access_notice",
    "frozen",
)
"""Of rules that are as near, the one that concerns the thing itself comes first."""

Moment = tuple[date, HalfDay]


class Attempt(NamedTuple):
    """One placement tried, and the breaches that it has by itself."""

    trial: Trial
    breaches: tuple[Breach, ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(breach.rule for breach in self.breaches)


def left_out(auditor: Auditor, plan: Plan, until: float = inf) -> tuple[Unplaced, ...]:
    """Every need, cadence and sequence of the horizon that is not met, each with its reason.

    Those whose turn comes after that monotonic second are not examined.
    """
    return tuple(_LeftOut(auditor, plan, until).all())


class _LeftOut:
    """One plan's missing things; equal needs share one reason."""

    def __init__(self, auditor: Auditor, plan: Plan, until: float) -> None:
        self.view = auditor.view(plan)
        self.territory = auditor.territory
        self.trials_left = MOST_TRIALS
        self.until = until
        self._reasons: dict[object, Reason] = {}
        self._alone = Fit(auditor, Plan())
        self._auditor = auditor

    @cached_property
    def _decided(self) -> Decided:
        return Decided(self._auditor, self.view)

    def all(self) -> Iterator[Unplaced]:
        yield from self._cadences()
        yield from self._sequences()
        participants = {one.id: one for one in self.view.problem.participants}
        for need, missing in sorted(missing_interviews(self.view), key=lambda found: found[0].id):
            own = need.participant if self._decided.is_near(need) else None
            reason = self._shared(
                (_likeness(participants, need), own), interview_trials(self.territory, need)
            )
            yield Unplaced(need=need.id, count=missing, reason=reason)

    def _cadences(self) -> Iterator[Unplaced]:
        for cadence in sorted(self.view.problem.cadences, key=lambda one: one.id):
            asked = asked_and_placed(self.view, cadence)
            missing = sum(max(0, wanted - placed) for _, wanted, placed in asked)
            if missing:
                reason = self._shared(("cadence", cadence.id), self._cadence_trials(cadence))
                yield Unplaced(cadence=cadence.id, count=missing, reason=reason)

    def _cadence_trials(self, cadence: Cadence) -> Iterator[Trial]:
        if cadence.follows is not None:
            return iter(())
        held = [activity.on for activity in self.view.by_cadence.get(cadence.id, ())]
        return cadence_trials(self.territory, cadence, without=held)

    def _sequences(self) -> Iterator[Unplaced]:
        missing = {about for about, _ in missing_sequences(self.view)}
        for (promotion_id, sequence_id), (promotion, sequence) in sorted(self.territory.sequences.items()):
            if sequence_key(promotion_id, sequence_id) in missing:
                trials = sequence_trials(self.territory, promotion, sequence)
                reason = self._shared((promotion_id, sequence_id), trials)
                yield Unplaced(promotion=promotion_id, sequence=sequence_id, reason=reason)

    def _shared(self, likeness: object, trials: Iterator[Trial]) -> Reason:
        if likeness not in self._reasons:
            self._reasons[likeness] = self._reason(trials)
        return self._reasons[likeness]

    def _reason(self, trials: Iterator[Trial]) -> Reason:
        """By itself first: what a rule forbids there stands nearer than what stands beside it."""
        attempts = [self._attempt(trial) for trial in self._in_time(trials)]
        free = [attempt for attempt in attempts if not attempt.breaches]
        beside = [self._beside(trial) for trial in self._in_time(attempt.trial for attempt in free)]
        fitting = [attempt for attempt in beside if not attempt.breaches]
        if self.trials_left <= 0 and not fitting:
            return Reason(code=NOT_EXAMINED)
        return _crowded(fitting) if fitting else _impossible(beside or attempts)

    def _in_time(self, trials: Iterable[Trial]) -> Iterator[Trial]:
        """As many as may be tried; none is left once that is not all in time."""
        for trial in islice(trials, max(0, min(MOST_TRIALS_EACH, self.trials_left))):
            if time.monotonic() >= self.until:
                self.trials_left = 0
                return
            self.trials_left -= 1
            yield trial

    def _attempt(self, trial: Trial) -> Attempt:
        """What a placement breaks by itself; a part that is only missing beside it does not count."""
        added = PlanView(self.territory, trial.plan)
        return Attempt(trial, _present(self._alone.new_breaches(trial.plan, added)))

    def _beside(self, trial: Trial) -> Attempt:
        """What it breaks beside what people decided."""
        return Attempt(trial, _present(self._decided.breaches(trial.plan)))


def _present(broken: Iterable[Breach]) -> tuple[Breach, ...]:
    return tuple(breach for breach in broken if not breach.missing)


def _likeness(participants: dict[str, Participant], need: Interview) -> object:
    """Needs that share this have the same reason, unless people fixed something with one of the participants."""
    hours = participants[need.participant].hours if need.participant is not None else None
    return (
        (need.kind, need.mode, need.slots, need.from_on, need.until_on, need.sites),
        (need.only_in_permanence, need.referent, need.other_staff, need.leave_notice_days),
        (need.last_on, need.min_days, hours),
    )


def _crowded(free: list[Attempt]) -> Reason:
    """The people and sites whose places are taken."""
    staff = sorted({person for attempt in free for person in attempt.trial.staff})
    sites = sorted({attempt.trial.site for attempt in free if attempt.trial.site is not None})
    facts: list[dict[str, Any]] = [{"staff": person} for person in staff]
    return Reason(code=CROWDED, facts=(*facts, *({"site": site} for site in sites)))


def _impossible(attempts: list[Attempt]) -> Reason:
    """The rule that alone stood between the thing and most half-days, with what it speaks of."""
    if not attempts:
        return Reason(code="site_open")
    nearest = min(len(attempt.rules) for attempt in attempts)
    near = [attempt for attempt in attempts if len(attempt.rules) == nearest]
    code = _main_rule(near)
    told = [attempt for attempt in near if code in attempt.rules]
    return Reason(code=code, facts=tuple(islice(_facts(code, told), MOST_FACTS)))


def _main_rule(near: Iterable[Attempt]) -> str:
    moments: dict[Moment, set[str]] = defaultdict(set)
    for attempt in near:
        moments[attempt.trial.on, attempt.trial.half_day] |= attempt.rules
    counts = Counter(rule for rules in moments.values() for rule in rules)
    return min(counts, key=lambda rule: (_rank(rule), -counts[rule], rule))


def _rank(rule: str) -> int:
    return ORDER.index(rule) if rule in ORDER else len(ORDER)


def _facts(code: str, attempts: Iterable[Attempt]) -> Iterator[dict[str, Any]]:
    """One fact a half-day: the rule, where, with whom, and the records that its breaches name."""
    moments: dict[Moment, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        moments[attempt.trial.on, attempt.trial.half_day].append(attempt)
    for (on, half_day), found in sorted(moments.items()):
        breaches = [breach for attempt in found for breach in attempt.breaches if breach.rule == code]
        own = {"", *(item for breach in breaches for item in breach.items)}
        fact = {
            "on": on.isoformat(),
            "half_day": half_day,
            "rule": code,
            "codes": sorted({breach.code for breach in breaches}),
            "site": sorted({attempt.trial.site for attempt in found if attempt.trial.site}),
            "staff": sorted({person for attempt in found for person in attempt.trial.staff}),
            "fact": sorted({breach.fact for breach in breaches} - own),
        }
        yield {name: value for name, value in fact.items() if value}
