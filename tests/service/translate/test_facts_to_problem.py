from datetime import UTC, date, datetime
from uuid import uuid4

import msgspec
import pytest

from db.records.cadence import Cadence, CadenceException, HistoryDate, Promotion, Sequence
from db.records.facts import Facts
from db.records.participant import InterviewNeed, Path, Volume
from db.records.site import Opening, Site
from db.records.staff import BusyMark, LedgerEntry, Meeting, StaffMember, WeeklyAvailability
from db.records.territory import HolidayOverride, Stage, Territory
from planner.problem import HistoryDate as PlannedDate
from service.translate.horizon import Horizon
from service.translate.needs import rhythm_needs, stages, typed_needs, volume_needs
from service.translate.places import holidays, sites
from service.translate.standing import cadences, promotions
from service.translate.team import staff

DECEMBER = Horizon(date(2026, 12, 1), date(2026, 12, 31), date(2026, 11, 20), "Europe/Paris")
ARCHIVED = datetime(2026, 1, 1, tzinfo=UTC)


def facts(**kinds: object) -> Facts:
    territory = Territory(id=uuid4(), version=1, code="idf", name="Île-de-France", zone="Europe/Paris")
    return msgspec.structs.replace(Facts(territory=territory), **kinds)


OFFICE = Site(code="bureau", name="Bureau", kind="bureau")


def test_an_archived_site_keeps_its_name_and_loses_its_openings() -> None:
    opening = Opening(weekday=1, half_day="am", from_hour="09:00", to_hour="12:00")
    open_site, closed_site = sites(
        [
            Site(code="a", name="A", kind="spip", openings=(opening,)),
            Site(code="b", name="B", kind="spip", openings=(opening,), archived_at=ARCHIVED),
        ],
        [],
    )
    assert [len(open_site.openings), len(closed_site.openings)] == [1, 0]


def test_holidays_follow_the_departement_and_what_the_territory_says() -> None:
    territory = msgspec.structs.replace(facts().territory, departements=("57",))
    said = [
        HolidayOverride(held_on=date(2026, 12, 24)),
        HolidayOverride(held_on=date(2026, 12, 25), is_holiday=False),
    ]
    assert holidays(territory, said, DECEMBER) == (date(2026, 12, 24), date(2026, 12, 26))


def test_a_mark_on_a_weekday_is_busy_on_each_of_its_dates_only_while_it_is_valid() -> None:
    mark = BusyMark(code="m", staff="AR", half_day="am", weekday=1, until_on=date(2026, 12, 14))
    known = facts(staff=(StaffMember(code="AR", name="AR"),), busy_marks=(mark,))
    (member,) = staff(known, DECEMBER, {})
    assert [one.starts_at.date() for one in member.busy] == [date(2026, 12, 7), date(2026, 12, 14)]
    assert member.busy[0].ends_at.isoformat() == "2026-12-07T13:00:00+01:00"


def test_a_cancelled_meeting_keeps_nobody_away() -> None:
    at = datetime(2026, 12, 7, 9, tzinfo=UTC)
    held = Meeting(code="held", title="", starts_at=at, ends_at=at.replace(hour=10), attendees=("AR",))
    off = msgspec.structs.replace(held, code="off", status="cancelled")
    known = facts(staff=(StaffMember(code="AR", name="AR"),), meetings=(held, off))
    assert [one.id for one in staff(known, DECEMBER, {})[0].meetings] == ["held"]


def test_a_pattern_is_cut_to_the_dates_on_which_the_person_works_here() -> None:
    monday = WeeklyAvailability(weekday=1, half_day="am", from_hour="09:00", to_hour="12:30")
    row = StaffMember(code="AR", name="AR", availability=(monday,), active_until_on=date(2026, 12, 15))
    assert staff(facts(staff=(row,)), DECEMBER, {})[0].availability[0].until_on == date(2026, 12, 15)


def test_balances_are_those_of_the_twelve_months_before() -> None:
    entries = tuple(
        LedgerEntry(staff="AR", month_on=date(year, 11, 1), kind="far", balance_hundredths=50)
        for year in (2024, 2026)
    )
    known = facts(staff=(StaffMember(code="AR", name="AR"),), ledger=entries)
    assert staff(known, DECEMBER, {})[0].ledger == {"far": 50}


