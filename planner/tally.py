"""How much of what is asked a plan places, counted by what people call it."""

from planner.asked import asked_and_placed, missing_interviews, missing_sessions, own_needs
from planner.plan import Plan
from planner.plan_view import PlanView
from planner.problem import Problem
from planner.records import Record
from planner.territory import Territory


class Tally(Record, frozen=True, kw_only=True):
    """Pairs of what is placed and what is missing. Interviews are those of this horizon's own needs."""

    permanences: tuple[int, int]
    sessions: tuple[int, int]
    interviews: tuple[int, int]


def tally(territory: Territory, plan: Plan) -> Tally:
    view = PlanView(territory, plan)
    permanences = sum(
        max(0, asked - placed)
        for cadence in territory.problem.cadences
        if cadence.kind == "permanence"
        for _, asked, placed in asked_and_placed(view, cadence)
    )
    sessions = sum(
        count for compulsory in (True, False) for _, count in missing_sessions(view, compulsory=compulsory)
    )
    interviews = sum(count for _, count in missing_interviews(view))
    wanted = sum(need.count for need in own_needs(territory))
    return Tally(
        permanences=(len(plan.permanences), permanences),
        sessions=(len(plan.sessions), sessions),
        interviews=(wanted - interviews, interviews),
    )


def asked(problem: Problem) -> Tally:
    """What a plan of this horizon is asked for: everything is missing. Needs of another month are not counted."""
    return tally(Territory(problem), Plan())
