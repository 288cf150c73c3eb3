"""Facts supposed otherwise: each change gives another problem, well-formed, and leaves the first alone."""

import msgspec
import pytest

from planner.fact_changes import (
    CadenceAsks,
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    NeedAsks,
    OtherStaff,
    SiteCloses,
    SiteHours,
    SiteOpens,
    StaffAuthorised,
    StaffAway,
    StaffBack,
    StaffLeaves,
)
from planner.problem import Closure, Problem
from planner.problem_file import check_problem, read_problem, write_problem
from planner.replaced import UnknownFactError
from planner.supposed import changed
from planner.territory import Territory
from tests.planner.build import (
    MONDAY,
    cadence,
    day,
    need,
    person,
    pin_of_interview,
    problem,
    promotion,
    sequence,
    site,
)


def month() -> Problem:
    works = Closure(id="works", from_on=day(2), until_on=day(6))
    return problem(
        sites=(site(closures=(works,), openings=site().openings[:2]),),
        cadences=(cadence(min_days=3, partner_places=2),),
        promotions=(promotion(sequence("talk")),),
        interviews=(need(sites=("prison",)),),
    )


CHANGES: tuple[FactChange, ...] = (
    StaffLeaves(staff="A", on=day(9)),
    StaffAway(staff="A", from_on=day(9), until_on=day(10)),
    StaffBack(staff="A", on=MONDAY, half_day="am"),
    StaffAuthorised(staff="A", site="prison"),
    SiteOpens(site="prison", weekday=4, half_day="am"),
    SiteOpens(site="prison", on=day(3), half_day="pm"),
    SiteCloses(site="prison", from_on=day(9), until_on=day(10)),
    MorePlaces(site="prison"),
    MorePlaces(cadence="visits"),
    OtherStaff(need="n1"),
    LongerWindow(promotion="spring", sequence="talk"),
    CloserDates(cadence="visits"),
    CadenceAsks(cadence="visits", asked=3),
    SiteHours(site="prison", weekday=1, half_day="am", from_hour="10:00", to_hour="12:00"),
    NeedAsks(need="n1", count=2),
    NeedAsks(need="n1", count=0),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
def test_a_change_gives_another_well_formed_problem(change: FactChange) -> None:
    before = month()
    after = changed(before, (change,))
    check_problem(after)
    assert read_problem(write_problem(after)) == after
    assert before == month()
    assert after != before or isinstance(change, StaffBack)


def test_a_need_that_is_not_asked_any_more_takes_its_pins_along() -> None:
    fixed = changed(month(), ())
    pinned = msgspec.structs.replace(
        fixed, pins=(pin_of_interview(on=day(10), site="prison"), pin_of_interview(on=day(11), site="prison"))
    )
    pinned = changed(pinned, (NeedAsks(need="n1", count=2),))
    assert [len(changed(pinned, (NeedAsks(need="n1", count=count),)).pins) for count in (2, 1, 0)] == [
        2,
        1,
        0,
    ]


def test_other_hours_are_those_of_one_half_day() -> None:
    change = SiteHours(site="prison", weekday=1, half_day="am", from_hour="10:00", to_hour="12:00")
    (first, second) = changed(month(), (change,)).sites[0].openings
    assert (first.from_hour, first.to_hour) == ("10:00", "12:00")
    assert second == month().sites[0].openings[1]


def test_a_person_who_leaves_is_there_until_then() -> None:
    territory = Territory(changed(month(), (StaffLeaves(staff="A", on=day(9)),)))
    assert territory.is_available("A", day(8), "pm")
    assert not any(territory.is_available("A", day(on), "am") for on in range(9, 32))


def test_an_absence_cancelled_for_one_half_day_holds_around_it() -> None:
    away = changed(month(), (StaffAway(staff="A", from_on=day(9), until_on=day(11)),))
    territory = Territory(changed(away, (StaffBack(staff="A", on=day(10), half_day="pm"),)))
    there = [
        (on, half)
        for on in (9, 10, 11)
        for half in ("am", "pm")
        if territory.is_available("A", day(on), half)
    ]
    assert there == [(10, "pm")]


def test_a_site_opens_one_half_day_of_a_closure_and_no_other() -> None:
    territory = Territory(changed(month(), (SiteOpens(site="prison", on=day(2), half_day="am"),)))
    open_halves = [
        (on, h) for on in range(2, 7) for h in ("am", "pm") if territory.is_open("prison", day(on), h)
    ]
    assert open_halves == [(2, "am")]


def test_an_added_opening_has_the_hours_of_the_others() -> None:
    territory = Territory(changed(month(), (SiteOpens(site="prison", weekday=4, half_day="pm"),)))
    opened = territory.opening("prison", day(12), "pm")
    assert opened is not None
    assert (territory.horizon.hour_of(opened.start), opened.slot_count) == ("14:00", 3)


@pytest.mark.parametrize(
    "change",
    [
        StaffLeaves(staff="nobody", on=day(9)),
        SiteOpens(site="nobody", weekday=1, half_day="am"),
        SiteOpens(site="prison", half_day="am"),
        OtherStaff(need="nobody"),
        MorePlaces(),
        LongerWindow(promotion="spring", sequence="nobody"),
        CadenceAsks(cadence="nobody", asked=1),
        NeedAsks(need="nobody", count=0),
        SiteHours(site="prison", weekday=7, half_day="am", from_hour="10:00", to_hour="12:00"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_the_problem_does_not_know_is_refused(change: FactChange) -> None:
    with pytest.raises(UnknownFactError):
        changed(
            problem(sites=(site(),), staff=(person(),), promotions=(promotion(sequence("talk")),)), (change,)
        )
