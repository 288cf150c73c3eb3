"""A morning's change of what is published: a draft of one move, published at once, beside drafts and publications."""

import asyncio

import pytest

from db.queries.assignments import Wanted, assignment, assignments_of, events_of
from db.queries.fact_storing import add_fact
from db.queries.plan_items import items_of, unplaced_of
from db.queries.plans import plan_by_id, plans_of
from db.queries.trail import Sought, trail
from db.records.assignment import Assignment
from db.records.plan import Plan
from db.records.site import Closure
from db.records.territory import Territory
from db.states import PlanState
from service.actions.cancel_today import cancel_all_today, cancel_today
from service.actions.copy_published import copy_published
from service.actions.edit_draft import copy_to_draft
from service.actions.fix_interview import fix_interview
from service.actions.preview_publication import preview_publication
from service.actions.publish_plan import publish_plan
from service.actions.remove_item import remove_item
from service.actions.replace_today import replace_today
from service.errors import DraftNoLongerHolds
from service.pages.board.history import history
from service.pages.board.source import load_month
from service.translate.quick_move import quick_move
from tests.service.living_territory import AR, COORDINATOR, day, host, make_living, meeting, nameless, publish

pytestmark = pytest.mark.usefixtures("database")
DATES = day(0), day(20)


async def _published(territory: Territory, *, offices: int = 2) -> Plan:
    """A version: half-days of AR at the office from the third day on, an interview in each, one permanence."""
    _, *others = await publish(territory, *(host(3 + rank) for rank in range(offices)), host(9, site="gagny"))
    await fix_interview(territory, meeting(3, 10), AR)
    inside = others[: offices - 1]
    await publish(territory, *(nameless(3 + rank, 10, rank, one) for rank, one in enumerate(inside, start=1)))
    draft = await copy_published(territory, *DATES, COORDINATOR)
    return (await publish_plan(territory, draft.id, COORDINATOR)).plan


async def _office(territory: Territory, ahead: int = 3) -> Assignment:
    wanted = Wanted(kinds=("office",), from_on=day(ahead), until_on=day(ahead))
    (found,) = await assignments_of(territory.id, wanted)
    return found


async def _only_version(territory: Territory) -> Plan:
    """The one that is published."""
    (found,) = await plans_of(territory.id, states=(PlanState.PUBLISHED,))
    return found


async def test_what_is_called_off_is_a_version_that_says_what_and_by_whom() -> None:
    territory = await make_living()
    before = await _published(territory)
    office = await _office(territory)
    gone = await cancel_today(territory, office.id, AR, reason="absence", by="site")
    version = await _only_version(territory)
    assert (version.origin, version.made_from, version.number) == ("today", before.id, before.number + 1)
    assert (version.first_on, version.last_on) == DATES
    assert (await plan_by_id(territory.id, before.id)).state is PlanState.SUPERSEDED
    kept = {item.assignment_id for item in await items_of(version.id)}
    left = {item.assignment_id for item in await items_of(before.id)} - kept
    assert left == {one.id for one in gone}
    assert len(kept) == 3
    (interview,) = (one for one in await items_of(before.id) if one.assignment_id == gone[1].id)
    assert interview.need_code in {one.need_code for one in await unplaced_of(version.id)}
    move = quick_move(version)
    assert move is not None
    assert (move.what, move.thing, move.author) == ("cancelled_today", office.id, "AR")
    assert (move.kind, move.staff, move.cancelled_by, move.reason) == ("office", ("AR",), "site", "absence")
    events = [(await events_of(one.id))[-1] for one in gone]
    assert {(one.what, one.plan_id, one.actor_label) for one in events} == {
        ("cancelled_today", version.id, "AR")
    }
    (entry,) = await trail(Sought(about=("plan", str(version.id))))
    assert (entry.action, entry.actor_label) == ("publish_move", "AR")


async def test_a_second_morning_stands_on_the_first_and_each_can_be_read_again() -> None:
    territory = await make_living()
    first = await _published(territory)
    one, other = await _office(territory, 3), await _office(territory, 4)
    await cancel_today(territory, one.id, AR, reason="absence")
    second = await _only_version(territory)
    await cancel_today(territory, other.id, AR, reason="site")
    third = await _only_version(territory)
    assert (second.made_from, third.made_from) == (first.id, second.id)
    counts = [len(await items_of(plan.id)) for plan in (first, second, third)]
    assert counts == [5, 3, 1]


