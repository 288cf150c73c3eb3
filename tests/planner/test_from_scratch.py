"""Beginning anew: what may still move is forgotten; the past, the promised days and other months are not."""

from datetime import timedelta

import msgspec

from planner.from_scratch import from_scratch
from tests.planner.build import MONDAY, cadence, permanence, plan, problem

WEDNESDAY, NEXT_MONTH = MONDAY + timedelta(days=2), MONDAY + timedelta(days=60)


def test_only_what_may_still_move_is_forgotten() -> None:
    near, far, elsewhere = (permanence(on=on) for on in (MONDAY, WEDNESDAY, NEXT_MONTH))
    given = problem(
        cadences=(cadence(),),
        published=plan(near, far, elsewhere),
        today_on=MONDAY,
        notice_days=2,
    )
    begun = from_scratch(given)
    assert begun.published is not None
    assert begun.published.permanences == (near, elsewhere)
    assert msgspec.structs.replace(begun, published=given.published) == given


def test_without_a_published_plan_there_is_nothing_to_forget() -> None:
    given = problem(cadences=(cadence(),))
    assert from_scratch(given) is given
