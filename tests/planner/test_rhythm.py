"""Rhythms become needs: due weeks, windows that never overlap, misses, stages, promotions' mornings."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.problem import Cadence, Promotion, Sequence
from planner.rhythm import Rhythm, Stage, due_weeks, morning_needs, rhythm_needs

MONTH = (date(2026, 11, 1), date(2026, 11, 30))
WEEKLY = (Stage(every_weeks=1),)
FORTNIGHTLY = (Stage(every_weeks=2, tolerance_weeks=1),)


def rhythm(**changes) -> Rhythm:
    return Rhythm(**({"participant": "KM4821", "stages": WEEKLY, "starts_on": date(2026, 10, 1)} | changes))


def windows(one: Rhythm) -> list[tuple[date, date]]:
    return [(need.from_on, need.until_on) for need in rhythm_needs(one, *MONTH)]


def test_a_new_path_is_due_in_the_week_it_starts_when_weekly() -> None:
    found = rhythm_needs(rhythm(starts_on=date(2026, 11, 12)), *MONTH)
    assert found[0].from_on == date(2026, 11, 9)
    assert found[0].until_on == date(2026, 11, 15)


def test_a_need_is_known_by_participant_kind_and_week() -> None:
    found = rhythm_needs(rhythm(starts_on=date(2026, 11, 12), kind="bilan"), *MONTH)
    assert found[0].id == "KM4821/bilan/2026-W46"


def test_weeks_are_counted_from_the_week_of_the_last_interview() -> None:
    one = rhythm(stages=FORTNIGHTLY, last_on=date(2026, 10, 29))
    assert windows(one) == [
        (date(2026, 11, 9), date(2026, 11, 22)),
        (date(2026, 11, 23), date(2026, 12, 6)),
    ]


def test_without_tolerance_the_window_is_one_week() -> None:
    one = rhythm(stages=(Stage(every_weeks=3),), last_on=date(2026, 10, 25))
    assert windows(one) == [(date(2026, 11, 9), date(2026, 11, 15)), (date(2026, 11, 30), date(2026, 12, 6))]


def test_a_window_that_began_before_the_month_still_belongs_to_it() -> None:
    one = rhythm(stages=(Stage(every_weeks=4, tolerance_weeks=3),), last_on=date(2026, 9, 27))
    assert windows(one)[0] == (date(2026, 10, 19), date(2026, 11, 15))


@pytest.mark.parametrize("last_on", [None, date(2026, 10, 29)])
def test_a_miss_makes_the_need_due_in_the_following_week(last_on: date | None) -> None:
    one = rhythm(stages=FORTNIGHTLY, last_on=last_on, missed_on=date(2026, 11, 4), misses=1)
    found = rhythm_needs(one, *MONTH)
    assert [need.from_on for need in found] == [date(2026, 11, 9), date(2026, 11, 23)]
    assert [need.misses for need in found] == [1, 0]


def test_a_miss_made_good_since_counts_no_more() -> None:
    one = rhythm(stages=FORTNIGHTLY, last_on=date(2026, 11, 5), missed_on=date(2026, 11, 4))
    assert windows(one)[0][0] == date(2026, 11, 16)


@pytest.mark.parametrize("state", ["suspendu", "termine"])
def test_a_path_that_is_not_under_way_needs_nothing(state: str) -> None:
    assert rhythm_needs(rhythm(state=state), *MONTH) == ()


def test_the_stage_in_force_in_a_week_gives_the_step_from_it() -> None:
    stages = (Stage(every_weeks=1, until_on=date(2026, 11, 15)), Stage(every_weeks=2))
    found = [due_on for due_on, _ in islice(due_weeks(rhythm(stages=stages, last_on=date(2026, 10, 26))), 4)]
    assert found == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 30)]


def test_after_the_last_stage_nothing_is_due() -> None:
    stages = (Stage(every_weeks=1, until_on=date(2026, 11, 8)),)
    assert windows(rhythm(stages=stages))[-1] == (date(2026, 11, 2), date(2026, 11, 8))
    assert rhythm_needs(rhythm(stages=stages, last_on=date(2026, 11, 20)), *MONTH) == ()


def test_a_tolerance_as_long_as_the_step_is_refused() -> None:
    with pytest.raises(ValueError, match="tolerance_weeks"):
        Stage(every_weeks=2, tolerance_weeks=2)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def stage_lists(draw: st.DrawFn) -> tuple[Stage, ...]:
    ends = sorted(draw(st.lists(DAYS, max_size=3)))
    found = []
    for until_on in [*ends, None]:
        every = draw(st.integers(1, 5))
        found.append(
            Stage(every_weeks=every, tolerance_weeks=draw(st.integers(0, every - 1)), until_on=until_on)
        )
    return tuple(found)


@given(stages=stage_lists(), last_on=st.none() | DAYS, missed_on=st.none() | DAYS)
def test_windows_never_overlap_and_are_whole_weeks(stages, last_on, missed_on) -> None:
    one = rhythm(stages=stages, starts_on=date(2026, 3, 1), last_on=last_on, missed_on=missed_on)
    needs = rhythm_needs(one, date(2026, 1, 1), date(2027, 6, 30))
    assert len({need.id for need in needs}) == len(needs)
    for need in needs:
        assert need.from_on.weekday() == 0
        assert need.until_on.weekday() == 6
    for before, after in pairwise(needs):
        assert before.until_on < after.from_on


@given(stages=stage_lists(), last_on=DAYS, first_on=DAYS)
def test_months_one_after_the_other_give_the_needs_of_both(stages, last_on, first_on) -> None:
    one = rhythm(stages=stages, last_on=last_on)
    middle, end = first_on + timedelta(days=29), first_on + timedelta(days=59)
    both = rhythm_needs(one, first_on, end)
    parts = rhythm_needs(one, first_on, middle) + rhythm_needs(one, middle + timedelta(days=1), end)
    assert {need.id for need in both} == {need.id for need in parts}


def promotion(people: int, steps: int, done: int = 0) -> Promotion:
    sequences = tuple(
        Sequence(
            id=f"s{index}",
            title="",
            from_on=date(2026, 11, 2) + timedelta(days=7 * index),
            until_on=date(2026, 11, 8) + timedelta(days=7 * index),
            duration_minutes=120,
            done_on=date(2026, 10, 1) if index < done else None,
        )
        for index in range(steps)
    )
    return Promotion(
        id="promo",
        site="sas",
        participants=tuple(f"P{n}" for n in range(people)),
        seats=12,
        sequences=sequences,
    )


MORNING = Cadence(id="matins", site="sas", length="am", follows="promo")


def test_the_mornings_of_a_promotion_come_to_each_in_turn() -> None:
    needs = morning_needs(promotion(4, 3), MORNING, places=2)
    assert [need.participant for need in needs] == ["P0", "P1", "P2", "P3", "P0", "P1"]
    assert [need.from_on.day for need in needs] == [2, 2, 9, 9, 16, 16]
    assert [need.priority for need in needs] == ["normal"] * 4 + ["flexible"] * 2


def test_who_had_fewest_interviews_comes_first() -> None:
    needs = morning_needs(promotion(3, 3, done=1), MORNING, places=1, held={"P0": 1})
    assert [need.participant for need in needs] == ["P1", "P2"]


def test_places_kept_for_partners_are_not_given() -> None:
    kept = Cadence(id="matins", site="sas", length="am", follows="promo", partner_places=3)
    assert morning_needs(promotion(4, 2), kept, places=3) == ()
