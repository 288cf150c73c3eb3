"""What a version breaks by the facts of this moment, judged without a page."""

from collections import deque
from datetime import date

import msgspec
import pytest

from db.records.plan import PlanItem
from planner.breach import Breach
from planner.generate import Size, generate
from planner.plan import Plan
from planner.problem import MaxHalfDays, Room
from service.pages.board import broken
from service.pages.board.judged import Judged, judge
from service.pages.board.labels import Labels
from service.pages.board.living import Living
from service.pages.board.standing_of import Asked, standing_of
from service.translate.decided import decision_of
from service.translate.still_known import still_known
from tests.pages.sample_month import sample_plan, sample_problem

COUNTED = ("too_many", "month_full")


def test_a_board_is_answered_with_its_own_month_whatever_others_keep_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broken, "_judged", deque(maxlen=0))
    problem = generate(Size(staff=2, sites=2, promotions=1, interviews=2, days=7), 1)
    assert broken.judged_living(Living(problem, Plan())) == judge(problem, Plan())


def test_a_week_or_a_month_that_is_too_full_is_told_until_it_is_over() -> None:
    breaches = [
        Breach("workload", code, "AR", on, 2)
        for code, on in (
            ("day_full", date(2026, 12, 7)),
            ("week_full", date(2026, 12, 7)),
            ("protected", date(2026, 12, 7)),
            ("month_full", date(2026, 12, 1)),
        )
    ]
    month = Breach("cadence", "too_many", "sport", date(2026, 12, 1))
    problem = generate(Size(staff=2, sites=2, promotions=1, interviews=2, days=31), 1)
    judged = Judged((*breaches, month), (), {})

    def told(today: date, *said: Breach) -> list[list[str]]:
        decisions = tuple(decision_of(one) for one in said)
        found = standing_of(Asked(problem, Plan(), Labels(), today, decisions), judged)
        return [[one.code for one in some] for some in (found.falls, found.decided)]

    assert told(date(2026, 12, 7)) == [[one.code for one in judged.violations], []]
    sunday_on, less = date(2026, 12, 13), breaches[3]._replace(amount=1)
    assert told(sunday_on, breaches[1], less) == [["protected", "month_full", "too_many"], ["week_full"]]
    assert told(date(2026, 12, 14)) == told(date(2026, 12, 31)) == [["month_full", "too_many"], []]
    assert told(date(2027, 1, 1)) == [[], []]


def test_of_a_month_that_holds_too_much_the_latest_that_nothing_keeps_are_marked() -> None:
    known, plan = sample_problem(), msgspec.structs.replace(sample_plan(), interviews=())
    room = Room(id="salle", seats=20)
    problem = msgspec.structs.replace(
        known,
        sites=tuple(msgspec.structs.replace(one, rooms=(room,)) for one in known.sites),
        cadences=tuple(
            msgspec.structs.replace(one, asked=1, up_to=0) if one.kind == "permanence" else one
            for one in known.cadences
        ),
        staff=tuple(
            msgspec.structs.replace(one, max_half_days=MaxHalfDays(month=4)) if one.id == "NK" else one
            for one in known.staff
        ),
    )
    judged = judge(problem, plan)
    marked = {one.about: judged.shown(one) for one in judged.violations if one.code in COUNTED}
    first, pinned = "permanence:villejuif-permanence:2026-12-04:am", "2026-12-18"
    assert pinned in {str(one.on) for one in problem.pins}
    assert marked["villejuif-permanence"] == marked["NK"] == (first,)
    assert marked["gagny-permanence"] == ("permanence:gagny-permanence:2026-12-17:am",)
    published = judge(msgspec.structs.replace(problem, pins=(), published=plan), plan)
    (latest,) = [
        published.shown(one)
        for one in published.violations + published.excused
        if one.about == "NK" and one.code in COUNTED
    ]
    assert latest == ("permanence:villejuif-permanence:2026-12-18:am",)


def test_a_session_in_a_room_that_was_taken_away_is_no_longer_known() -> None:
    problem = generate(Size(staff=2, sites=2, promotions=1, interviews=2, days=31), 1)
    promotion, site = problem.promotions[0], problem.sites[0]
    item = PlanItem(
        key="session",
        kind="session",
        held_on=problem.first_on,
        staff_codes=(problem.staff[0].id,),
        site_code=site.id,
        promotion_code=promotion.id,
        sequence_code=promotion.sequences[0].id,
    )
    elsewhere = msgspec.structs.replace(item, room_code="gone")
    assert still_known((item, elsewhere), problem) == (item,)