async def test_all_that_is_called_off_at_once_is_one_version_and_what_is_over_stays() -> None:
    territory = await make_living()
    first = await _published(territory, offices=3)
    gone, one, other = [await _office(territory, ahead) for ahead in (3, 4, 5)]
    await cancel_today(territory, gone.id, AR, reason="site")
    second = await _only_version(territory)
    ids = (gone.id, one.id, other.id)
    called_off = await cancel_all_today(territory, ids, AR, reason="absence")
    third = await _only_version(territory)
    assert (second.made_from, third.made_from, third.number) == (first.id, second.id, first.number + 2)
    assert {one.id, other.id} < {each.id for each in called_off}
    assert [each.starts_at for each in called_off] == sorted(each.starts_at for each in called_off)
    move = quick_move(third)
    assert move is not None
    assert (move.thing, move.with_it) == (one.id, (other.id,))
    went = await assignment(territory.id, gone.id)
    assert (went.cancel_reason, went.cancelled_by) == ("site", "site"), "a site's impediment is not ours"
    assert await cancel_all_today(territory, ids, AR, reason="absence") == ()
    assert (await _only_version(territory)).id == third.id
    month = await load_month(territory, *DATES)
    (told, *_) = history(month, "/t/vivante/planning", {})
    assert told.why.endswith("et 1 autre en même temps")
    assert month.facts.version is not None
    assert (month.facts.version.made_how, month.facts.version.seconds) == ("moved", None)


async def test_an_open_draft_goes_on_and_does_not_bring_back_unseen_what_was_called_off() -> None:
    territory = await make_living()
    await _published(territory)
    draft = await copy_published(territory, *DATES, COORDINATOR)
    office = await _office(territory)
    await cancel_today(territory, office.id, AR, reason="absence")
    assert (await plan_by_id(territory.id, draft.id)).state is PlanState.DRAFT
    preview = await preview_publication(territory, draft.id)
    assert {one.rule for one in preview.lost} == {"called_off"}
    assert f"{' '.join(office.staff)} {office.site} {office.held_on} {office.half_day}" in {
        one.about for one in preview.lost
    }
    with pytest.raises(DraftNoLongerHolds) as refusal:
        await publish_plan(territory, draft.id, COORDINATOR)
    lost = refusal.value.fields["lost"]
    assert [(one["rule"], one["on"]) for one in lost if isinstance(one, dict)] == [
        ("called_off", str(day(3)))
    ] * 2
    for item in await items_of(draft.id):
        if item.held_on == day(3):
            await remove_item(territory, draft.id, item.key, version=None, overrule=True)
    await publish_plan(territory, draft.id, COORDINATOR)
    assert (await assignment(territory.id, office.id)).status == "cancelled"


async def test_it_is_taken_back_by_publishing_the_version_before_again() -> None:
    territory = await make_living()
    before = await _published(territory)
    office = await _office(territory)
    gone = await cancel_today(territory, office.id, AR, reason="absence")
    draft = await copy_to_draft(territory, await plan_by_id(territory.id, before.id))
    preview = await preview_publication(territory, draft.id)
    assert {one.id for one in preview.differences} == {one.id for one in gone}
    await publish_plan(territory, draft.id, COORDINATOR)
    again = [await assignment(territory.id, one.id) for one in gone]
    assert {one.status for one in again} <= {"planned", "to_confirm"}
    assert again[0].cancel_reason is None
    assert (await _only_version(territory)).id == draft.id


async def test_an_interview_that_waits_by_its_rhythm_does_not_come_back_with_the_version_before() -> None:
    territory = await make_living()
    await publish(territory, host(3), host(9, site="gagny"))
    await fix_interview(territory, meeting(3, 10, "ZT1002"), AR)
    draft = await copy_published(territory, *DATES, COORDINATOR)
    before = (await publish_plan(territory, draft.id, COORDINATOR)).plan
    office = await _office(territory)
    gone = await cancel_today(territory, office.id, AR, reason="absence")
    back = await copy_to_draft(territory, await plan_by_id(territory.id, before.id))
    assert [one.kind for one in await items_of(back.id)] == ["permanence"]
    await publish_plan(territory, back.id, COORDINATOR)
    assert {(await assignment(territory.id, one.id)).status for one in gone} == {"cancelled"}


