"""How often a month keeps a wish: of the half-days that it is about and the person works, those on which it was followed."""

from datetime import date, timedelta

from planner.plan import Plan
from planner.problem import Problem, Wish
from planner.records import HalfDay
from service.catalogue import text
from service.pages.board.activities import activities
from service.pages.board.presence import available_halves


class Wishes:
    """A wish for a half-day is followed when the person has something there, one against it when they have not."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.staff = {one.id: one for one in problem.staff}
        self.held: set[tuple[str, date, HalfDay]] = {
            (code, one.on, half)
            for one in activities(problem, plan)
            for code in one.staff
            for half in one.halves
        }

    def words(self, person: str, wish: Wish) -> str:
        """Suivi 2 fois sur 4"""
        days = self._days(person, wish)
        held = sum((person, on, wish.half_day) in self.held for on in days)
        kept = held if wish.wish == "prefer" else len(days) - held
        return text("suivi {kept} fois sur {all}", kept=kept, all=len(days)) if days else ""

    def _days(self, person: str, wish: Wish) -> list[date]:
        """Those of the month on which the person is there at that half-day."""
        count = (self.problem.last_on - self.problem.first_on).days + 1
        every = [self.problem.first_on + timedelta(days=index) for index in range(count)]
        meant = [wish.on] if wish.on else [on for on in every if on.isoweekday() == wish.weekday]
        there = available_halves(self.problem, self.staff[person], meant)
        return [on for on in meant if (on, wish.half_day) in there]
