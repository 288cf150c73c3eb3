"""Measures of explaining and re-planning on real months: `python -m bench.explain [--seeds N] [--out FOLDER]`.

Questions are counted in seconds of computing, so that a busy machine does not count; re-plans, which work
on two threads until a moment, in seconds of wall time too: those only mean something on a quiet machine.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TypeVar

import msgspec

from bench.machine import described
from planner.compare import compare
from planner.generate import generate_real, with_absence, with_closure, with_published, with_urgent_interview
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from planner.replan import DEFAULT_LIMITS, replan
from planner.solve import Limits, Planned, solve
from planner.suggest import Suggester
from planner.told import Told
from planner.wanted import Wanted, wanted_of
from planner.why_not import Explainer, left_out_of

ROOT = Path(__file__).resolve().parent.parent
SOLVE_SECONDS = 8
KINDS = ("absence", "closure", "urgent interview")
UNTIL_CHANGES = LEVEL_NAMES[: LEVEL_NAMES.index("changes") + 1]
Value = TypeVar("Value")


class Replanned(msgspec.Struct, frozen=True):
    """One re-plan with all that it tells: seconds, its number of changes and whether that is proven least."""

    kind: str
    elapsed: float
    computed: float
    changes: int
    is_proven: bool


class Month(msgspec.Struct, frozen=True):
    """What was measured of one month, in seconds."""

    seed: int
    prepare: float
    suggestions: tuple[float, ...]
    why_not: tuple[float, ...]
    replans: tuple[Replanned, ...]
    compared: float


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def measured(seed: int) -> Month:
    """A month solved for some seconds, then asked and disturbed."""
    problem = generate_real(seed)
    outcome = solve(problem, limits=Limits(time_limit_seconds=SOLVE_SECONDS))
    assert isinstance(outcome, Planned)
    prepare, suggester = timed(lambda: Suggester(problem, outcome.plan))
    asked = list(_things(outcome.plan, suggester))
    suggestions = [timed(lambda wanted=wanted: suggester.suggest(wanted))[0] for wanted in asked]  # type: ignore[misc]
    explainer = Explainer(problem, outcome.plan)
    why_not = [
        timed(lambda wanted=wanted: explainer.why_not(wanted))[0]  # type: ignore[misc]
        for wanted in left_out_of(explainer.view)
    ]
    disturbed = dict(_disturbed(problem, outcome.plan, seed))
    told = {kind: _replanned(kind, facts) for kind, facts in disturbed.items()}
    after = told["absence"][1].plan
    compared, _ = timed(lambda: compare(disturbed["absence"], outcome.plan, after))
    replans = tuple(found for found, _ in told.values())
    return Month(seed, prepare, tuple(suggestions), tuple(why_not), replans, compared)


def _things(plan: Plan, suggester: Suggester) -> Iterator[Wanted]:
    """All that is left out, and every fifth thing that is placed."""
    yield from (wanted for wanted in left_out_of(suggester.view))
    records = (*plan.permanences, *plan.sessions, *plan.interviews)
    yield from (wanted_of(one) for one in records[::5])


def _disturbed(problem: Problem, plan: Plan, seed: int) -> Iterator[tuple[str, Problem]]:
    """The month published, then one thing that happens on a Tuesday of its second week."""
    dice = Random(f"bench {seed}")  # noqa: S311
    on = problem.first_on + timedelta(days=7)
    on += timedelta(days=(1 - on.weekday()) % 7)
    published = with_published(problem, plan, problem.today_on or problem.first_on)
    yield "absence", with_absence(published, dice.choice(problem.staff).id, on)
    yield "closure", with_closure(published, dice.choice(problem.sites).id, on)
    yield "urgent interview", with_urgent_interview(published)


def _replanned(kind: str, problem: Problem) -> tuple[Replanned, Told]:
    began = time.monotonic()
    computed, found = timed(lambda: replan(problem))
    elapsed = time.monotonic() - began
    assert isinstance(found, Told)
    levels = {level.name: level for level in found.plan.levels}
    proven = all(levels[name].value == levels[name].bound for name in UNTIL_CHANGES)
    return Replanned(kind, elapsed, computed, levels["changes"].value, proven), found


def report(months: list[Month]) -> str:
    suggestions = [one for month in months for one in month.suggestions]
    replans = [one for month in months for one in month.replans]
    alone = [one for month in months for one in month.why_not]
    whole = [sum(month.why_not) for month in months]
    proven = sum(one.is_proven for one in replans)
    limit = DEFAULT_LIMITS.time_limit_seconds
    rows = [
        ("lay a plan out once", _spread([month.prepare for month in months]), ""),
        ("ten suggestions", _spread(suggestions), "0.2 s (p95)"),
        ("why not, the first", _spread([month.why_not[0] for month in months if month.why_not]), "1 s"),
        ("why not, one thing", _spread(alone), ""),
        ("why not, all that a month leaves out", _spread(whole), "10 s"),
        ("two plans compared", _spread([month.compared for month in months]), ""),
        *(row for kind in KINDS for row in _replan_rows(kind, replans)),
    ]
    lines = [
        "# Explaining and re-planning, measured",
        "",
        "`python -m bench.explain` makes this page. Seconds of computing on one thread, unless a row says otherwise.",
        "",
        described(),
        "",
        f"{len(months)} real months (7 people, 13 sites, 300 to 400 interviews), {len(suggestions)} suggestions, "
        f"{len(alone)} things left out, {len(replans)} re-plans within {limit:.0f} s (two threads; all that is told "
        f"of them included), of which {proven} have their number of changes proven least "
        f"({', '.join(str(one.changes) for one in replans)} changes).",
        "",
        "| what | median | p95 | worst | aim |",
        "|---|---|---|---|---|",
        *(f"| {what} | {spread} | {asked} |" for what, spread, asked in rows),
    ]
    return "\n".join(lines) + "\n"


def _replan_rows(kind: str, replans: list[Replanned]) -> Iterator[tuple[str, str, str]]:
    own = [one for one in replans if one.kind == kind]
    proven = f"3 s, changes proven least: {sum(one.is_proven for one in own)} of {len(own)}"
    yield (
        f"re-plan after an {kind}, wall time".replace("an c", "a c"),
        _spread([o.elapsed for o in own]),
        proven,
    )
    yield "the same, computing on both threads", _spread([one.computed for one in own]), ""


def _spread(values: list[float]) -> str:
    if not values:
        return "- | - | -"
    high = quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    return f"{median(values):.3f} | {high:.3f} | {max(values):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.explain", description="Measure explaining and re-planning.")
    parser.add_argument("--seeds", type=int, default=6, help="how many months")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder of the report")
    given = parser.parse_args()
    months = []
    for seed in range(given.seeds):
        months.append(measured(seed))
        sys.stderr.write(
            f"month {seed}: {sum(months[-1].why_not):.1f} s for {len(months[-1].why_not)} things\n"
        )
    found = report(months)
    (given.out / "explain-bench.md").write_text(found, encoding="utf-8")
    sys.stdout.write(found)


if __name__ == "__main__":
    main()
