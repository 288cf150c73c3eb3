"""Moving by hand: never onto the same thing, to another person's row, and what stands in the way."""

from datetime import date

import pytest

from db.records.plan import PlanItem
from planner.breach import Breach
from service.catalogue import NBSP
from service.pages.board.breach_keys import rows_by_breach, rows_of_breach
from service.pages.board.moving import Spot, move
from service.pages.desk import way_words
from tests.planner.build import cadence, person, problem, site

MONDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 5)


def permanence(on, half="am", staff=("A",)):
    key = f"permanence:visits:{on}:{half}"
    return PlanItem(
        kind="permanence", key=key, held_on=on, half_day=half, cadence_code="visits", staff_codes=staff
    )


def facts():
    return problem(cadences=(cadence(asked=2),))


def test_a_permanence_is_never_laid_over_another_of_its_cadence():
    first, second = permanence(MONDAY), permanence(THURSDAY)
    assert move(facts(), (first, second), first, Spot("prison", THURSDAY, "am")) is None


def test_in_the_row_of_another_person_it_goes_over_from_the_row_it_was_taken_from():
    both = permanence(MONDAY, staff=("A", "B"))
    given = problem(cadences=(cadence(),), staff=(person("A"), person("B"), person("C")))
    made = move(given, (both,), both, Spot("C", THURSDAY, "am", taken_from="B"))
    assert made is not None
    assert made.put[0].staff_codes == ("A", "C")


def test_a_breach_is_traced_to_the_rows_of_the_draft():
    items = (permanence(MONDAY), permanence(THURSDAY))
    breach = Breach("spacing", "too_close", "visits", THURSDAY, items=(f"visits {MONDAY} am",))
    assert rows_of_breach(breach, items) == [items[0].key]
    assert set(rows_by_breach([breach], items)) == {items[0].key}


def test_a_closed_half_day_takes_nothing():
    closed = problem(sites=(site(openings=()), *problem().sites[1:]), cadences=(cadence(),))
    item = permanence(MONDAY)
    assert move(closed, (item,), item, Spot("prison", THURSDAY, "am")) is None


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot("prison", THURSDAY, "am"), "déplacement du lundi 2 mars au jeudi 5 mars, matin"),
        (Spot("prison", MONDAY, "pm"), "déplacement du matin à l’après-midi, lundi 2 mars"),
        (Spot("B", MONDAY, "am", taken_from="A"), "de A à B, lundi 2 mars, matin"),
        (Spot("B", THURSDAY, "am"), "de A à B, déplacement du lundi 2 mars au jeudi 5 mars, matin"),
    ],
)
def test_a_move_is_told_by_what_it_changes_hands_date_or_half_day(spot, words):
    given = problem(cadences=(cadence(),), staff=(person("A"), person("B")))
    assert way_words(given, permanence(MONDAY), spot).replace(NBSP, " ") == words
