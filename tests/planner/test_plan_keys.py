"""No two assignments have one key, whatever signs their ids hold, and keys are read back to their ids."""

import re
from datetime import date
from itertools import product

import pytest

from planner.audit import audit
from planner.plan_keys import office_key, permanence_key, sequence_key, session_about, visit_key, words_of
from planner.solve import Limits, Planned, solve
from tests.planner.build import day, interview, need, office, plan, problem, session, workshop

WITHIN = Limits(time_limit_seconds=20, deterministic_limit=4, workers=1)
IDS = ("a", "b", "a b", "a/b", "a#1", "a#1#1", "b#1", "\\", "a\\", "\\ b", "/", "#1", "a/b#1", "é 1/2")
ON = date(2026, 3, 2)


def test_presences_have_keys_of_their_own_that_are_read_back() -> None:
    told = {permanence_key(cadence, ON, "am"): (cadence,) for cadence in IDS}
    told |= {office_key(office(staff=one)): (one, "bureau") for one in IDS}
    assert len(told) == 2 * len(IDS)
    for key, ids in told.items():
        assert words_of(key) == [*ids, "2026-03-02", "am"]


def test_sessions_have_keys_of_their_own() -> None:
    steps = [session(step, promotion=promotion) for promotion, step in product(IDS, IDS)]
    told = [session_about(one) for one in steps]
    told += [session_about(workshop(cadence=cadence, number=number)) for cadence in IDS for number in (1, 2)]
    assert len(set(told)) == len(told)
    assert sequence_key("spring", "s1") == "spring/s1"


def test_interviews_have_keys_of_their_own() -> None:
    several = [
        visit_key(need(one, count=2), number)
        for one in IDS
        if not re.search(r"#1$", one)
        for number in (1, 2)
    ]
    alone = [visit_key(need(one), 1) for one in IDS if re.search(r"#1$", one)]
    assert len({*several, *alone}) == len(several) + len(alone)
    assert visit_key(need("a"), 1) == "a"


@pytest.mark.parametrize("gone", range(3))
def test_of_needs_whose_ids_read_alike_each_is_known_by_itself(gone: int) -> None:
    there = office(day(3))
    held = [
        interview("n#1", day(3), "09:00"),
        interview("n", day(3), "10:00", number=1),
        interview("n", day(3), "11:00", number=2),
    ]
    facts = problem(interviews=(need("n#1"), need("n", count=2)), published=plan(there, *held))
    left = plan(there, *(one for number, one in enumerate(held) if number != gone))
    assert audit(facts, left).goals["changes"] == 16
    found = solve(facts, limits=WITHIN)
    assert isinstance(found, Planned)
    assert found.plan.levels[3].value == 0
