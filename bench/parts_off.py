"""Ways of planning with one part of ours switched off: what a part is worth shows in what it costs to miss it."""

from collections.abc import Callable
from math import inf
from types import ModuleType

from planner import levels, near, race, relaxations, solve, turns
from planner.program import Program
from planner.relaxation import Relaxed, certified
from planner.wording import Wording


def _put(module: ModuleType | type, name: str, value: object) -> None:
    """Something else under a name that must be there: a part that moved would be measured as worth nothing."""
    assert hasattr(module, name), f"{module.__name__} has no {name}"
    setattr(module, name, value)


def _without_relaxation() -> None:
    """Only the bound that needs no search, and nothing taken away."""

    def nothing(
        program: Program, held: dict[str, int], level: str, seconds: float, wording: Wording
    ) -> Relaxed:
        assert seconds >= 0
        _, rows = wording.of(program, held, level)
        weak = certified(program, rows, level, [0] * len(rows))
        return weak._replace(prices=[0] * len(weak.prices))

    _put(relaxations, "relax", nothing)


def _without_search_over_all() -> None:
    """The levels are proven one after the other from the greedy plan on."""

    def nothing(_program: Program, values: list[int], *_: object) -> tuple[list[int], bool]:
        return values, False

    _put(near, "_near", nothing)


def _without_second_solver() -> None:
    _put(levels, "MOST_FOR_PROVER", 0)


def _without_third_solver() -> None:
    """One solver looks for each proof, and is begun anew when it takes long."""
    _put(race, "KINDS", race.KINDS[:1] * 2)


def _without_looking_ahead() -> None:
    """All search for the proof of one level, and the next begins when it is there."""

    def nothing(_race: race.Race, _after: race.After) -> None:
        return None

    _put(race.Race, "_later", nothing)


def _without_beginning_anew() -> None:
    _put(race, "LEAST_SECONDS", inf)


def _without_roaming() -> None:
    """Nobody looks for better plans beside a proof, but the proof itself."""
    for name in ("RACING", "PROVING", "PROVING_AT_ONCE"):
        calm = tuple(turn._replace(roams=False) for turn in getattr(turns, name))
        _put(turns, name, calm)


def _without_pressing() -> None:
    _put(solve, "MISSING", ())


OFF: dict[str, Callable[[], None]] = {
    "no relaxation": _without_relaxation,
    "no search over all": _without_search_over_all,
    "no second solver": _without_second_solver,
    "no third solver": _without_third_solver,
    "no look ahead": _without_looking_ahead,
    "no proof begun anew": _without_beginning_anew,
    "no roaming": _without_roaming,
    "compulsory things not first": _without_pressing,
}
