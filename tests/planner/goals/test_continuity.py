from tests.planner.build import (
    MONDAY,
    cadence,
    changed,
    day,
    interview,
    items,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    workshop,
)

LEVEL = "continuity"


def test_each_person_outside_the_usual_staff_costs_two() -> None:
    usual = problem(cadences=(cadence(asked=3, staff_count=2, usual_staff=("A",)),))
    planned = plan(permanence(MONDAY, "am", "A", "B"), permanence(day(9), "am", "B"), permanence(day(16)))
    assert items(usual, planned, LEVEL) == {"visits 2026-03-02 am": 2, "visits 2026-03-09 am": 2}


def test_without_usual_staff_nobody_is_a_stranger() -> None:
    assert items(problem(cadences=(cadence(),)), plan(permanence()), LEVEL) == {}


def test_animators_beyond_the_largest_team_cost_three_each() -> None:
    group = promotion(sequence("s1"), sequence("s2", staff_count=2), animators_before=("C",))
    staff = (person("A"), person("B"), person("C"))
    facts = problem(promotions=(group,), staff=staff)
    assert items(facts, plan(session("s1")), LEVEL) == {}
    both = plan(session("s1"), session("s2", day(9), staff=("A", "B")))
    assert items(facts, both, LEVEL) == {"spring": 3}


def test_a_follow_up_not_with_its_referent_costs_one() -> None:
    needs = (
        need("diagnostic", kind="diagnostic"),
        need("follow-up", other_staff=True),
        need("closing", kind="bilan", other_staff=True),
        need("open", referent=None),
    )
    held = [
        interview(id, start=f"{hour:02}:00", staff="B")
        for id, hour in zip(("diagnostic", "follow-up", "closing", "open"), (9, 10, 11, 14), strict=True)
    ]
    planned = plan(office(staff="B"), office(MONDAY, "pm", "B"), *held)
    assert items(problem(interviews=needs), planned, LEVEL) == {"follow-up": 1, "closing": 1}


def test_the_weights_are_data() -> None:
    facts = problem(cadences=(cadence(usual_staff=("B",)),), weights={"usual_staff": 7})
    assert items(facts, plan(permanence()), LEVEL) == {"visits 2026-03-02 am": 7}


def test_a_team_within_the_largest_costs_nothing_and_each_one_beyond_three() -> None:
    staff = tuple(person(id) for id in "ABCD")
    for before, found in (((), {}), (("C",), {"spring": 3}), (("C", "D"), {"spring": 6}), (("A",), {})):
        group = promotion(sequence("s1", staff_count=2), animators_before=before)
        facts = problem(promotions=(group,), staff=staff)
        assert items(facts, plan(session("s1", staff=("A", "B"))), LEVEL) == found
        assert items(facts, plan(), LEVEL) == {}


def test_workshops_have_neither_usual_staff_nor_animators() -> None:
    facts = problem(cadences=(cadence("workshops", kind="session", usual_staff=("B",)),))
    assert items(facts, plan(workshop()), LEVEL) == {}


def test_without_any_sequence_the_largest_team_is_nobody() -> None:
    facts = problem(promotions=(promotion(animators_before=("A", "B")),))
    assert items(facts, plan(), LEVEL) == {"spring": 6}


def test_every_weight_is_data() -> None:
    group = promotion(sequence("s1"), animators_before=("B",))
    facts = problem(
        cadences=(cadence(usual_staff=("B",)),), promotions=(group,), interviews=(need(other_staff=True),)
    )
    planned = plan(
        permanence(), session("s1", day(9)), office(day(10), staff="B"), interview(on=day(10), staff="B")
    )
    about = {"usual_staff": "visits 2026-03-02 am", "animators": "spring", "referent": "n1"}
    for name, item in about.items():
        weights = {**dict.fromkeys(about, 0), name: 7}
        assert items(changed(facts, weights=weights), planned, LEVEL) == {item: 7}
