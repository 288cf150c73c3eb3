"""A second search of a level, in a process of its own: another kind of solver, strong where proof is hard.

It begins again when what is known has much improved, and is ended at once by whoever needs it no more.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

import msgspec

from planner.program import UNBOUNDED, Program
from planner.prover_child import Answer, Question
from planner.relaxation import Relaxed, held_rows, narrowed

ROOT = Path(__file__).resolve().parent.parent
WAIT_SECONDS = 0.5
"""Quick levels are over before a second solver could help; quick gains come one after the other."""
YOUNG_SECONDS = 5.0
"""A search older than this goes on with what it knows."""


class Prover:
    """Looks for a plan better than `value`, or the proof that there is none; close it after use."""

    def __init__(self, program: Program, held: dict[str, int], level: str, relaxed: Relaxed) -> None:
        self.program = program
        self.level = level
        self.relaxed = relaxed
        self._rows = [*program.rows, *held_rows(program, held)]
        self._most = 0
        self._began = time.monotonic()
        self._child: _Child | None = None

    def __enter__(self) -> "Prover":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _seek(self, value: int, seconds: float) -> None:
        """Look for less than `value`; a young search begins again when the gap has halved."""
        now, least = time.monotonic(), self.relaxed.bound
        age = now - self._began
        halved = self._child is None or 2 * (value - 1 - least) <= self._most - least
        if age < WAIT_SECONDS or not halved or (self._child is not None and age > YOUNG_SECONDS):
            return
        self._close()
        self._most, self._began = value - 1, now
        self._child = _Child(self._question(seconds))

    threads = 1
    """Threads that the others leave to it."""

    @property
    def process(self) -> int | None:
        """The number of its process while there is one."""
        return self._child.process if self._child is not None else None

    def beats(self, value: int, seconds: float) -> bool:
        """Whether it has an answer; while it has none, it is told the best value known."""
        if self._child is not None and self._child.answer is not None:
            return True
        self._seek(value, seconds)
        return False

    def result(self) -> tuple[list[int] | None, int]:
        """A better plan's values if there is one, and a bound; nothing and the least before the answer."""
        answer = self._child.answer if self._child is not None else None
        if answer is None:
            return None, 0
        if answer.empty:
            return None, self._most + 1
        constant = self.program.constants[self.level]
        return answer.values, 0 if answer.bound is None else answer.bound + constant

    def _question(self, seconds: float) -> Question:
        lower, upper = narrowed(self.program, self.relaxed, self._most)
        prices = tuple(self.program.costs[self.level].items())
        rows = [
            (
                [v for v, _ in row.terms],
                [c for _, c in row.terms],
                row.low if row.low > -UNBOUNDED else None,
                row.high if row.high < UNBOUNDED else None,
            )
            for row in self._rows
        ]
        most = self._most - self.program.constants[self.level]
        rows.append(([v for v, _ in prices], [c for _, c in prices], None, most))
        return Question(lower, upper, rows, list(prices), seconds)

    def _close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class NoProver:
    """Nobody else searches."""

    threads = 0

    def __enter__(self) -> "NoProver":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def beats(self, _value: int, _seconds: float) -> bool:
        return False

    def result(self) -> tuple[list[int] | None, int]:
        return None, 0


class _Child:
    """One process and the thread that talks with it."""

    def __init__(self, question: Question) -> None:
        self.answer: Answer | None = None
        command = [sys.executable, "-m", "planner.prover_child"]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True
        )
        self._thread = threading.Thread(target=self._talk, args=(question,), daemon=True)
        self._thread.start()

    def _talk(self, question: Question) -> None:
        """Ask, wait, keep the answer; a process that ends without one has nothing to say."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(msgspec.json.encode(question) + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return
        line = self._process.stdout.readline()
        if line.endswith(b"\n"):
            self.answer = msgspec.json.decode(line, type=Answer)

    @property
    def process(self) -> int:
        return self._process.pid

    def end(self) -> None:
        self._process.kill()
        self._thread.join()
        self._process.communicate()
