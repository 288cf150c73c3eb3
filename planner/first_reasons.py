"""What a plan leaves out, and a first reason for each: the rule that took away the nearest choices.

A thing that no rule forbids beside what people decided is `crowded`: other things stand where it could. What
could be given up for it, and the smallest set of facts that forbids it, is asked of the explanations.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from math import inf
from typing import Any

from planner.alone import Alone, Attempt, Turns, present
from planner.audit import Auditor
from planner.decided import Decided
from planner.left_out import LeftOut, left_out_of
from planner.plan import Plan, Reason, Unplaced
from planner.records import HalfDay
from planner.trials import Trial

CROWDED = "crowded"
NOT_EXAMINED = "not_examined"
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


def left_out(
    auditor: Auditor, plan: Plan, until: float = inf, alone: Alone | None = None
) -> tuple[Unplaced, ...]:
    """Every need, cadence and sequence of the horizon that is not met, each with its reason.

    Those whose turn comes after that monotonic second are not examined. `alone`: what was tried ahead.
    """
    return tuple(_LeftOut(auditor, plan, until, alone or Alone(auditor)).all())


class _LeftOut:
    """One plan's missing things; equal needs share one reason, unless people decided something with a participant."""

    def __init__(self, auditor: Auditor, plan: Plan, until: float, alone: Alone) -> None:
        self._auditor = auditor
        self._view = auditor.view(plan)
        self._alone = alone
        self._turns = Turns(until)
        self._reasons: dict[object, Reason] = {}

    @cached_property
    def _decided(self) -> Decided:
        return Decided(self._auditor, self._view)

    def all(self) -> Iterator[Unplaced]:
        for one in left_out_of(self._auditor.territory, self._view):
            yield one.told(reason=self._shared(one))

    def _shared(self, one: LeftOut) -> Reason:
        own = one.need.participant if one.need and self._decided.is_near(one.need) else None
        key = (one.likeness, own)
        if key not in self._reasons:
            self._reasons[key] = self._reason(one)
        return self._reasons[key]

    def _reason(self, one: LeftOut) -> Reason:
        """By itself first: what a rule forbids there stands nearer than what stands beside it."""
        attempts = self._alone.attempts(one, self._turns)
        free = [attempt.trial for attempt in attempts if not attempt.breaches]
        beside = [self._beside(trial) for trial in self._turns.of(free)]
        fitting = [attempt for attempt in beside if not attempt.breaches]
        if self._turns.left <= 0 and not fitting:
            return Reason(code=NOT_EXAMINED)
        return _crowded(fitting) if fitting else _impossible(beside or attempts)

    def _beside(self, trial: Trial) -> Attempt:
        """What it breaks beside what people decided."""
        return Attempt(trial, present(self._decided.breaches(trial.plan)))


def _crowded(free: list[Attempt]) -> Reason:
    """The people and sites whose places are taken."""
    staff = sorted({person for attempt in free for person in attempt.trial.staff})
    sites = sorted({attempt.trial.site for attempt in free if attempt.trial.site is not None})
    facts: list[dict[str, Any]] = [{"staff": person} for person in staff]
    return Reason(code=CROWDED, facts=(*facts, *({"site": site} for site in sites)))


def _impossible(attempts: Sequence[Attempt]) -> Reason:
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
