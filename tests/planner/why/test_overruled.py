"""Of a rule broken knowingly: the pins that break it and the facts that they go against."""

from planner.audit import Auditor
from planner.problem import Absence, Busy, MaxHalfDays
from planner.why.fact import Fact
from planner.why.overruled import overrulings
from tests.planner.build import (
    MONDAY,
    at,
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
    site,
)

AWAY = Absence(id="flu", starts_at=at(MONDAY, "00:00"), ends_at=at(day(3), "00:00"))


def test_an_absence_under_a_pinned_permanence_names_both() -> None:
    facts = problem(
        staff=(person("A", absences=(AWAY,)), person("B")), cadences=(cadence(),), pins=(pin_of_permanence(),)
    )
    (found,) = overrulings(Auditor(facts), plan(permanence()))
    assert (found.breach.rule, found.breach.about) == ("availability", "A")
    assert found.decided == ("permanence visits 2026-03-02 am",)
    assert found.facts == (Fact(kind="absence", staff="A", about="flu"),)


def test_two_pins_in_one_half_day_are_each_others_reason() -> None:
    facts = problem(
        sites=(site(), site("annex")),
        cadences=(cadence(), cadence("elsewhere", site="annex")),
        pins=(pin_of_permanence(), changed(pin_of_permanence(), cadence="elsewhere")),
    )
    held = plan(permanence(), permanence(cadence="elsewhere"))
    found = {one.breach.code: one for one in overrulings(Auditor(facts), held)}
    both = {"permanence visits 2026-03-02 am", "permanence elsewhere 2026-03-02 am"}
    assert set(found["two_presences"].decided) == both
    assert found["two_presences"].facts == ()


def test_a_contract_that_pins_exceed_is_named_with_them() -> None:
    facts = problem(
        staff=(person("A", max_half_days=MaxHalfDays(day=1)), person("B")),
        cadences=(cadence(asked=2, min_days=0),),
        pins=(pin_of_permanence(), pin_of_permanence(MONDAY, "pm")),
    )
    (found,) = overrulings(Auditor(facts), plan(permanence(), permanence(half_day="pm")))
    assert (found.breach.code, found.facts) == ("day_full", (Fact(kind="contract", staff="A", about="day"),))
    assert len(found.decided) == 2


def test_an_interview_fixed_in_a_busy_hour_names_the_busy_time() -> None:
    busy = Busy(starts_at=at(MONDAY, "09:00"), ends_at=at(MONDAY, "10:00"))
    facts = problem(
        staff=(person("A", busy=(busy,)), person("B")),
        interviews=(need(sites=("bureau",)),),
        pins=(pin_of_interview(),),
    )
    (found,) = overrulings(Auditor(facts), plan(office(), interview()))
    assert found.decided == ("interview n1",)
    assert [fact.kind for fact in found.facts] == ["busy"]


def test_a_plan_without_overruled_breaches_has_none() -> None:
    assert overrulings(Auditor(problem(cadences=(cadence(),))), plan(permanence())) == ()
