"""Slots of an opening: where each starts, how many there are, which intervals are slots in a row."""

import pytest

from planner.opened import Opened

NINE, NOON = 9 * 60, 12 * 60


@pytest.mark.parametrize(
    ("end", "slot", "buffer", "count"),
    [
        (NOON, 60, 0, 3),
        (NOON - 1, 60, 0, 2),
        (NOON - 20, 40, 20, 3),
        (NOON - 21, 40, 20, 2),
        (NOON, 180, 30, 1),
        (NOON, 181, 0, 0),
        (NINE + 1, 60, 0, 0),
    ],
)
def test_a_slot_exists_while_it_ends_within_the_opening(end: int, slot: int, buffer: int, count: int) -> None:
    assert Opened(NINE, end, slot, buffer).slot_count == count


def test_slots_start_every_slot_and_buffer() -> None:
    paced = Opened(NINE, NOON, 40, 20)
    assert [paced.slot_interval(k) for k in range(3)] == [(540, 580), (600, 640), (660, 700)]


@pytest.mark.parametrize(
    ("start", "end", "slots", "found"),
    [
        (540, 580, 1, True),
        (660, 700, 1, True),
        (540, 640, 2, True),
        (600, 700, 2, True),
        (540, 700, 3, True),
        (540, 600, 1, False),
        (541, 581, 1, False),
        (580, 620, 1, False),
        (480, 520, 1, False),
        (540, 660, 2, False),
        (660, 760, 2, False),
        (720, 760, 1, False),
    ],
)
def test_an_interview_stands_on_slots_in_a_row(start: int, end: int, slots: int, found: bool) -> None:
    assert Opened(NINE, NOON, 40, 20).is_run((start, end), slots) is found


def test_the_last_slot_ends_with_the_opening_and_needs_no_buffer_after_it() -> None:
    assert Opened(NINE, NOON - 20, 40, 20).is_run((660, 700), 1)
    assert not Opened(NINE, NOON - 21, 40, 20).is_run((660, 700), 1)
