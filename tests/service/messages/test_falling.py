"""After an absence or a closure one reads what falls, in order of time, not the absence again."""

import pytest

from planner.audit import audit
from planner.generate import with_absence, with_closure
from planner.plan import Plan
from planner.problem import Problem
from service.catalogue import NBSP
from service.messages.falling import Falling
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    day,
    interview,
    need,
    office,
    participant,
    permanence,
    person,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
)

NAMES = {"visits": "Permanence Gagny", "spring": "Promotion 7"}
PLAN = plan(
    permanence(MONDAY, "am", "AR"),
    session("talk", MONDAY, "14:00", "16:00", staff=("AR", "BK")),
    interview("n1", MONDAY, "09:00", site="prison", staff="AR"),
    office(day(3), "am", "AR"),
    interview("n2", day(3), "09:00", staff="AR"),
)


def month() -> Problem:
    return problem(
        sites=(site(name="Gagny"), bureau(name="Bureau")),
        staff=(person("AR"), person("BK")),
        cadences=(cadence(),),
        promotions=(promotion(sequence("talk", title="Parler", staff_count=2)),),
        participants=(participant("KM4821"), participant("PR1207")),
        interviews=(
            need("n1", participant="KM4821", kind="diagnostic"),
            need("n2", participant="PR1207", referent="AR"),
        ),
    )


def told(facts: Problem, planned: Plan = PLAN) -> list[str]:
    sentences = Falling(facts, planned, NAMES).sentences(audit(facts, planned).violations)
    return [one.replace(NBSP, " ") for one in sentences]


def test_a_month_that_holds_says_nothing() -> None:
    assert told(month()) == []


def test_an_absence_says_what_has_nobody_left_mornings_first() -> None:
    assert told(with_absence(month(), "AR", MONDAY)) == [
        "La permanence de Gagny du lundi 2 mars matin n’a plus personne ; 1 entretien est à replacer.",
        "La séance « Parler » (Promotion 7) du lundi 2 mars à 14 h n’a plus que B.K.",
    ]


def test_an_absence_at_the_office_says_which_interviews_are_to_be_placed_again() -> None:
    assert told(with_absence(month(), "AR", day(3))) == [
        "L’entretien PR1207 du mardi 3 mars à 9 h est à replacer."
    ]


def test_a_closure_says_what_falls() -> None:
    assert told(with_closure(month(), "prison", MONDAY)) == [
        "La permanence de Gagny du lundi 2 mars matin tombe : le lieu est fermé ; 1 entretien est à replacer.",
        "La séance « Parler » (Promotion 7) du lundi 2 mars à 14 h tombe : le lieu est fermé.",
    ]


@pytest.mark.parametrize(("name", "words"), [("Amiens", "d’Amiens"), ("SPIP", "de SPIP")])
def test_a_name_that_begins_with_a_vowel_takes_an_apostrophe(name: str, words: str) -> None:
    facts = with_absence(month(), "AR", MONDAY)
    sites = (site(name=name), bureau(name="Bureau"))
    named = problem(**{field: getattr(facts, field) for field in facts.__struct_fields__} | {"sites": sites})
    assert f"La permanence {words} du" in told(named)[0]


def test_what_names_no_assignment_is_told_by_its_rule() -> None:
    crowded = plan(permanence(MONDAY, "am", "AR"), permanence(day(9), "am", "AR"))
    assert told(month(), crowded) == ["Permanence Gagny : 1 de plus que demandé."]
