"""What a plan leaves out, and a first reason for each: the rule that took away the nearest choices.

A thing that no rule forbids beside what people decided is `crowded`: other things stand where it could. What
could be given up for it, and the smallest set of facts that forbids it, is asked of the explanations.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from math import inf
from typing import Any, NamedTuple

from planner.audit import Auditor
from planner.breach import Breach
from planner.decided import Decided
from planner.fit import Fit
from planner.left_out import LeftOut, left_out_of
from planner.plan import Plan, Reason, Unplaced
from planner.plan_view import PlanView
from planner.records import HalfDay
from planner.trials import Trial

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
    """One placement tried, and the breaches that it has; a part that is only missing beside it does not count."""

    trial: Trial
    breaches: tuple[Breach, ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(breach.rule for breach in self.breaches)


class Allowance:
    """How many placements may still be tried, and until when."""

    def __init__(self, until: float) -> None:
        self.left = MOST_TRIALS
        self.until = until

    def of(self, trials: Iterable[Trial]) -> Iterator[Trial]:
        """As many as may be tried; none is left once that is not all in time."""
        for trial in islice(trials, max(0, min(MOST_TRIALS_EACH, self.left))):
            if time.monotonic() >= self.until:
                self.left = 0
                return
            self.left -= 1
            yield trial


class Known(NamedTuple):
    """A reason, and how many placements were tried for it."""

    reason: Reason
    trials: int


def left_out(auditor: Auditor, plan: Plan, until: float = inf) -> tuple[Unplaced, ...]:
    """Every need, cadence and sequence of the horizon that is not met, each with its reason.

    Those whose turn comes after that monotonic second are not examined.
    """
    return FirstReasons(auditor).of(plan, until)


class FirstReasons:
    """Reasons of what plans of one problem leave out; things that are alike share one, and so do plans.

    What else a plan holds is no part of a reason, but what people decided is: so reasons can be looked for beside the search for a plan.
    """

    def __init__(self, auditor: Auditor) -> None:
        self.auditor = auditor
        self._alone = Fit(auditor, Plan())
        self._known: dict[object, Known] = {}
        self._decided: Plan | None = None
        self._ahead = Allowance(inf)
        self._thread: threading.Thread | None = None

    def look_ahead(self, plan: Plan) -> None:
        """Begin with what this plan leaves out, beside whatever the caller does next; `end` it, or `of` does."""
        self._thread = threading.Thread(target=self._all, args=(plan, self._ahead), daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Until all is looked at that was begun, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def end(self) -> None:
        """Look at nothing more ahead; what was found stays."""
        self._ahead.until = 0.0
        self.wait()

    def of(self, plan: Plan, until: float = inf) -> tuple[Unplaced, ...]:
        """What a plan leaves out, each with its reason, looked for until that monotonic second."""
        self.end()
        return tuple(self._all(plan, Allowance(until)))

    def _all(self, plan: Plan, allowed: Allowance) -> list[Unplaced]:
        view = self.auditor.view(plan)
        things = list(left_out_of(self.auditor.territory, view))
        if not things:
            return []
        decided = self._decide(Decided(self.auditor, view))
        shared: dict[object, Reason] = {}
        for one in things:
            key = _key(one, decided)
            if key not in shared:
                shared[key] = self._found(key, one, allowed, decided)
        return [one.told(reason=shared[_key(one, decided)]) for one in things]

    def _decide(self, decided: Decided) -> Decided:
        """Forget what was told beside other decisions."""
        if self._decided != decided.plan:
            self._known.clear()
        self._decided = decided.plan
        return decided

    def _found(self, key: object, one: LeftOut, allowed: Allowance, decided: Decided) -> Reason:
        known = self._known.get(key)
        if known is not None and known.trials < allowed.left:
            allowed.left -= known.trials
            return known.reason
        before = allowed.left
        reason = self._reason(one, allowed, decided)
        if allowed.left > 0:
            self._known[key] = Known(reason, before - allowed.left)
        return reason

    def _reason(self, one: LeftOut, allowed: Allowance, decided: Decided) -> Reason:
        """By itself first: what a rule forbids there stands nearer than what stands beside it."""
        attempts = [Attempt(trial, self._breaches(trial)) for trial in allowed.of(one.trials)]
        free = [attempt.trial for attempt in attempts if not attempt.breaches]
        beside = [Attempt(trial, _present(decided.breaches(trial.plan))) for trial in allowed.of(free)]
        fitting = [attempt for attempt in beside if not attempt.breaches]
        if allowed.left <= 0 and not fitting:
            return Reason(code=NOT_EXAMINED)
        return _crowded(fitting) if fitting else _impossible(beside or attempts)

    def _breaches(self, trial: Trial) -> tuple[Breach, ...]:
        """What it breaks by itself."""
        added = PlanView(self.auditor.territory, trial.plan)
        return _present(self._alone.new_breaches(trial.plan, added))


def _key(one: LeftOut, decided: Decided) -> object:
    """Needs that are alike share a reason, unless people decided something near with a participant."""
    return (one.likeness, one.need.participant if one.need and decided.is_near(one.need) else None)


def _present(broken: Iterable[Breach]) -> tuple[Breach, ...]:
    return tuple(breach for breach in broken if not breach.missing)


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
