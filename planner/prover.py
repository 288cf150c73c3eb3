"""A second search of a level, in a process of its own: another kind of solver, strong where proof is hard.

It is ended at once by whoever needs it no more.
"""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from planner.program import Program
from planner.prover_child import Answer, Kind, Question
from planner.relaxation import Relaxed, narrowed
from planner.wording import Wording

ROOT = Path(__file__).resolve().parent.parent


class Ground(NamedTuple):
    """What earlier levels leave: the program with what they rule out taken away, and what they hold."""

    program: Program
    held: dict[str, int]
    wording: Wording

    @classmethod
    def of(cls, program: Program) -> "Ground":
        """The ground of a program where no level is settled."""
        return cls(program, {}, Wording(program))

    def settle(self, level: str, most: int, relaxed: Relaxed | None) -> "Ground":
        """The ground once one more level stays at most `most`."""
        program = self.program
        if relaxed is not None:
            program = program.within(*narrowed(program, relaxed, most))
        return self._replace(program=program, held={**self.held, level: most})

    def keeps(self, values: list[int]) -> bool:
        """Whether a plan found in floating point keeps every row and every settled level exactly."""
        program = self.program
        inside = zip(program.lower, values, program.upper, strict=True)
        return (
            all(low <= value <= high for low, value, high in inside)
            and not program.broken(values)
            and all(program.value(name, values) <= most for name, most in self.held.items())
        )


class Child:
    """A process in which one solver answers one question after the other, and the thread that talks with it."""

    def __init__(self, kind: Kind = "HIGHS") -> None:
        self.answer: Answer | None = None
        self._began = time.monotonic()
        self._thread: threading.Thread | None = None
        command = [sys.executable, "-m", "planner.prover_child", kind]
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True
            )

    @property
    def process(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    def work_seconds(self) -> float:
        """Seconds of work so far; where the system does not say, those that it is there."""
        try:
            stat = Path(f"/proc/{self.process}/stat").read_text()
        except OSError:  # another system, or the process has just ended
            return time.monotonic() - self._began
        # Counted behind the name of the program, which may hold anything.
        own, system = stat.rpartition(")")[2].split()[11:13]
        return (int(own) + int(system)) / os.sysconf("SC_CLK_TCK")

    @property
    def is_free(self) -> bool:
        """Whether it could take a question: it has answered all, or had none."""
        return (self._thread is None or self.answer is not None) and not self.is_gone

    def ask(self, question: Question) -> None:
        """Begin to look for the answer, which appears when it is there."""
        self.answer = None
        if self._process is not None:
            self._thread = threading.Thread(target=self._talk, args=(self._process, question), daemon=True)
            self._thread.start()

    def _talk(self, process: "subprocess.Popen[bytes]", question: Question) -> None:
        """Ask, wait, keep the answer; a process that ends without one has nothing to say."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(question) + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            return
        line = process.stdout.readline()
        if line.endswith(b"\n"):
            self.answer = msgspec.json.decode(line, type=Answer)

    @property
    def is_gone(self) -> bool:
        """Whether no answer can come any more: the process ended, or the machine had none to give."""
        return self._process is None or self._process.poll() is not None

    def close(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        if self._thread is not None:
            self._thread.join()
        self._process.communicate()


class Prover:
    """Looks, in a child that is free, for a level's best plan on some ground, below `value` if one is given.

    That value is no row of the question: most searches take longer with it.
    """

    def __init__(
        self,
        child: Child,
        ground: Ground,
        level: str,
        relaxed: Relaxed,
        value: int | None = None,
        seed: int = 0,
    ) -> None:
        self.ground = ground
        self.level = level
        self.is_heard = False
        """Set by whoever took the answer over."""
        self._most = None if value is None else value - 1
        self._child = child
        child.ask(self._question(relaxed, seed))

    @property
    def has_answered(self) -> bool:
        return self._child.answer is not None

    @property
    def has_news(self) -> bool:
        """Whether there is a proof that nobody took over: for an answer without one, nobody stops."""
        answer = self._child.answer
        return answer is not None and not self.is_heard and (answer.empty or answer.bound is not None)

    @property
    def is_at_work(self) -> bool:
        """Whether an answer may still come."""
        return not self.has_answered and not self._child.is_gone

    def work_seconds(self) -> float:
        return self._child.work_seconds()

    def result(self) -> tuple[list[int] | None, int]:
        """The best plan's values if there is one, and a bound; nothing and 0 before the answer."""
        answer, program = self._child.answer, self.ground.program
        if answer is None:
            return None, 0
        if answer.empty:
            return None, 0 if self._most is None else self._most + 1
        if answer.values is not None:
            program.complete(answer.values)
        bound = 0 if answer.bound is None else answer.bound + program.constants[self.level]
        # Plans above `most` may have been taken away: of those nothing is proven.
        return answer.values, bound if self._most is None else min(bound, self._most + 1)

    def _question(self, relaxed: Relaxed, seed: int) -> Question:
        _, held, wording = self.ground
        message, _ = wording.of(self._asked_of(relaxed), held, self.level)
        return Question(message.SerializeToString(), seed)

    def _asked_of(self, relaxed: Relaxed) -> Program:
        """The program without what no better plan chooses."""
        program = self.ground.program
        return program if self._most is None else program.within(*narrowed(program, relaxed, self._most))
