"""What is left of a plan without ordinary interviews is a plan."""

from planner.build import build
from planner.greedy import start
from planner.pressing import ordinary, pressing_alone
from tests.planner.build import MONDAY, need, openings, person, problem, site


def test_an_urgent_call_keeps_the_telephone_half_day_that_an_ordinary_one_shared() -> None:
    """Two bureaus with other slots: two grids of one telephone."""
    called = {"mode": "phone", "sites": (), "from_on": MONDAY, "until_on": MONDAY}
    facts = problem(
        first_on=MONDAY,
        last_on=MONDAY,
        sites=tuple(
            site(f"bureau-{minutes}", kind="bureau", openings=openings(slot_minutes=minutes))
            for minutes in (60, 45)
        ),
        staff=(person("A"),),
        interviews=(need("urgent", priority="urgent", **called), need("ordinary", **called)),
    )
    model = build(facts)
    values = start(model, lambda: False)
    bare = pressing_alone(model, values)
    assert model.program.value("unmet_urgent", bare) == 0
    assert model.program.broken(bare) == []
    assert not any(bare[variable] for variable in ordinary(model))
