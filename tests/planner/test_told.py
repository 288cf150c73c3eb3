"""Who is to be told of what a plan changes, and where else what cannot stay could be."""

from planner.audit import Auditor, audit
from planner.plan import Plan
from planner.problem import Absence, Booked, Closure
from planner.replan import replan
from planner.solve import Limits
from planner.suggest import Suggester
from planner.territory import Territory
from planner.told import Told, to_replace, told, waiting
from planner.wanted import Wanted
from tests.calls import calls_of
from tests.planner.build import (
    MONDAY,
    at,
    bureau,
    cadence,
    day,
    interview,
    need,
    office,
    participant,
    permanence,
    person,
    pin_of_interview,
    plan,
    problem,
)

LIMITS = Limits(time_limit_seconds=30, deterministic_limit=5, workers=1)
AWAY = Absence(id="flu", starts_at=at(MONDAY, "00:00"), ends_at=at(day(3), "00:00"))


def test_everyone_concerned_is_named_and_nobody_else() -> None:
    facts = problem(
        cadences=(cadence(), cadence("others")),
        published=plan(permanence(), permanence(day(9), cadence="others")),
        booked=(Booked(cadence="visits", on=MONDAY, half_day="am", slot=0),),
    )
    found = told(facts, plan(permanence(day(4), "am", "B"), permanence(day(9), cadence="others")))
    assert (found.staff, found.sites, found.partners) == (("A", "B"), ("prison",), ("visits",))


def test_an_interview_that_somebody_fixed_heads_the_list_with_three_other_places() -> None:
    facts = problem(
        staff=(person("A", absences=(AWAY,)), person("B")),
        participants=(participant(),),
        interviews=(need(participant="KM4821", sites=("bureau",)),),
        pins=(pin_of_interview(),),
        published=plan(office(), interview()),
    )
    found = replan(facts, LIMITS)
    assert isinstance(found, Told)
    (first,) = found.to_replace
    assert (first.need, first.is_kept, len(first.proposals)) == ("n1", True, 3)
    assert all(one.placement.on > MONDAY for one in first.proposals)
    assert audit(facts, found.plan).overruled


def test_places_of_several_that_are_fixed_are_those_of_each_alone_and_cost_one_reading_of_the_facts() -> None:
    """Where one stands no place is asked for: to say that nothing excuses it there takes two audits."""
    starts = {f"n{hour}": f"{hour:02}:00" for hour in (9, 10, 11)}
    held = tuple(interview(name, start=start) for name, start in starts.items())
    facts = problem(
        staff=(person("A", absences=(AWAY,)), person("B")),
        interviews=tuple(need(name, sites=("bureau",)) for name in starts),
        pins=tuple(pin_of_interview(name, start=start) for name, start in starts.items()),
        published=plan(office(), *held),
    )
    auditor, planned = Auditor(facts), plan(office(), *held)
    every = waiting(auditor, planned)
    with calls_of(Territory.__init__, Auditor.audit) as calls:
        found = to_replace(auditor, planned, every)
    assert calls == {"Territory.__init__": 1}
    assert [(one.is_kept, len(one.proposals)) for one in found] == [(True, 3)] * 3
    assert [to_replace(auditor, planned, [one]) for one in every] == [(one,) for one in found]


def test_a_published_interview_that_is_left_out_is_listed_with_its_best_places() -> None:
    facts = problem(
        interviews=(need(sites=("bureau",)),), published=plan(office(), interview()), today_on=MONDAY
    )
    (first,) = told(facts, Plan()).to_replace
    assert (first.need, first.is_kept, len(first.proposals)) == ("n1", False, 3)
    best = Suggester(facts, Plan()).suggest(Wanted(need="n1"), count=3)
    assert first.proposals == best


def test_where_a_site_is_closed_since_nothing_judges_the_whole_month_to_say_so() -> None:
    shut = bureau(closures=(Closure(id="works", from_on=MONDAY, until_on=day(31)),))
    facts = problem(
        sites=(shut,),
        interviews=(need(sites=("bureau",)),),
        published=plan(office(), interview()),
        today_on=MONDAY,
    )
    auditor = Auditor(facts)
    every = waiting(auditor, Plan())
    with calls_of(Auditor.judge) as calls:
        (found,) = to_replace(auditor, Plan(), every)
    assert (found.proposals, calls) == ((), {})


def test_places_are_looked_for_of_the_part_that_is_asked_for_the_nearest_dates_first() -> None:
    dates = {"n1": day(5), "n2": day(4), "n3": day(3)}
    facts = problem(
        interviews=tuple(need(name, sites=("bureau",)) for name in dates),
        published=plan(
            *(office(on) for on in dates.values()), *(interview(name, on) for name, on in dates.items())
        ),
        today_on=MONDAY,
    )
    found = told(facts, Plan(), slice(1, 2))
    assert [one.need for one in found.waiting] == ["n3", "n2", "n1"]
    assert [(one.need, len(one.proposals)) for one in found.to_replace] == [("n2", 3)]
