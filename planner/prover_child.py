"""The program of a prover's own process: levels in, the best plan and bound of each out, gone with its parent.

Its argument: which solver. Standard input: a line for each `Question`. When it closes, the parent is gone or has seen enough, and so
are we. Standard output: a line for each `Answer`; what the solver says goes nowhere.
"""

import math
import os
import sys
import threading
from queue import Queue
from typing import IO, Literal

import msgspec
from ortools.linear_solver import pywraplp
from ortools.linear_solver.linear_solver_pb2 import MPModelProto

Kind = Literal["HIGHS", "SCIP"]
"""Two searches of the same sort: what takes the one long is often soon done by the other."""
OPTIONS: dict[Kind, str] = {
    "HIGHS": "mip_abs_gap=0.9\nmip_rel_gap=0\noutput_flag=false",
    "SCIP": "limits/absgap = 0.9\nlimits/gap = 0",
}
"""Levels are whole numbers: a gap below 1 is none."""
SEEDS: dict[Kind, str] = {"HIGHS": "random_seed", "SCIP": "randomization/randomseedshift"}
ROUNDING, RELATIVE_ROUNDING = 0.05, 1e-7
"""What a bound in floating point may be off, and per unit of it."""


class Question(msgspec.Struct, frozen=True):
    """A program with prices, in the solvers' own format (MPModelProto); all its variables are whole.

    `seed` shuffles the order in which things are looked at.
    """

    program: bytes
    seed: int = 0


class Answer(msgspec.Struct, frozen=True):
    """Values of the best plan found, the bound if one is proven; `empty`: proven that no plan fits."""

    values: list[int] | None
    bound: int | None
    empty: bool = False


def main(kind: Kind) -> None:
    """Answer with one of the solvers until the questions end."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.dup2(quiet, sys.stderr.fileno())
    questions: Queue[bytes] = Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    while True:
        question = msgspec.json.decode(questions.get(), type=Question)
        own.write(msgspec.json.encode(answer(question, kind)) + b"\n")
        own.flush()


def _listen(requests: IO[bytes], questions: Queue[bytes]) -> None:
    """Take questions in, also while one is answered: that is how the parent's end is seen."""
    for line in requests:
        questions.put(line)
    os._exit(0)


def answer(question: Question, kind: Kind) -> Answer:
    """Minimise in whole numbers; bounds come from a search in floating point."""
    solver = pywraplp.Solver.CreateSolver(kind)
    solver.SetSolverSpecificParametersAsString(f"{OPTIONS[kind]}\n{SEEDS[kind]} = {question.seed}")
    message = MPModelProto.FromString(question.program)
    for variable in message.variable:
        variable.is_integer = True
    refused = solver.LoadModelFromProto(message)
    assert not refused, refused
    status = solver.Solve()
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return Answer(None, None, empty=status == pywraplp.Solver.INFEASIBLE)
    # Of a search that was not finished, it gives the value of the plan for a bound.
    bound = _proven(solver.Objective().BestBound()) if status == pywraplp.Solver.OPTIMAL else None
    return Answer([round(variable.solution_value()) for variable in solver.variables()], bound)


def _proven(bound: float) -> int:
    return math.ceil(bound - ROUNDING - RELATIVE_ROUNDING * abs(bound))


if __name__ == "__main__":
    main(msgspec.convert(sys.argv[1], Kind))