async def test_a_month_in_which_something_else_no_longer_holds_hinders_nobody() -> None:
    territory = await make_living()
    await _published(territory)
    await add_fact(territory.id, Closure(code="works", site="gagny", from_on=day(8), until_on=day(10)))
    office = await _office(territory)
    await cancel_today(territory, office.id, AR, reason="absence")
    version = await _only_version(territory)
    assert version.origin == "today"
    assert "site_open" in {one["rule"] for one in version.overruled}


async def test_where_no_version_promises_it_only_the_living_plan_is_written() -> None:
    territory = await make_living()
    (office,) = await publish(territory, host(3))
    (gone,) = await cancel_today(territory, office, AR, reason="absence")
    assert (await assignment(territory.id, gone.id)).status == "cancelled"
    assert await plans_of(territory.id) == ()


async def test_a_half_day_that_somebody_takes_over_is_a_version_too() -> None:
    territory = await make_living()
    before = await _published(territory)
    office = await _office(territory)
    await replace_today(territory, office.id, "NK", AR)
    version = await _only_version(territory)
    move = quick_move(version)
    assert version.made_from == before.id
    assert move is not None
    assert (move.what, move.staff, move.coming) == ("replaced", ("AR",), "NK")
    hands = {item.staff_codes for item in await items_of(version.id) if item.held_on == day(3)}
    assert hands == {("NK",)}


async def test_the_board_keeps_showing_the_draft_and_its_history_says_what_happened() -> None:
    territory = await make_living()
    await _published(territory)
    draft = await copy_published(territory, *DATES, COORDINATOR)
    office = await _office(territory)
    await cancel_today(territory, office.id, AR, reason="absence")
    month = await load_month(territory, *DATES)
    assert month.shown is not None
    assert month.shown.id == draft.id
    told = history(month, "/t/vivante/planning", {})
    assert [(one.words, one.why.split("\N{NO-BREAK SPACE}:")[0]) for one in told] == [
        ("Version 2 publiée", "Demi-journée au bureau annulée (AR)"),
        ("Brouillon v3 fait à la main", ""),
        ("Version 1 remplacée", ""),
    ]
    await publish_plan(territory, (await copy_published(territory, *DATES, COORDINATOR)).id, COORDINATOR)
    await cancel_today(territory, (await _office(territory, 4)).id, AR, reason="absence")
    now = (await load_month(territory, *DATES)).shown
    assert now is not None
    assert (now.state, now.origin) == (PlanState.PUBLISHED, "today")


@pytest.mark.slow
async def test_beside_a_publication_of_the_same_instant_nothing_is_brought_back() -> None:
    territory = await make_living()
    await _published(territory, offices=4)
    for ahead in (3, 4, 5, 6):
        draft = await copy_published(territory, *DATES, COORDINATOR)
        office = await _office(territory, ahead)
        _, refused = await asyncio.gather(
            cancel_today(territory, office.id, AR, reason="absence"),
            publish_plan(territory, draft.id, COORDINATOR),
            return_exceptions=True,
        )
        assert not isinstance(refused, BaseException) or isinstance(refused, DraftNoLongerHolds)
        assert (await assignment(territory.id, office.id)).status == "cancelled"
        version = await _only_version(territory)
        assert version.origin == "today"
        assert office.id not in {item.assignment_id for item in await items_of(version.id)}


@pytest.mark.slow
async def test_mornings_of_several_people_at_once_follow_one_another() -> None:
    territory = await make_living()
    first = await _published(territory, offices=4)
    offices = [await _office(territory, ahead) for ahead in (3, 4, 5, 6)]
    await asyncio.gather(
        *(cancel_today(territory, one.id, AR, reason="absence") for one in offices),
        cancel_today(territory, offices[0].id, COORDINATOR, reason="absence"),
        return_exceptions=True,
    )
    ended = await assignments_of(territory.id, Wanted(ids=tuple(one.id for one in offices)))
    assert {one.status for one in ended} == {"cancelled"}
    version, number = await _only_version(territory), first.number
    assert version.number == number + 4
    assert [item.kind for item in await items_of(version.id)] == ["permanence"]
