"""A whole day of which people pinned a half: the solver offers just what the recount calls clean, and proves it."""

from typing import Any

import pytest

from planner.build import build
from planner.plan import Plan
from planner.problem import Absence, CadenceException, Closure, HistoryDate, Meeting, Pin, Problem
from planner.read_back import read_plan
from planner.records import HalfDay
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    changed,
    day,
    need,
    openings,
    permanence,
    person,
    pin_of_interview,
    pin_of_permanence,
    problem,
    promotion,
    recount,
    sequence,
    site,
    weekly,
)
from tests.planner.test_solver_edges import planned

HALF_DAYS: tuple[HalfDay, HalfDay] = ("am", "pm")
TUESDAY = day(3)
BESIDE = {
    "cadences": (cadence("talks", site="bureau", length="am", usual_staff=("B",), asked=2),),
    "interviews": (need(referent="B", sites=("bureau",)),),
}


def month(*pins: Pin, **whole_day: Any) -> Problem:
    """Monday and Tuesday: a cadence of whole days of which halves are pinned, and B's own work beside it."""
    given = {**BESIDE, "cadences": (cadence(**{"length": "day", **whole_day}), *BESIDE["cadences"])}
    skills = whole_day.get("skills", ())
    people = (person("A", skills=skills), person("B"))
    return problem(first_on=MONDAY, last_on=TUESDAY, staff=people, pins=pins, **given)


def whole_days(plan: Plan) -> list[tuple[int, HalfDay]]:
    """The half-days of the cadence, once everything beside it is seen to be placed."""
    assert len(plan.interviews) == 1
    assert len([one for one in plan.permanences if one.cadence == "talks"]) == 2
    return [(one.on.day, one.half_day) for one in plan.permanences if one.cadence == "visits"]


def is_clean_with_the_other_half(facts: Problem, half_day: HalfDay, *staff: str) -> bool:
    """Whether the recount accepts the other half of Monday beside the pin, nothing else being placed."""
    other = permanence(MONDAY, "pm" if half_day == "am" else "am", *staff)
    plan = planned(changed(facts, interviews=(), cadences=facts.cadences[:1]))
    kept = tuple(one for one in plan.permanences if (one.on, one.half_day) == (MONDAY, half_day))
    halves = tuple(sorted((*kept, other), key=lambda one: one.half_day))
    return recount(facts, changed(plan, permanences=halves)).is_clean


@pytest.mark.parametrize("half_day", HALF_DAYS)
def test_the_other_half_takes_the_same_people_as_the_pinned_one(half_day: HalfDay) -> None:
    facts = month(pin_of_permanence(MONDAY, half_day))
    assert whole_days(planned(facts)) == [(2, "am"), (2, "pm")]
    assert is_clean_with_the_other_half(facts, half_day, "A")
    assert not is_clean_with_the_other_half(facts, half_day, "B")


@pytest.mark.parametrize("asked", [1, 2])
@pytest.mark.parametrize("half_day", HALF_DAYS)
def test_the_other_half_of_one_that_an_interview_brings_takes_the_same_people(
    half_day: HalfDay, asked: int
) -> None:
    """Who comes beside the person whom the interview brings is chosen, and for both halves at once."""
    away = {"am": ("14:00", "19:00"), "pm": ("08:00", "13:00")}[half_day]
    gone = Absence(id="leave", starts_at=at(MONDAY, away[0]), ends_at=at(MONDAY, away[1]))
    others = (person("B"), person("C"))
    facts = problem(
        first_on=MONDAY,
        last_on=MONDAY,
        cadences=(cadence(length="day", staff_count=asked),),
        interviews=(need(),),
        pins=(pin_of_interview(start="09:00" if half_day == "am" else "14:00", site="prison"),),
        staff=(person("A"), *others),
    )
    (morning, afternoon) = planned(facts).permanences
    assert (len(morning.staff), morning.staff) == (asked, afternoon.staff)
    alone = planned(changed(facts, staff=(person("A", absences=(gone,)), *others))).permanences
    assert [one.half_day for one in alone] == [half_day]


