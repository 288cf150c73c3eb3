"""A plan laid over its problem, indexed once, for rules and goals to read."""

from planner.plan import Plan
from planner.problem import Problem


class PlanView:
    """What the checker's half of a rule reads."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
