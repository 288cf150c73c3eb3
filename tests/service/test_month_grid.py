"""The month as text."""

from datetime import UTC, date, datetime

import msgspec

from planner.plan import OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import Cadence, Closure, Interview, Meeting, Opening, Problem, Site, StaffMember
from service.month_grid import WIDE_FROM, month_grid


def opening(weekday: int, half_day: str) -> Opening:
    hours = ("09:00", "12:00") if half_day == "am" else ("14:00", "17:00")
    return Opening(weekday=weekday, half_day=half_day, from_hour=hours[0], to_hour=hours[1])  # type: ignore[arg-type]


def at(day: int, hour: int) -> datetime:
    """An instant of December 2026; Paris is one hour ahead of UTC."""
    return datetime(2026, 12, day, hour - 1, tzinfo=UTC)


DECEMBER = Problem(
    format="escale-problem/1",
    territory="essai",
    zone="Europe/Paris",
    first_on=date(2026, 12, 1),
    last_on=date(2026, 12, 31),
    holidays=(date(2026, 12, 25),),
    sites=(
        Site(
            id="gagny",
            name="CSL Gagny",
            kind="semi_liberte",
            openings=(opening(2, "pm"), opening(4, "am")),
            closures=(Closure(id="c", from_on=date(2026, 12, 24), until_on=date(2026, 12, 24)),),
        ),
        Site(id="sas", name="SAS", kind="sas", openings=(opening(3, "pm"),)),
        Site(
            id="bureau", name="Bureau", kind="bureau", openings=tuple(opening(d, "am") for d in range(1, 6))
        ),
        Site(id="fresnes", name="Fresnes", kind="maison_arret", openings=(opening(1, "am"),)),
    ),
    staff=(
        StaffMember(
            id="AR", name="A. R.", meetings=(Meeting(id="m", starts_at=at(7, 14), ends_at=at(7, 15)),)
        ),
        StaffMember(id="FM", name="F. M."),
    ),
    cadences=(Cadence(id="gagny-permanence", site="gagny", asked=2),),
    interviews=tuple(
        Interview(id=code, kind="suivi", from_on=date(2026, 12, 1), until_on=date(2026, 12, 31))
        for code in "abcde"
    ),
)


def interview(need: str, site: str | None, starts_at: datetime) -> PlannedInterview:
    return PlannedInterview(
        need=need, starts_at=starts_at, ends_at=starts_at.replace(minute=45), staff="AR", site=site
    )


PLAN = Plan(
    permanences=(
        PlannedPermanence(cadence="gagny-permanence", on=date(2026, 12, 8), half_day="pm", staff=("AR",)),
    ),
    sessions=(
        PlannedSession(
            starts_at=at(9, 14),
            ends_at=at(9, 16),
            site="sas",
            staff=("AR", "FM"),
            promotion="p",
            sequence="1",
        ),
    ),
    office=(OfficeHalfDay(staff="AR", site="bureau", on=date(2026, 12, 10), half_day="am"),),
    interviews=(
        interview("a", "gagny", at(8, 14)),
        interview("b", "gagny", at(8, 15)),
        interview("c", "bureau", at(10, 9)),
        interview("d", None, at(11, 10)),
        interview("e", "bureau", at(21, 10)),
    ),
)


def line(grid: str, week: int, label: str) -> str:
    block = grid.split(f"Semaine {week} ")[1].split("Semaine ")[0]
    return next(found for found in block.splitlines() if found.startswith(label))


def test_a_permanence_shows_initials_and_places_taken_at_its_half_day() -> None:
    row = line(month_grid(DECEMBER, PLAN), 50, "CSL Gagny")
    assert row == "CSL Gagny".ljust(14 + 3 * 8) + "AR 2/3".ljust(3 * 8) + "·"


def test_a_narrow_terminal_gets_initials_alone() -> None:
    grid = month_grid(DECEMBER, PLAN, width=80)
    assert line(grid, 50, "CSL Gagny").split() == ["CSL", "Gagny", "AR", "·"]
    assert all(len(row) <= 80 for row in grid.split("\n\n")[1].splitlines())


def test_sessions_office_interviews_calls_and_meetings_have_their_rows() -> None:
    grid = month_grid(DECEMBER, PLAN)
    assert line(grid, 50, "SAS").split()[1:] == ["(AR+FM)"]
    assert line(grid, 50, "Bureau").split()[1:] == ["1"]
    assert line(grid, 50, "Téléphone").split()[1:] == ["1"]
    assert line(grid, 50, "Réunions").split()[1:] == ["AR"]


def test_a_holiday_is_named_and_empty_and_a_closure_is_marked() -> None:
    grid = month_grid(DECEMBER, PLAN)
    assert "ve 25 férié" in grid
    assert "×" in line(grid, 52, "CSL Gagny")


def test_without_any_interview_a_permanence_is_initials_alone() -> None:
    bare = msgspec.structs.replace(DECEMBER, interviews=())
    grid = month_grid(bare, msgspec.structs.replace(PLAN, interviews=()), only_busy=True)
    assert line(grid, 50, "CSL Gagny").split() == ["CSL", "Gagny", "AR", "·"]
    assert "rien de prévu" in grid.split("Semaine 51 ")[1].split("Semaine ")[0]


def test_an_office_is_shown_only_in_weeks_with_interviews() -> None:
    block = month_grid(DECEMBER, PLAN).split("Semaine 51 ")[1].split("Semaine ")[0]
    assert "Bureau" not in block


def test_a_site_where_nothing_happens_is_left_out() -> None:
    assert "Fresnes" not in month_grid(DECEMBER, PLAN)


def test_an_empty_plan_is_still_a_grid() -> None:
    grid = month_grid(msgspec.structs.replace(DECEMBER, sites=(), cadences=()), Plan())
    assert "Semaine 49" in grid
    assert all(len(row) <= WIDE_FROM for row in grid.split("\n\n")[0].splitlines())