@pytest.mark.parametrize("half_day", HALF_DAYS)
def test_no_other_half_where_more_people_are_pinned_than_asked(half_day: HalfDay) -> None:
    facts = month(pin_of_permanence(MONDAY, half_day, "A", "B"), asked=2)
    late = changed(facts, cadences=(facts.cadences[0], changed(facts.cadences[1], length="half")))
    plan = planned(late)
    assert [one.staff for one in plan.permanences if one.on == MONDAY and one.cadence == "visits"] == [
        ("A", "B")
    ]
    assert len(whole_days(plan)) == 3
    assert not is_clean_with_the_other_half(facts, half_day, "A")


NOT_ASKED: dict[str, dict[str, Any]] = {
    "not_asked": {"asked": 0, "weekdays": (2,)},
    "wrong_weekday": {"asked": 1, "weekdays": (2,)},
    "dropped": {"asked": 1, "exceptions": (CadenceException(on=MONDAY),)},
}


@pytest.mark.parametrize("given", NOT_ASKED.values(), ids=NOT_ASKED)
def test_a_pinned_afternoon_of_a_day_that_is_not_asked_stays_alone(given: dict[str, Any]) -> None:
    facts = month(pin_of_permanence(MONDAY, "pm"), **{"up_to": 1, **given} if given["asked"] else given)
    away = changed(facts, staff=(person("A", availability=weekly(weekdays=range(1, 2))), facts.staff[1]))
    plan = planned(changed(away, cadences=(changed(away.cadences[0], skills=("law",)), *away.cadences[1:])))
    assert whole_days(plan) == [(2, "pm")]
    assert not is_clean_with_the_other_half(facts, "pm", "A")


@pytest.mark.parametrize("given", NOT_ASKED.values(), ids=NOT_ASKED)
def test_a_pinned_morning_of_such_a_day_is_made_whole(given: dict[str, Any]) -> None:
    only_monday = weekly(weekdays=range(1, 2))
    facts = month(pin_of_permanence(MONDAY, "am"), **given)
    alone = changed(facts, staff=(person("A", availability=only_monday, skills=("law",)), facts.staff[1]))
    plan = planned(
        changed(alone, cadences=(changed(facts.cadences[0], skills=("law",)), *facts.cadences[1:]))
    )
    assert whole_days(plan) == [(2, "am"), (2, "pm")]


def test_an_afternoon_of_a_day_that_follows_nothing_stays_alone() -> None:
    group = promotion(sequence("s1", from_on=TUESDAY, until_on=TUESDAY), site="bureau", half_day="pm")
    follows = {"asked": 0, "follows": "spring"}
    afternoon = changed(month(pin_of_permanence(MONDAY, "pm"), **follows), promotions=(group,))
    assert [half for on, half in whole_days(planned(afternoon)) if on == 2] == ["pm"]
    assert not is_clean_with_the_other_half(afternoon, "pm", "A")
    morning = changed(afternoon, pins=(pin_of_permanence(MONDAY, "am"),))
    assert is_clean_with_the_other_half(morning, "am", "A")
    assert [half for on, half in whole_days(planned(morning)) if on == 2] == ["am", "pm"]


def test_a_session_moved_to_a_closed_day_asks_for_no_animator_there() -> None:
    moved = (CadenceException(on=MONDAY, to_on=TUESDAY),)
    step = sequence("s1", from_on=MONDAY, until_on=MONDAY, skills=("law",))
    group = promotion(step, site="bureau", half_day="am")
    people = (person("A"), person("B", skills=("law",)))
    follows = cadence(length="day", asked=0, follows="spring", exceptions=moved)
    closed = site(closures=(Closure(id="works", from_on=TUESDAY, until_on=TUESDAY),))
    given = {"cadences": (follows,), "promotions": (group,), "staff": people, "last_on": TUESDAY}
    pins = (pin_of_permanence(TUESDAY, "pm", "A"),)
    months = [problem(first_on=MONDAY, sites=(one, bureau()), pins=pins, **given) for one in (closed, site())]
    assert [len(planned(facts).sessions) for facts in months] == [1, 0]


def meeting(on: int, start: str, end: str) -> Meeting:
    return Meeting(id=f"meeting-{on}", starts_at=at(day(on), start), ends_at=at(day(on), end))


