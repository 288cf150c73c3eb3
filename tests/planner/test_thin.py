"""A month with too many places to look at: a share of them, the same for needs that look at the same."""

from planner.build import build
from planner.generate import generate_real
from planner.lanes import Interviews
from planner.sizes import Sizes

MOST = 1_000


def thinned() -> Interviews:
    return build(generate_real(1), sizes=Sizes(looked_through=MOST)).interviews


def test_a_thinned_month_looks_at_no_more_places_than_there_is_time_for() -> None:
    interviews = thinned()
    assert interviews.is_thinned
    assert 0 < len(interviews.takes) <= MOST


def test_nine_needs_of_ten_that_have_a_place_keep_one() -> None:
    some, whole = thinned(), build(generate_real(1)).interviews
    assert not whole.is_thinned
    placeable = [index for index in range(len(whole.groups)) if whole.by_group[index]]
    assert len([index for index in placeable if some.by_group[index]]) >= 0.9 * len(placeable)


def test_needs_that_look_at_the_same_people_and_days_share_office_half_days() -> None:
    interviews = thinned()
    offices = {interviews.lanes[take.lane].variable for take in interviews.takes}
    assert len(offices) < 0.8 * len(interviews.takes)
