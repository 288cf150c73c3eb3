"""Plans laid out once for many questions: kept by key, the oldest forgotten, asked from several threads at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.plan import Plan
from planner.wanted import Wanted
from service.errors import Conflict, NotFound
from service.explaining.prepared import MOST, Prepared, already_prepared, prepared_once
from tests.planner.build import cadence, interview, need, office, permanence, plan, problem

FACTS = problem(cadences=(cadence(),), interviews=(need(sites=("bureau",)),))


def make() -> Prepared:
    return Prepared(FACTS, Plan(), {})


def test_a_plan_is_laid_out_once_for_each_key_and_the_oldest_is_forgotten() -> None:
    first = prepared_once(("one", 0), make)
    assert prepared_once(("one", 0), make) is first
    assert already_prepared(("one", 0)) is first
    for number in range(1, MOST + 1):
        prepared_once(("one", number), make)
    assert already_prepared(("one", 0)) is None


def test_questions_from_several_threads_have_one_answer() -> None:
    prepared = make()

    def ask(_: int) -> tuple[object, ...]:
        found = prepared.suggest(Wanted(need="n1"), count=3)
        return (*found, prepared.why_not(Wanted(cadence="visits")).status, len(prepared.left_out()))

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(16)))
    assert all(answer == answers[0] for answer in answers)


def test_what_the_planner_refuses_is_said_in_the_services_words() -> None:
    held = Prepared(FACTS, plan(permanence(), office(half_day="pm"), interview(start="14:00")), {})
    with pytest.raises(NotFound):
        held.suggest(Wanted(need="nobody"))
    with pytest.raises(Conflict, match="Rien n’en manque"):
        held.why_not(Wanted(need="n1"))
    with pytest.raises(Conflict, match="pas placé"):
        make().why_this(Wanted(need="n1"))
    with pytest.raises(Conflict, match="publié"):
        held.told()


def test_two_plans_under_other_facts_are_compared_each_by_its_own() -> None:
    other = problem(cadences=(cadence(asked=3),), interviews=FACTS.interviews)
    found = make().compared(Prepared(other, Plan(), {}))
    levels = {one.level: (one.before, one.after) for one in found.levels}
    assert levels["unmet_permanences"] == (1, 3)
