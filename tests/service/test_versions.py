"""Versions are numbered as a coordinator counts them."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from msgspec import structs

from db.records.plan import Plan
from db.states import PlanState
from service.versions import draft_ranks, version_numbers

FIRST_ON, LAST_ON = date(2026, 12, 1), date(2026, 12, 31)


def plan(number: int, state: PlanState, published_day: int | None = None) -> Plan:
    published_at = datetime(2026, 11, published_day, 9, tzinfo=UTC) if published_day else None
    made_at = datetime(2026, 11, 1, 8, number, tzinfo=UTC)
    return Plan(
        id=uuid4(), version=0, territory_id=UUID(int=1), number=number, state=state, origin="solve",
        first_on=FIRST_ON, last_on=LAST_ON, created_at=made_at, published_at=published_at,
    )  # fmt: skip


def numbers(*plans: Plan) -> list[int]:
    found = version_numbers(plans)
    return [found[one.id] for one in plans]


def test_the_first_published_is_1_whatever_was_computed_before() -> None:
    assert numbers(
        plan(4, PlanState.DISCARDED), plan(5, PlanState.READY), plan(6, PlanState.PUBLISHED, 20)
    ) == [2, 2, 1]


def test_a_draft_bears_the_number_that_it_would_get() -> None:
    assert numbers(plan(1, PlanState.READY), plan(2, PlanState.DRAFT)) == [1, 1]


def test_published_versions_count_in_the_order_of_their_publication() -> None:
    earlier, later = plan(9, PlanState.SUPERSEDED, 20), plan(3, PlanState.PUBLISHED, 25)
    assert numbers(later, earlier, plan(10, PlanState.WITHDRAWN, 18)) == [3, 2, 1]


def test_drafts_for_one_number_are_told_apart_and_begin_anew_after_a_publication() -> None:
    first, failed, second = plan(1, PlanState.DISCARDED), plan(2, PlanState.FAILED), plan(3, PlanState.READY)
    assert draft_ranks((second, failed, first)) == {first.id: 1, second.id: 2}
    late = structs.replace(plan(4, PlanState.READY), created_at=datetime(2026, 11, 21, tzinfo=UTC))
    published = plan(3, PlanState.PUBLISHED, 20)
    assert draft_ranks((late, published, first)) == {late.id: 1}
    moved = structs.replace(plan(5, PlanState.PUBLISHED, 22), origin="today")
    assert draft_ranks((moved, late, published, first)) == {late.id: 1}
