"""Ways of planning with one part of ours switched off: what a part is worth shows in what it costs to miss it."""

from collections.abc import Callable

from planner import levels, solve
from planner.program import Program
from planner.relaxation import Relaxed, certified, held_rows


def _without_relaxation() -> None:
    """Only the bound that needs no search, and nothing taken away."""

    def nothing(program: Program, held: dict[str, int], level: str, seconds: float) -> Relaxed:
        assert seconds >= 0
        rows = [*program.rows, *held_rows(program, held)]
        weak = certified(program, rows, level, [0] * len(rows))
        return weak._replace(prices=[0] * len(weak.prices))

    levels.relax = nothing  # type: ignore[attr-defined]


def _without_second_solver() -> None:
    levels.MOST_FOR_PROVER = 0


def _without_looking_ahead() -> None:
    levels.EASY = ()  # type: ignore[assignment]


def _without_roaming() -> None:
    levels.RACING = tuple(turn._replace(roams=False) for turn in levels.RACING)  # type: ignore[assignment]


def _without_pressing() -> None:
    solve.PRESSING = ()  # type: ignore[assignment]


OFF: dict[str, Callable[[], None]] = {
    "no relaxation": _without_relaxation,
    "no second solver": _without_second_solver,
    "no look ahead": _without_looking_ahead,
    "no roaming": _without_roaming,
    "compulsory things not first": _without_pressing,
}
