"""The program of a solve's own process: one request in, progress and a plan out, gone with its parent.

Standard input: one line of options, one line of problem, then perhaps `stop` (end and keep the best plan).
When it closes, the parent is gone and so are we. Standard output: one JSON object a line.
"""

import os
import sys
import threading
import time
from typing import IO

import msgspec

from planner.audit import Auditor
from planner.problem import Problem
from planner.problem_file import read_problem
from planner.solve import Limits, Planned, Progress, solve
from planner.tally import Tally, tally
from service.jobs.solver_messages import ChildMessage, CurvePoint, SolveOptions

COUNT_EVERY_SECONDS = 1.0
SHOW_EVERY_SECONDS = 5.0
SHOWN_SHARE = 50
"""The plan itself is told this many times rarer than it takes to audit and tell: at most a fiftieth of the time."""


def main() -> None:
    out = _private_output()
    requests = sys.stdin.buffer
    options = msgspec.json.decode(requests.readline(), type=SolveOptions)
    problem = read_problem(requests.readline())
    stop = threading.Event()
    threading.Thread(target=_listen, args=(requests, stop), daemon=True).start()
    outcome = solve(
        problem,
        limits=Limits(**msgspec.structs.asdict(options)),
        stop=stop.is_set,
        on_progress=Follower(problem, out).hear,
    )
    if isinstance(outcome, Planned):
        _tell(out, ChildMessage(kind="planned", plan=outcome.plan))
    else:
        _tell(out, ChildMessage(kind="stopped"))


class Follower:
    """Tells each point of the curve, with what is placed so far, counted once a second, and now and then the plan.

    A plan that breaks a rule is shown to nobody.
    """

    def __init__(self, problem: Problem, out: IO[bytes]) -> None:
        self._auditor, self._out = Auditor(problem), out
        self._placed: Tally | None = None
        self._counted_at = float("-inf")
        self._shown_from = float("-inf")

    def hear(self, progress: Progress) -> None:
        began, is_due, best = time.monotonic(), False, None
        if progress.read is not None and progress.elapsed - self._counted_at >= COUNT_EVERY_SECONDS:
            read = progress.read()
            self._placed, self._counted_at = tally(self._auditor.territory, read), progress.elapsed
            is_due = progress.elapsed >= self._shown_from
            best = read if is_due and self._auditor.audit(read).is_clean else None
        point = CurvePoint(
            seconds=round(progress.elapsed, 3),
            level=progress.level,
            value=progress.value,
            bound=progress.bound,
            placed=self._placed,
            best=best,
        )
        _tell(self._out, ChildMessage(kind="progress", point=point))
        if is_due:
            took = time.monotonic() - began
            self._shown_from = progress.elapsed + max(SHOW_EVERY_SECONDS, SHOWN_SHARE * took)


def _private_output() -> IO[bytes]:
    """Our own copy of standard output; what a library prints goes to standard error instead."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _tell(out: IO[bytes], message: ChildMessage) -> None:
    out.write(msgspec.json.encode(message) + b"\n")
    out.flush()


def _listen(requests: IO[bytes], stop: threading.Event) -> None:
    for line in requests:
        if line.strip() == b"stop":
            stop.set()
    os._exit(3)


if __name__ == "__main__":
    main()
    sys.stderr.flush()
    # The listening thread may hold standard input's lock: an ordinary shutdown would then abort (exit code -6).
    os._exit(0)
