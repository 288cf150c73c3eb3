"""Before and after on the board: a month, a week or a day, from what is looked at."""

from datetime import date

from service.pages.board.links import Links
from service.pages.month_board_view import Options


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
