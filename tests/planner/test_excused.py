"""What people decided excuses a breach, as far as their decisions alone make it, and no further."""

from planner.audit import AuditReport
from planner.problem import Absence, Accreditation, MaxHalfDays, Pin, Problem
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    pin_of_interview,
    pin_of_permanence,
    plan,
    problem,
    promotion,
    recount,
    sequence,
    session,
    site,
)
from tests.planner.test_solver_edges import planned


def rules(report: AuditReport) -> tuple[list[str], list[str]]:
    """Names of the rules that are violated, and of those that are overruled."""
    return (
        [breach.rule for breach in report.violations],
        [found.breach.rule for found in report.overruled],
    )


def absent(who: str = "A", on: int = 2) -> tuple[object, ...]:
    away = Absence(id="leave", starts_at=at(day(on), "00:00"), ends_at=at(day(on + 1), "00:00"))
    return tuple(person(id, absences=(away,) if id == who else ()) for id in ("A", "B"))


def facts(**changes: object) -> Problem:
    return problem(**{"cadences": (cadence(asked=2),), "interviews": (need(count=2),), **changes})


def test_a_breach_of_nobody_s_decision_is_a_violation() -> None:
    assert rules(recount(facts(staff=absent()), plan(permanence()))) == (["availability"], [])


def test_a_pinned_permanence_in_an_absence_is_overruled_with_its_pin() -> None:
    report = recount(facts(staff=absent(), pins=(pin_of_permanence(),)), plan(permanence()))
    assert rules(report) == ([], ["availability"])
    assert report.overruled[0].because == ("permanence visits 2026-03-02 am",)


def test_two_pins_that_exclude_each_other_are_overruled_together() -> None:
    both = facts(pins=(pin_of_permanence(), pin_of_interview()))
    planned = plan(permanence(), office(), interview())
    report = recount(both, planned)
    assert report.violations == ()
    because = {name for found in report.overruled for name in found.because}
    assert {"permanence visits 2026-03-02 am", "office A bureau 2026-03-02 am"} <= because


def test_a_pin_does_not_excuse_what_the_plan_adds_to_it() -> None:
    one_a_week = person(max_half_days=MaxHalfDays(week=1))
    three = (permanence(), permanence(day(4)), permanence(day(6)))
    pins = (pin_of_permanence(), pin_of_permanence(day(4)))
    loaded = facts(staff=(one_a_week,), cadences=(cadence(asked=9),), pins=pins)
    assert rules(recount(loaded, plan(*three[:2]))) == ([], ["workload"])
    report = recount(loaded, plan(*three))
    assert rules(report) == (["workload"], [])
    assert report.violations[0].amount == 2


def test_a_pinned_interview_excuses_its_presence_but_not_another_interview_there() -> None:
    pinned = facts(staff=absent(), pins=(pin_of_interview(),))
    alone = recount(pinned, plan(office(), interview()))
    assert rules(alone) == ([], ["availability", "availability"])
    report = recount(pinned, plan(office(), interview(), interview(number=2, start="10:00")))
    assert [(breach.rule, breach.about) for breach in report.violations] == [("availability", "n1#2")]


def test_a_pinned_interview_brings_the_permanence_that_the_plan_has_there() -> None:
    pin = pin_of_interview(site="prison")
    guarded = facts(sites=(site(demands_accreditation=True), bureau()), pins=(pin,))
    report = recount(guarded, plan(permanence(), interview(site="prison")))
    assert rules(report) == ([], ["accreditation"])


def test_a_pinned_interview_without_its_presence_is_a_violation() -> None:
    at_bureau = recount(facts(pins=(pin_of_interview(),)), plan(interview()))
    assert rules(at_bureau) == (["interview_place"], [])
    at_prison = recount(facts(pins=(pin_of_interview(site="prison"),)), plan(interview(site="prison")))
    assert rules(at_prison) == (["interview_place"], [])


def test_where_no_presence_can_be_brought_the_pin_is_overruled() -> None:
    nowhere = facts(cadences=(), pins=(pin_of_interview(site="prison"),))
    assert rules(recount(nowhere, plan(interview(site="prison")))) == ([], ["interview_place"])


def test_a_pin_that_is_not_kept_is_never_excused() -> None:
    assert rules(recount(facts(pins=(pin_of_permanence(),)), plan())) == (["pinned"], [])