def test_two_dates_of_which_a_half_is_pinned_leave_no_third() -> None:
    busy = (meeting(2, "14:00", "15:00"), meeting(3, "09:00", "10:00"))
    pins = (pin_of_permanence(MONDAY, "am"), pin_of_permanence(TUESDAY, "pm"))
    facts = month(*pins, asked=2, skills=("law",))
    longer = changed(facts, last_on=day(4))
    stays = changed(longer, staff=(changed(facts.staff[0], meetings=busy), facts.staff[1]))
    assert whole_days(planned(stays)) == [(2, "am"), (3, "pm")]
    third = [permanence(day(4), half_day) for half_day in HALF_DAYS]
    more = changed(planned(stays), permanences=(*planned(stays).permanences, *third))
    assert [(found.code, found.amount) for found in recount(stays, more).violations] == [("too_many", 1)]


def test_dates_beyond_what_is_asked_are_made_whole_where_people_pinned_a_half() -> None:
    pins = (pin_of_permanence(MONDAY, "am"), pin_of_permanence(TUESDAY, "am"))
    facts = changed(month(*pins, asked=0, up_to=0), interviews=())
    model = build(facts)
    values = [*model.program.lower]
    for index in model.variables.of("visits"):
        for variable in (model.variables.held[index], *model.variables.team[index].values()):
            values[variable] = 1
    model.program.complete(values)
    assert not model.program.broken(values)
    plan = read_plan(model, values)
    report = recount(facts, plan)
    assert (len(plan.permanences), report.is_clean) == (4, True)
    assert {level: model.program.value(level, values) for level in report.goals} == report.goals


@pytest.mark.parametrize("half_day", HALF_DAYS)
def test_a_pinned_half_too_near_to_the_last_date_is_made_whole(half_day: HalfDay) -> None:
    history = (HistoryDate(on=day(1), half_day="am"),)
    facts = month(pin_of_permanence(MONDAY, half_day), min_days=7, history=history, asked=2)
    assert whole_days(planned(facts)) == [(2, "am"), (2, "pm")]


@pytest.mark.parametrize("start", ["09:00", "14:00"])
@pytest.mark.parametrize("open_session", [False, True])
def test_a_whole_day_session_pinned_at_any_hour_takes_both_half_days(start: str, open_session: bool) -> None:
    calls = need(mode="phone", from_on=MONDAY, until_on=MONDAY, sites=())
    if open_session:
        of = {"cadences": (cadence("workshops", kind="session", length="day", duration_minutes=60),)}
        pin = Pin(cadence="workshops", number=1, on=MONDAY, start=start, staff=("A",))
    else:
        of = {"promotions": (promotion(sequence("s1", length="day", duration_minutes=60)),)}
        pin = Pin(promotion="spring", sequence="s1", on=MONDAY, start=start, staff=("A",))
    talks = cadence("talks", site="bureau", asked=0, weekdays=(1,), length="am", usual_staff=("A",))
    given = {**of, "cadences": (*of.get("cadences", ()), talks)}
    facts = problem(
        first_on=MONDAY, last_on=TUESDAY, sites=(site(), bureau()), pins=(pin,), interviews=(calls,), **given
    )
    plan = planned(facts)
    assert [one.staff for one in plan.permanences] == [("B",)]
    assert plan.interviews == ()


def test_an_office_half_day_pinned_across_a_permanence_takes_more_whatever_meeting_the_day_has() -> None:
    """The permanence begins between two interviews: the way there and back is what people decided, at any hour."""
    late = Meeting(id="team", starts_at=at(MONDAY, "18:00"), ends_at=at(MONDAY, "18:30"), site="bureau")
    facts = problem(
        first_on=MONDAY,
        last_on=MONDAY,
        default_travel_minutes=45,
        sites=(site(openings=openings(from_hour="09:30")[:1]), bureau(openings=openings()[:1])),
        staff=(person(meetings=(late,)),),
        cadences=(cadence(),),
        interviews=(need(sites=("bureau",)), need("n2", sites=("bureau",), slots=2)),
        pins=(pin_of_permanence(), pin_of_interview(site="bureau")),
    )
    assert [f"{one.starts_at:%H:%M}" for one in planned(facts).interviews] == ["09:00", "10:00"]
