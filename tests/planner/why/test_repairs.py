"""What would help: facts that would have to be otherwise, the least costly first, and where the thing would then stand."""

from datetime import date
from typing import Any

import pytest

from planner.fact_changes import (
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteOpens,
)
from planner.wanted import Wanted
from planner.why.repairs import Repair
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    need,
    permanence,
    person,
    plan,
    site,
)
from tests.planner.why.questions import AWAY, N1, VISITS, asked


@pytest.mark.parametrize(
    ("facts", "wanted", "change"),
    [
        (
            {"sites": (site(openings=()),), "cadences": (cadence(),)},
            VISITS,
            SiteOpens(site="prison", half_day="am", on=MONDAY),
        ),
        (
            {"interviews": (need(sites=("bureau",), from_on=date(2026, 2, 20), until_on=date(2026, 2, 26)),)},
            N1,
            LongerWindow(need="n1"),
        ),
        (
            {"sites": (site(), bureau(interview_places=0)), "interviews": (need(sites=("bureau",)),)},
            N1,
            MorePlaces(site="bureau"),
        ),
        (
            {"staff": (person("A", absences=(AWAY,)), person("B")), "interviews": (need(sites=("bureau",)),)},
            N1,
            OtherStaff(need="n1"),
        ),
    ],
)
def test_each_repair_is_one_fact_otherwise(facts: dict[str, Any], wanted: Wanted, change: object) -> None:
    assert change in {one.change for one in asked(wanted, **facts).repairs}


def test_repairs_come_in_the_order_of_what_they_change() -> None:
    found = asked(
        N1,
        plan(permanence(), permanence(half_day="pm")),
        staff=(person("A"), person("B")),
        cadences=(cadence(asked=2),),
        interviews=(need(sites=("bureau",)),),
    ).repairs
    kinds = [one.kind for one in found]
    assert kinds[0] == "staff"
    assert kinds[1:] == ["drop", "drop"]
    assert [one.costs for one in found] == sorted(one.costs for one in found)


def test_a_repair_says_where_the_thing_would_stand() -> None:
    (repair, *_) = asked(VISITS, sites=(site(openings=()),), cadences=(cadence(),)).repairs
    assert isinstance(repair, Repair)
    (placed,) = repair.placement.adds.permanences
    assert (placed.on, placed.staff) == (MONDAY, ("A",))
    assert repair.costs[1] == -1


def test_nobody_is_told_to_give_up_one_of_a_cadence_for_another_of_it() -> None:
    """Both are as good as each other: nothing would be gained."""
    found = asked(VISITS, plan(permanence(MONDAY, "am", "A")), cadences=(cadence(asked=2),))
    assert [one.name for one in found.leave] == [f"permanence visits {MONDAY} am"]
    assert [one.drop for one in found.repairs if one.kind == "drop"] == []
