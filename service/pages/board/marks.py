"""What the heads of the board mark: today, the days promised to the team, public holidays by their names."""

from datetime import date, timedelta

from planner.problem import Problem
from service.catalogue import text
from service.french_text import day_date
from service.pages.board.calendar import Marks
from service.pages.board.labels import Labels


def marks_of(problem: Problem, labels: Labels) -> Marks:
    today = problem.today_on
    frozen_until = today + timedelta(days=problem.notice_days) if today and problem.notice_days else None
    names = {on: _holiday(on, labels) for on in problem.holidays}
    return Marks(today_on=today, frozen_until_on=frozen_until, holidays=names)


def _holiday(on: date, labels: Labels) -> str:
    name, day = labels.holidays.get(on), day_date(on)
    words = (
        text("{day} — {name}, jour férié", day=day, name=name)
        if name
        else text("{day} — jour férié", day=day)
    )
    return words[:1].upper() + words[1:]
