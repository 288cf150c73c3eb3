"""The relaxations of a program that were counted, so that none is counted twice."""

from planner.program import Program
from planner.prover import Ground
from planner.relaxation import Relaxed, relax


class Relaxations:
    """By level and by what is held: the relaxation, and the ground it counts on.

    `ground`: the program where no level is settled.
    """

    def __init__(self, program: Program) -> None:
        self.ground = Ground.of(program)
        self._found: dict[tuple[str, tuple[int, ...]], tuple[Ground, Relaxed]] = {}

    def of(self, ground: Ground, name: str, seconds: float) -> tuple[Ground, Relaxed]:
        """The relaxation under all that is held, and the ground it counts on: of that ground alone it is true."""
        key = (name, tuple(ground.held.values()))
        if key not in self._found:
            self._found[key] = ground, relax(ground.program, ground.held, name, seconds, ground.wording)
        return self._found[key]
