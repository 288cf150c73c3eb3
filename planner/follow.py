"""A greedy plan that begins with what another plan of the same month holds, as far as the model knows it."""

from collections import defaultdict
from collections.abc import Callable

from planner.fixed import FixedInterview, published_interview, published_occurrence
from planner.greedy import Board, fill, give_place, hold
from planner.lanes import Take
from planner.model import Model
from planner.plan import Plan, PlannedPermanence, PlannedSession

Spot = tuple[str, int, str, str | None]
"""A need, the half-day, the person and the site (none for a call) of an interview."""


def start_like(model: Model, plan: Plan, stop: Callable[[], bool]) -> list[int]:
    """Complete values of a feasible plan, part of one when `stop` says so: first what `plan` holds, then the rest."""
    board = Board(model.program)
    _follow_works(model, board, plan)
    _follow_interviews(model, board, plan, stop)
    fill(model, board, stop)
    values = list(board.values)
    model.program.complete(values)
    return values


def _follow_works(model: Model, board: Board, plan: Plan) -> None:
    """The sessions of a plan in order of time, then its permanences, with whom it has there."""
    loads: dict[str, int] = defaultdict(int)
    works: list[PlannedPermanence | PlannedSession] = [*sorted(plan.sessions, key=lambda one: one.starts_at)]
    works += plan.permanences
    for record in works:
        of, half, kept = published_occurrence(model.facts, record)
        for index in model.variables.of(*of):
            if half in model.variables.occurrences[index].halves:
                hold(model, board, index, loads, kept.staff, kept.room)


def _follow_interviews(model: Model, board: Board, plan: Plan, stop: Callable[[], bool]) -> None:
    """The interviews of a plan, each with the same person in the same half-day, at the same time if that is chosen."""
    fixed = {(one.need.id, one.number) for one in model.fixed.interviews}
    loose = [one for one in plan.interviews if (one.need, one.number) not in fixed]
    takes = _takes(model) if loose else {}
    for record in loose:
        if stop():
            return
        kept = published_interview(model.facts, record)
        there = takes.get((kept.need.id, kept.half, kept.staff, kept.site), [])
        any(give_place(model, board, take) for take in there if _is_then(model, take, kept))


def _takes(model: Model) -> dict[Spot, list[Take]]:
    found: dict[Spot, list[Take]] = defaultdict(list)
    for index, group in enumerate(model.interviews.groups):
        needs = {need.id for need, _ in group.members}
        for take in model.interviews.by_group[index]:
            for need in needs:
                found[need, *_where(model, take)].append(take)
    return found


def _where(model: Model, take: Take) -> tuple[int, str, str | None]:
    lane = model.interviews.lanes[take.lane]
    return lane.half, lane.staff, lane.site if lane.on_site else None


def _is_then(model: Model, take: Take, kept: FixedInterview) -> bool:
    """Whether it stands at that time, or at any of the times of a half-day, as counted ones do."""
    return take.counted or model.span(take).start == kept.span.start
