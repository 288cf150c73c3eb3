"""The ledger: what a month adds, twelve months of it, newcomers, months of absence."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.ledger import Entry, balances, month_entries

NOVEMBER = date(2026, 11, 1)


def entry(month_on: date, staff: str, balance: int) -> Entry:
    return Entry(month_on=month_on, staff=staff, kind="permanences", balance=balance)


def by_staff(entries: tuple[Entry, ...]) -> dict[str, int]:
    return {one.staff: one.balance for one in entries}


def test_equal_weights_share_equally() -> None:
    found = month_entries(NOVEMBER, {"permanences": {"AR": 6, "BL": 2}}, {"AR": 100, "BL": 100})
    assert by_staff(found) == {"AR": 200, "BL": -200}


def test_part_time_owes_its_part() -> None:
    found = month_entries(NOVEMBER, {"far": {"AR": 2, "BL": 1}}, {"AR": 100, "BL": 50})
    assert by_staff(found) == {"AR": 0, "BL": 0}


def test_thirds_are_rounded_and_still_sum_to_nothing() -> None:
    found = month_entries(NOVEMBER, {"edges": {"AR": 1}}, {"AR": 100, "BL": 100, "CM": 100})
    assert by_staff(found) == {"AR": 66, "BL": -33, "CM": -33}


def test_a_month_of_absence_adds_nothing() -> None:
    found = month_entries(NOVEMBER, {"permanences": {"AR": 3, "BL": 0}}, {"AR": 100})
    assert by_staff(found) == {"AR": 0}


def test_a_month_without_anybody_adds_nothing() -> None:
    assert month_entries(NOVEMBER, {"permanences": {}}, {}) == ()


def test_a_balance_is_the_sum_of_the_twelve_months_before() -> None:
    months = [date(2025, 10, 1), date(2025, 11, 1), date(2026, 3, 1), date(2026, 10, 1), NOVEMBER]
    entries = [entry(month_on, "AR", 10**index) for index, month_on in enumerate(months)]
    assert balances(entries, NOVEMBER) == {"AR": {"permanences": 1110}}


def test_a_newcomer_starts_from_nothing() -> None:
    assert "BL" not in balances([entry(date(2026, 10, 1), "AR", 50)], NOVEMBER)


NAMES = st.sampled_from("ABCDEFG")


@given(
    counts=st.dictionaries(NAMES, st.integers(0, 60), max_size=7),
    weights=st.dictionaries(NAMES, st.integers(1, 100), max_size=7),
)
def test_the_balances_of_a_month_sum_to_nothing_and_are_within_one_of_exact(counts, weights) -> None:
    found = month_entries(NOVEMBER, {"sessions": counts}, weights)
    assert sum(one.balance for one in found) == 0
    total = sum(counts.get(staff, 0) for staff in weights)
    for one in found:
        exact = 100 * (counts.get(one.staff, 0) - weights[one.staff] * total / sum(weights.values()))
        assert abs(one.balance - exact) < 1 + 1e-6
