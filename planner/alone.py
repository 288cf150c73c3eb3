"""What placements break by themselves, whatever else a plan holds: it can be worked out beside the search for one."""

import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from math import inf
from typing import NamedTuple

from planner.audit import Auditor
from planner.breach import Breach
from planner.fit import Fit
from planner.left_out import LeftOut, left_out_of
from planner.plan import Plan
from planner.plan_view import PlanView
from planner.trials import Trial

MOST_TRIALS = 3_000
"""Placements tried in all (about half a second); what is left then is not examined."""
MOST_TRIALS_EACH = 700


class Attempt(NamedTuple):
    """One placement tried, and the breaches that it has."""

    trial: Trial
    breaches: tuple[Breach, ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(breach.rule for breach in self.breaches)


def present(broken: Iterable[Breach]) -> tuple[Breach, ...]:
    """Breaches without those of a part that is only missing beside a placement."""
    return tuple(breach for breach in broken if not breach.missing)


class Turns:
    """How many placements may still be tried, and until when."""

    def __init__(self, until: float = inf) -> None:
        """`until` in monotonic seconds."""
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


class Alone:
    """What the things that are left out break where nothing else stands; things that are alike share it."""

    def __init__(self, auditor: Auditor) -> None:
        self.auditor = auditor
        self._fit = Fit(auditor, Plan())
        self._known: dict[object, tuple[Attempt, ...]] = {}
        self._thread: threading.Thread | None = None
        self._ahead = Turns()

    def attempts(self, one: LeftOut, turns: Turns) -> tuple[Attempt, ...]:
        """Its placements, as many as may be tried."""
        known = self._known.get(one.likeness)
        if known is None or len(known) > turns.left:
            return tuple(map(self._attempt, turns.of(one.trials)))
        turns.left -= len(known)
        return known

    def look_ahead(self, plan: Plan) -> None:
        """Begin with what this plan leaves out, beside whatever the caller does next; `end` comes after it."""

        def work() -> None:
            for one in left_out_of(self.auditor.territory, self.auditor.view(plan)):
                found = self.attempts(one, self._ahead)
                if self._ahead.left <= 0:
                    return
                self._known[one.likeness] = found

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Until all is tried, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def end(self) -> None:
        """Try nothing more ahead; what was found stays."""
        self._ahead.until = 0.0
        if self._thread is not None:
            self._thread.join()

    def _attempt(self, trial: Trial) -> Attempt:
        added = PlanView(self.auditor.territory, trial.plan)
        return Attempt(trial, present(self._fit.new_breaches(trial.plan, added)))
