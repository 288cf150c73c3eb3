"""The weight of changes is compared only with what is measured against the same version."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from db.records.plan import Plan as PlanRecord
from db.states import PlanState
from planner.plan import Level, Plan
from service.pages.comparison import compare
from service.pages.measured import as_measured, why_unlike
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_problem

DAWN = datetime(2026, 11, 2, 8, tzinfo=UTC)


def version(
    hour: int, published: int | None = None, origin: str = "solve", **fields: dict[str, object]
) -> PlanRecord:
    """Made in one hour, published in another; its own hour is its identity."""
    return PlanRecord(
        id=UUID(int=hour), version=1, territory_id=UUID(int=99), number=hour, state=PlanState.READY, origin=origin,
        first_on=sample_problem().first_on, last_on=sample_problem().last_on, created_at=DAWN + timedelta(hours=hour),
        published_at=None if published is None else DAWN + timedelta(hours=published), **fields,
    )  # fmt: skip


FIRST, SECOND = version(1, published=2), version(3, published=6)
LATE, OLD, ANEW = version(7), version(4), version(8, options={"from_scratch": True})
COPIED = version(9, origin="copy", figures={"facts_at": DAWN.isoformat()})


def weighing(value: int) -> Plan:
    levels = tuple(Level(name=name, value=value) for name in ("changes", "comfort"))
    return Plan(levels=levels)


@pytest.mark.parametrize(
    ("earlier", "shown", "weight"),
    [
        (SECOND, LATE, 0),
        (SECOND, COPIED, 0),
        (FIRST, SECOND, 0),
        (SECOND, OLD, 82),
        (FIRST, LATE, None),
        (OLD, LATE, None),
        (SECOND, ANEW, None),
        (LATE, COPIED, 82),
    ],
)
def test_changes_weigh_nothing_where_they_are_measured_from_and_elsewhere_compare_or_not(
    earlier: PlanRecord, shown: PlanRecord, weight: int | None
) -> None:
    every = (FIRST, SECOND, LATE, OLD, ANEW, COPIED)
    found = as_measured(weighing(82), earlier, shown, every)
    values = {one.name: one.value for one in found.levels}
    assert (values.get("changes"), values["comfort"]) == (weight, 82)


@pytest.mark.parametrize(
    ("earlier", "shown", "why"),
    [
        (FIRST, LATE, "rien n’était publié quand l’autre version a été calculée"),
        (SECOND, FIRST, "rien n’était publié quand cette version a été calculée"),
        (OLD, LATE, "mesuré par rapport à une autre version publiée"),
        (SECOND, ANEW, "cette version a été calculée en repartant de zéro"),
        (ANEW, LATE, "l’autre version a été calculée en repartant de zéro"),
    ],
)
def test_what_is_measured_otherwise_is_said_not_to_compare(
    earlier: PlanRecord, shown: PlanRecord, why: str
) -> None:
    every = (FIRST, SECOND, OLD, LATE, ANEW)
    before = as_measured(weighing(82), earlier, shown, every)
    found = compare(sample_problem(), LABELS, before, weighing(3), unlike=why_unlike(earlier, shown, every))
    changes, comfort = found.goals
    assert (changes.before, changes.difference) == (None, None)
    assert changes.origin == f"{why}\N{NO-BREAK SPACE}: ne se compare pas"
    assert (comfort.before, comfort.difference) == (82, -79)
