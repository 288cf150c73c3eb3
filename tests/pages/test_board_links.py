"""Before and after on the board: a month, a week or a day, from what is looked at."""

from datetime import date, timedelta

from service.pages.board.activities import activities
from service.pages.board.links import Links
from service.pages.board.paper_day import paper_day
from service.pages.month_board_view import Options
from tests.planner.build import MONDAY, cadence, permanence, plan, problem

DAY = timedelta(days=1)


def links(shape: str, shown: date) -> Links:
    options = Options(shape=shape)  # type: ignore[arg-type]
    return Links(path="/p/2026-11", root="/p", options=options, first_on=date(2026, 11, 1), shown_on=shown)


def test_a_week_steps_from_the_week_that_is_shown() -> None:
    found = links("semaine", date(2026, 11, 18))
    assert "jour=2026-11-11" in found.before.address
    assert "jour=2026-11-25" in found.after.address


def test_a_day_steps_over_the_weekend() -> None:
    found = links("jour", date(2026, 11, 20))
    assert "jour=2026-11-19" in found.before.address
    assert "jour=2026-11-23" in found.after.address


def test_beyond_the_month_comes_the_next_month() -> None:
    assert links("semaine", date(2026, 11, 25)).after.address.startswith("/p/2026-12?")
    assert links("mois", date(2026, 11, 25)).before.address.startswith("/p/2026-10?")


def test_sheets_are_offered_of_the_next_day_on_which_something_is_held() -> None:
    found = activities(problem(cadences=(cadence(),)), plan(permanence(MONDAY), permanence(MONDAY + DAY * 2)))
    assert paper_day(found, None, MONDAY - DAY * 2) == MONDAY
    assert paper_day(found, None, MONDAY) == MONDAY + DAY * 2
    assert paper_day(found, None, MONDAY + DAY * 9) == MONDAY + DAY * 2
    assert paper_day(found, MONDAY - DAY, MONDAY) == MONDAY - DAY
    assert paper_day([], None, MONDAY) is None