def test_a_cadence_asks_nothing_on_days_on_which_it_is_not_valid() -> None:
    row = Cadence(
        code="c",
        name="C",
        site="a",
        asked=3,
        from_on=date(2026, 12, 30),
        exceptions=(CadenceException(from_on=date(2026, 12, 31)),),
    )
    (cadence,) = cadences([row], DECEMBER, {})
    assert cadence.asked == 3
    assert [one.on.day for one in cadence.exceptions] == [*range(1, 30), 31]


@pytest.mark.parametrize("row", [{"archived_at": ARCHIVED}, {"until_on": date(2026, 11, 30)}])
def test_a_cadence_that_is_over_asks_nothing(row: dict[str, object]) -> None:
    weekly = msgspec.structs.replace(Cadence(code="c", name="C", site="a", weekdays=(2,)), **row)
    (cadence,) = cadences([weekly], DECEMBER, {})
    assert (cadence.asked, cadence.weekdays) == (0, ())


def test_history_is_what_was_entered_and_published_outside_the_horizon() -> None:
    row = Cadence(
        code="c", name="C", site="a", history=(HistoryDate(held_on=date(2026, 11, 3), half_day="am"),)
    )
    published = {
        "c": [
            PlannedDate(on=date(2026, 11, 17), half_day="pm"),
            PlannedDate(on=date(2026, 12, 1), half_day="pm"),
        ]
    }
    (cadence,) = cadences([row], DECEMBER, published)
    assert [one.on for one in cadence.history] == [date(2026, 11, 3), date(2026, 11, 17)]


def test_a_sequence_published_before_is_done_and_one_of_later_months_is_left_out() -> None:
    windows = [(2026, 10), (2026, 11), (2026, 12), (2027, 1)]
    steps = tuple(
        Sequence(code=f"s{month}", title="", from_on=date(year, month, 1), until_on=date(year, month, 28))
        for year, month in windows
    )
    row = Promotion(code="p", name="P", site="a", seats=10, sequences=steps)
    (promotion,) = promotions([row], DECEMBER, {("p", "s11"): date(2026, 11, 5)}, {"p": ["AR", "AR"]})
    assert [(one.id, one.done_on) for one in promotion.sequences] == [
        ("s11", date(2026, 11, 5)),
        ("s12", None),
    ]
    assert promotion.animators_before == ("AR",)


def test_stages_follow_one_another_from_the_week_of_entry() -> None:
    rows = [Stage(every_weeks=1, for_weeks=4), Stage(every_weeks=2, tolerance_weeks=1)]
    first, second = stages(rows, date(2026, 11, 4))
    assert (first.until_on, second.until_on) == (date(2026, 11, 29), None)


def test_a_rhythm_counts_from_the_last_interview_known_anywhere() -> None:
    path = Path(
        code="x",
        programme="o2r",
        participant="KM4821",
        referent="AR",
        entry_on=date(2026, 10, 5),
        rhythm=(Stage(every_weeks=2),),
    )
    known = facts(sites=(OFFICE,), paths=(path,))
    needs = rhythm_needs(known, DECEMBER, {"KM4821": date(2026, 12, 3)})
    assert [one.id for one in needs] == ["KM4821/suivi/2026-W51", "KM4821/suivi/2026-W53"]
    assert needs[0].sites == ("bureau",)


def test_a_suspended_path_needs_nothing() -> None:
    path = Path(
        code="x",
        programme="o2r",
        participant="KM4821",
        state="suspended",
        entry_on=date(2026, 10, 5),
        rhythm=(Stage(every_weeks=1),),
    )
    assert rhythm_needs(facts(paths=(path,)), DECEMBER, {}) == []


def test_a_need_met_is_kept_only_while_something_published_is_for_it() -> None:
    dates = {"from_on": date(2026, 12, 1), "until_on": date(2026, 12, 5)}
    rows = tuple(InterviewNeed(code=state, state=state, **dates) for state in ("open", "met", "closed"))
    known = facts(needs=rows)
    assert [one.id for one in typed_needs(known, DECEMBER, frozenset())] == ["open"]
    assert [one.id for one in typed_needs(known, DECEMBER, frozenset({"met"}))] == ["open", "met"]


def test_a_volume_is_one_need_a_period_cut_to_its_dates() -> None:
    row = Volume(
        code="v",
        amount=12,
        every_weeks=2,
        referent="AR",
        from_on=date(2026, 11, 18),
        until_on=date(2026, 12, 20),
    )
    needs = volume_needs(facts(volumes=(row,)), DECEMBER)
    assert [(one.from_on, one.until_on, one.count) for one in needs] == [
        (date(2026, 11, 30), date(2026, 12, 13), 12),
        (date(2026, 12, 14), date(2026, 12, 20), 12),
    ]
