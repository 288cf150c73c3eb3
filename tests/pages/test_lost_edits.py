"""Before another computation: only what it would not keep is said to be lost."""

from datetime import date

from msgspec.structs import replace

from db.records.plan import PlanItem
from service.actions.edit_draft import Edit
from service.pages.lost_edits import lost_edits


def held(day: int, *, pinned: bool = False, kind: str = "permanence", staff: str = "AR") -> PlanItem:
    on = date(2027, 1, day)
    return PlanItem(kind=kind, key=f"{kind}:gagny:{on}", held_on=on, staff_codes=(staff,), pinned=pinned)


INTERVIEW = replace(held(4, kind="interview"), key="interview:n/1:1")
MOVED = Edit(words="du 4 au 5", put=(held(4), INTERVIEW), drop=(held(5).key,))
FOLLOWS = replace(INTERVIEW, held_on=date(2027, 1, 5))


def test_a_move_that_is_pinned_is_kept_with_the_interviews_that_follow_it() -> None:
    pin = Edit(words="épinglé", put=(held(5),))
    assert lost_edits((held(5), FOLLOWS), (MOVED,)) == 1
    assert lost_edits((held(5, pinned=True), FOLLOWS), (MOVED, pin)) == 0


def test_what_is_moved_again_counts_once_as_it_stands_now() -> None:
    again = Edit(words="du 5 au 6", put=(held(5), FOLLOWS), drop=(held(6).key,))
    assert lost_edits((held(6), FOLLOWS), (MOVED, again)) == 1
    assert lost_edits((held(6, pinned=True), FOLLOWS), (MOVED, again)) == 0


def test_what_is_taken_off_or_given_to_somebody_else_is_lost_unless_pinned() -> None:
    taken_off, given = Edit(words="retiré", put=(held(4),)), Edit(words="N.K. reprend", put=(held(7),))
    assert lost_edits((held(7, staff="NK"),), (taken_off, given)) == 2
    assert lost_edits((held(7, staff="NK", pinned=True),), (taken_off, given)) == 1


def test_what_is_only_let_go_is_followed() -> None:
    let_go = Edit(words="désépinglé", put=(held(7, pinned=True),))
    assert lost_edits((held(7),), (let_go,)) == 0