def test_a_part_missing_around_a_pin_is_excused() -> None:
    second = Pin(promotion="spring", sequence="s2", on=day(9), start="09:00", staff=("A",))
    group = facts(promotions=(promotion(sequence("s1"), sequence("s2")),), pins=(second,))
    assert rules(recount(group, plan(session("s2", day(9))))) == ([], ["sequence_order"])
    whole = facts(cadences=(cadence(length="day", staff_count=2),), pins=(pin_of_permanence(),))
    assert rules(recount(whole, plan(permanence()))) == ([], ["staffing", "cadence"])


def test_the_past_is_kept_whatever_it_breaks() -> None:
    past = plan(permanence())
    replanned = facts(staff=absent(), today_on=day(9), published=past)
    assert rules(recount(replanned, past)) == ([], ["availability"])


def test_the_past_excuses_only_what_stands_as_published() -> None:
    replanned = facts(staff=absent("B"), today_on=day(9), published=plan(permanence()))
    report = recount(replanned, plan(permanence(MONDAY, "am", "B")))
    assert rules(report)[0] == ["availability", "frozen"]


def test_frozen_things_excuse_each_other_unless_one_is_broken_by_itself() -> None:
    # Two permanences published four days apart; the distance asked has since become a week.
    published = plan(permanence(day(2)), permanence(day(6)))
    wider = (cadence(asked=2, min_days=7),)
    frozen = facts(cadences=wider, today_on=day(2), notice_days=7, published=published)
    assert rules(recount(frozen, published)) == ([], ["spacing"])
    one_broken = facts(
        cadences=wider, today_on=day(2), notice_days=7, published=published, staff=absent(on=6)
    )
    assert set(rules(recount(one_broken, published))[0]) == {"spacing", "availability"}


def test_a_smaller_excess_than_the_plan_s_excuses_nothing() -> None:
    month = facts(
        cadences=(cadence(asked=0, up_to=0),), pins=(pin_of_permanence(), pin_of_permanence(day(9)))
    )
    kept = (permanence(), permanence(day(9)))
    assert rules(recount(month, plan(*kept))) == ([], ["cadence"])
    assert rules(recount(month, plan(*kept, permanence(day(16))))) == (["cadence"], [])


def test_the_report_prints_what_an_audit_prints() -> None:
    report = recount(facts(staff=absent()), plan(permanence()))
    assert report.to_json().startswith(
        b'{"violations":[{"rule":"availability","about":"A","on":"2026-03-02","amount":1,'
        b'"text":"absent half_day=am site=prison fact=leave"}],"overruled":[],"goals":{"unmet_sessions":0,'
    )
    assert not report.is_clean


def test_an_authorisation_that_ends_makes_a_pin_a_decision_and_not_an_error() -> None:
    held = person(accreditations=(Accreditation(site="prison", until_on=day(1)),))
    guarded = (site(demands_accreditation=True), bureau())
    pinned = facts(sites=guarded, staff=(held,), pins=(pin_of_permanence(),))
    assert rules(recount(pinned, plan(permanence()))) == ([], ["accreditation"])


def test_a_breach_of_another_half_day_or_site_is_another_breach() -> None:
    pinned = facts(
        staff=absent(), pins=(pin_of_permanence(),), cadences=(cadence(asked=2, min_days=0), elsewhere())
    )
    other_half = recount(pinned, plan(permanence(), permanence(MONDAY, "pm")))
    assert [(one.rule, one.half_day) for one in other_half.violations] == [("availability", "pm")]
    other_site = recount(pinned, plan(permanence(), permanence(cadence="elsewhere")))
    assert ("availability", "bureau") in [(one.rule, one.site) for one in other_site.violations]


def elsewhere() -> object:
    """A cadence at the bureau."""
    return cadence("elsewhere", site="bureau")


def test_what_is_published_today_and_broken_is_not_the_past() -> None:
    for today, found in ((2, (["availability"], [])), (3, ([], ["availability"]))):
        near = facts(staff=absent(), today_on=day(today), notice_days=5, published=plan(permanence()))
        assert rules(recount(near, plan(permanence()))) == found


def test_a_published_interview_that_stands_keeps_its_published_presence() -> None:
    published = plan(office(), interview())
    for today, notice in ((2, 7), (9, 0)):
        kept = facts(today_on=day(today), notice_days=notice, published=published)
        assert rules(recount(kept, published)) == ([], [])
        assert rules(recount(kept, plan(interview()))) == (["interview_place"], [])
        without = facts(today_on=day(today), notice_days=notice, published=plan(interview()))
        assert rules(recount(without, plan(interview()))) == ([], ["interview_place"])


