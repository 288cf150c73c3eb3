"""Why an assignment stands where it does: what decided it, and what the next best place would cost."""

from typing import Literal

from planner.kept import name_of
from planner.placements import Placement
from planner.plan import LEVEL_NAMES
from planner.plan_view import Activity, Visit
from planner.records import Record
from planner.suggest import Suggester, Suggestion
from planner.wanted import IsNotPlacedError, Wanted, check_known, placed
from planner.why.holders import Holders

Because = Literal["pinned", "published", "only_place", "best", "equal", "better_elsewhere"]


class WhyThis(Record, frozen=True, kw_only=True):
    """What decided a place: somebody, a publication, or the levels beside the next best place.

    `differences`: by how much each level's value would rise (fall, where negative) at the next best
    place; `level` is the first that differs.
    """

    wanted: Wanted
    name: str
    because: Because
    level: str | None = None
    next_best: Suggestion | None = None
    differences: tuple[int, ...] = ()


def why_this(suggester: Suggester, wanted: Wanted) -> WhyThis:
    """Raises `UnknownWantedError`, `IsNotPlacedError`."""
    check_known(suggester.problem, wanted)
    found = placed(suggester.view, wanted)
    if not found:
        raise IsNotPlacedError(wanted.about)
    name = name_of(found[0])
    ranked = suggester.suggest(wanted, count=2)
    others = [one for one in ranked if not _is_here(one.placement, found[0])]
    decided = _decided(suggester, name)
    if not others:
        return WhyThis(wanted=wanted, name=name, because=decided or "only_place")
    level, because = _level(others[0].costs)
    return WhyThis(
        wanted=wanted,
        name=name,
        because=decided or because,
        level=level,
        next_best=others[0],
        differences=others[0].costs,
    )


def _is_here(placement: Placement, thing: Activity | Visit) -> bool:
    staff = (thing.staff,) if isinstance(thing, Visit) else thing.staff
    room = None if isinstance(thing, Visit) else thing.room
    here = (placement.start, placement.site, set(placement.staff), placement.room)
    return here == (thing.interval[0], thing.site, set(staff), room)


def _decided(suggester: Suggester, name: str) -> Because | None:
    holders = Holders(suggester.auditor, suggester.view)
    if name in holders.pinned:
        return "pinned"
    return "published" if name in holders.kept else None


def _level(differences: tuple[int, ...]) -> tuple[str | None, Because]:
    for name, difference in zip(LEVEL_NAMES, differences, strict=True):
        if difference:
            return name, "best" if difference > 0 else "better_elsewhere"
    return None, "equal"
