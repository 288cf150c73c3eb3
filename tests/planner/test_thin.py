"""A month with too many places to look at: a share of them, the same for needs that look at the same."""

import pytest

from planner import thin
from planner.build import build
from planner.generate import generate_real


@pytest.fixture
def most(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(thin, "MOST", 1_000)
    return thin.MOST


def test_a_thinned_month_looks_at_no_more_places_than_there_is_time_for(most: int) -> None:
    interviews = build(generate_real(1)).interviews
    assert interviews.is_thinned
    assert len(interviews.takes) <= most


def test_every_need_that_has_a_place_keeps_one(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert most
    problem = generate_real(1)
    thinned = build(problem).interviews
    monkeypatch.undo()
    whole = build(problem).interviews
    assert not whole.is_thinned
    placeable = [index for index in range(len(whole.groups)) if whole.by_group[index]]
    assert len([index for index in placeable if thinned.by_group[index]]) >= 0.9 * len(placeable)


def test_needs_that_look_at_the_same_people_and_days_share_office_half_days(most: int) -> None:
    assert most
    interviews = build(generate_real(1)).interviews
    offices = {interviews.lanes[take.lane].variable for take in interviews.takes}
    assert len(offices) < 0.8 * len(interviews.takes)