def test_what_is_published_after_the_freeze_excuses_nothing() -> None:
    # Two permanences published four days apart; the distance asked has since become a week.
    published = plan(permanence(day(2)), permanence(day(6)))
    wider = (cadence(asked=2, min_days=7),)
    for notice, excused in ((4, False), (5, True)):
        frozen = facts(cadences=wider, today_on=day(2), notice_days=notice, published=published)
        assert (rules(recount(frozen, published)) == ([], ["spacing"])) is excused


def test_a_breach_that_names_no_assignment_tells_all_that_its_person_keeps() -> None:
    full = person(max_half_days=MaxHalfDays(week=1))
    pins = (pin_of_permanence(), pin_of_permanence(day(4)))
    report = recount(
        facts(staff=(full, person("B")), cadences=(cadence(asked=2, min_days=0),), pins=pins),
        plan(permanence(), permanence(day(4)), permanence(day(5), "am", "B")),
    )
    overruled = [found for found in report.overruled if found.breach.rule == "workload"]
    assert [found.because for found in overruled] == [
        ("permanence visits 2026-03-02 am", "permanence visits 2026-03-04 am")
    ]


def test_only_what_makes_a_breach_is_told_beside_it() -> None:
    both = facts(staff=absent(), pins=(pin_of_permanence(), pin_of_permanence(day(9))))
    report = recount(both, plan(permanence(), permanence(day(9))))
    assert [found.because for found in report.overruled] == [("permanence visits 2026-03-02 am",)]


def test_a_pinned_interview_brings_a_permanence_of_the_first_cadence_of_its_site() -> None:
    pin = pin_of_interview(site="prison")
    lone = plan(interview(site="prison"))
    workshops = cadence("workshops", kind="session")
    for cadences, excused in (
        ((workshops,), True),
        ((elsewhere(),), True),
        ((workshops, elsewhere(), cadence()), False),
    ):
        report = recount(facts(cadences=cadences, pins=(pin,)), lone)
        assert rules(report) == (([], ["interview_place"]) if excused else (["interview_place"], []))


def test_where_people_gave_the_first_cadence_there_to_others_the_pin_is_overruled() -> None:
    pin = pin_of_interview(site="prison")
    taken = plan(permanence(MONDAY, "am", "B"), interview(site="prison"))
    given = facts(pins=(pin, pin_of_permanence(MONDAY, "am", "B")))
    assert rules(recount(given, taken)) == ([], ["interview_place"])
    frozen = facts(pins=(pin,), published=plan(permanence(MONDAY, "am", "B")), today_on=MONDAY, notice_days=1)
    assert rules(recount(frozen, taken)) == ([], ["interview_place"])
    assert rules(recount(facts(pins=(pin,)), taken)) == (["interview_place"], [])
    second = facts(cadences=(cadence(), cadence("more", asked=1)), pins=(pin,))
    of_the_second = plan(permanence(MONDAY, "am", "B", cadence="more"), interview(site="prison"))
    assert rules(recount(second, of_the_second)) == (["interview_place"], [])


def test_a_pinned_call_brings_nothing() -> None:
    pin = pin_of_interview(site=None)
    away = facts(staff=absent(), interviews=(need(mode="phone"),), pins=(pin,))
    report = recount(away, plan(interview(site=None)))
    assert rules(report) == ([], ["availability"])
    assert report.overruled[0].because == ("interview n1",)


def test_nobody_is_sent_elsewhere_at_the_hour_of_a_pinned_interview_that_no_presence_holds() -> None:
    """The station has no cadence and is no bureau: the interview stands alone there, and takes its person."""
    alone = problem(
        first_on=MONDAY,
        last_on=MONDAY,
        default_travel_minutes=60,
        sites=(site(), bureau(), site("station")),
        staff=(person("A"),),
        cadences=(cadence(length="am"),),
        interviews=(need(sites=("station",)),),
        pins=(pin_of_interview(start="10:00", site="station"),),
    )
    held = interview(start="10:00", site="station")
    assert rules(recount(alone, plan(held, permanence()))) == (["one_place_at_a_time"], ["interview_place"])
    assert planned(alone).permanences == ()
    pinned = changed(alone, pins=(*alone.pins, pin_of_permanence()))
    assert rules(recount(pinned, plan(held, permanence())))[0] == []
    assert planned(pinned).permanences == (permanence(),)
