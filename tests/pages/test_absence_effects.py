"""What an absence costs the month, under the board by person."""

import msgspec
import pytest

from planner.plan import Plan, Reason, Unplaced
from planner.problem import Absence
from service.pages.board.absence_effects import Effects
from service.pages.board.labels import Labels
from tests.planner.build import MONDAY, at, cadence, interview, need, permanence, person, plan, problem

AWAY = Absence(id="away", starts_at=at(MONDAY, "00:00"), ends_at=at(MONDAY, "13:00"))
FACTS = problem(
    staff=(person("A", absences=(AWAY,)), person("B")),
    cadences=(cadence(asked=4),),
    interviews=(need(participant="KM4821"),),
)


def effect(made: Plan) -> tuple[str, bool]:
    return Effects(FACTS, made, Labels()).words("A", AWAY)


def left_out(*codes: object) -> Plan:
    reasons = [Reason(code="availability", facts=({"staff": "A", "fact": code},)) for code in codes]
    return msgspec.structs.replace(
        plan(), unplaced=tuple(Unplaced(cadence="visits", reason=reason) for reason in reasons)
    )


def test_what_is_planned_over_an_absence_is_counted():
    made = plan(
        permanence(MONDAY, "am", "A"), interview("n1", MONDAY, "11:00"), permanence(MONDAY, "pm", "A")
    )
    assert effect(made) == ("2 rendez-vous tombent dessus", True)


def test_what_others_do_or_what_comes_after_it_does_not_count():
    assert effect(plan(permanence(MONDAY, "am", "B"), permanence(MONDAY, "pm", "A"))) == ("Aucun", False)


@pytest.mark.parametrize("codes", ["away", ["away", "other"]])
def test_a_need_whose_reason_names_the_absence_is_its_effect(codes):
    words, hurts = effect(left_out(codes))
    assert hurts
    assert words.startswith("Non placé\N{NO-BREAK SPACE}: prison — 1re permanence")


def test_a_need_that_another_fact_keeps_out_is_not():
    assert effect(left_out(["other"])) == ("Aucun", False)
