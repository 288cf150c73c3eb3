"""Two plans side by side in words: what moved, for whom, and what each goal gains or loses."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, time
from zoneinfo import ZoneInfo

import msgspec

from planner.plan import Plan, Unplaced
from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import clock, half_day, initials, listed, weekday_and_day
from service.messages.levels import level_title
from service.pages.board.activities import Activity, activities
from service.pages.board.calendar import Half
from service.pages.board.chips import Words
from service.pages.board.labels import Labels
from service.pages.goal_origins import goal_origin

READ_AT_ONCE = 40
NOON = time(13)
OF_CADENCES = ("permanence", "workshop")
"""Kinds of which one is as good as another of the same cadence: they have no number that people know."""
KINDS = (
    ("permanence", "{n} permanence", "{n} permanences"),
    ("session", "{n} séance", "{n} séances"),
    ("interview", "{n} entretien", "{n} entretiens"),
)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One line: for whom, what, how it was, how it becomes. Empty `before` is new, empty `after` is gone.

    `about` is the code of its cadence, promotion or need, `sites` the codes of those that it was or will be at,
    `was` and `becomes` its first half-day before and after.
    `left_out`: gone and still asked for, so that another place is to be found.
    """

    people: tuple[str, ...]
    what: str
    where: str
    before: str
    after: str
    on: date
    starts: time
    key: str
    old_key: str = ""
    reason: str = ""
    about: str = ""
    sites: frozenset[str] = frozenset()
    was: Half | None = None
    becomes: Half | None = None
    left_out: Unplaced | None = None


class GoalChange(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    before: int | None
    after: int
    difference: int | None
    origin: str = ""
    """Where the difference comes from, or why none is told; empty where there is nothing to say."""


class PersonChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What changes for one person, counted: `words` is "36 demi-journées : 5 permanences, 46 entretiens"."""

    name: str
    words: str
    changes: tuple[Change, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    changes: tuple[Change, ...]
    goals: tuple[GoalChange, ...]
    by_person: tuple[PersonChanges, ...]
    """Everybody whom something changes for; a change of two people stands with both."""

    @property
    def folded(self) -> bool:
        """Too many to be read one under the other: they are told by person."""
        return len(self.changes) > READ_AT_ONCE

    @property
    def counts(self) -> tuple[str, ...]:
        """3 permanences, 2 séances, 46 entretiens: what is told apart where everything is new."""
        return tuple(_kinds(self.changes))


def compare(
    problem: Problem, labels: Labels, before: Plan | None, after: Plan, *, unlike: str = ""
) -> Comparison:
    """What `after` changes of `before`; without a plan before, everything is new.

    `unlike` says why a goal that `before` has not been measured by does not compare.
    """
    old = _by_key(problem, before or Plan())
    new = _by_key(problem, after)
    found = _changes(problem, Words(problem, labels), old, new)
    changes = sorted(
        (one if one.after else msgspec.structs.replace(one, left_out=_left_out(after, one)) for one in found),
        key=lambda one: (one.on, one.starts, one.key),
    )
    levels = {level.name: level.value for level in before.levels} if before else {}

    def told(level: str) -> str:
        return goal_origin(level, problem, old, new, len(changes))

    return Comparison(
        changes=tuple(changes),
        goals=tuple(
            _with_origin(
                _goal(level.name, levels.get(level.name), level.value),
                level.name,
                told,
                unlike if levels else "",
            )
            for level in after.levels
        ),
        by_person=told_by_person(changes),
    )


def _left_out(plan: Plan, change: Change) -> Unplaced | None:
    """What the plan says of a thing that it leaves out; None where it is not asked for."""
    for one in plan.unplaced:
        session = f"session:{one.promotion}:{one.sequence}" if one.promotion else None
        if change.about in (one.need, one.cadence) or change.old_key == session:
            return one
    return None


def _by_key(problem: Problem, plan: Plan) -> dict[str, Activity]:
    bare = msgspec.structs.replace(problem, published=None)
    return {one.key: one for one in activities(bare, plan) if one.kind != "meeting"}


def _changes(
    problem: Problem, words: Words, old: dict[str, Activity], new: dict[str, Activity]
) -> list[Change]:
    zone = ZoneInfo(problem.zone)
    same = [(old[key], new[key]) for key in old.keys() & new.keys() if _print(old[key]) != _print(new[key])]
    gone = [old[key] for key in old.keys() - new.keys()]
    added = [new[key] for key in new.keys() - old.keys()]
    moved, gone, added = _moved(gone, added)
    pairs: list[tuple[Activity | None, Activity | None]] = [*same, *moved]
    pairs += [(one, None) for one in gone] + [(None, one) for one in added]
    return [_change(words, zone, was, becomes) for was, becomes in pairs]


def _moved(
    gone: list[Activity], added: list[Activity]
) -> tuple[list[tuple[Activity, Activity]], list[Activity], list[Activity]]:
    """A permanence or workshop that is gone and one of the same cadence that is new are one that moved.

    Those of the same people first, as each of them is told of it.
    """
    by_people, gone, added = _paired(gone, added, lambda one: (one.about, frozenset(one.staff)))
    by_cadence, gone, added = _paired(gone, added, lambda one: one.about)
    return [*by_people, *by_cadence], gone, added


def _paired(
    gone: list[Activity], added: list[Activity], same: Callable[[Activity], object]
) -> tuple[list[tuple[Activity, Activity]], list[Activity], list[Activity]]:
    """Pairs in the order of their dates, and what is left of both."""
    waiting: dict[object, list[Activity]] = defaultdict(list)
    for one in sorted(added, key=lambda one: one.on):
        if one.kind in OF_CADENCES:
            waiting[same(one)].append(one)
    moved = []
    for one in sorted(gone, key=lambda one: one.on):
        if one.kind in OF_CADENCES and waiting[same(one)]:
            moved.append((one, waiting[same(one)].pop(0)))
    taken = {was.key for was, _ in moved} | {becomes.key for _, becomes in moved}
    return (
        moved,
        [one for one in gone if one.key not in taken],
        [one for one in added if one.key not in taken],
    )


def _print(one: Activity) -> tuple[object, ...]:
    return one.starts_at, one.site, one.room, frozenset(one.staff)


def _change(words: Words, zone: ZoneInfo, was: Activity | None, becomes: Activity | None) -> Change:
    one = becomes or was
    if one is None:
        raise ValueError("a change has a before or an after")
    both = was is not None and becomes is not None
    same_time = both and (was.starts_at, was.site) == (becomes.starts_at, becomes.site)  # type: ignore[union-attr]
    return Change(
        people=_people(was, becomes, stay=bool(same_time)),
        what=words.title(one),
        where=words.site(one.site) or text("à distance"),
        before=_who(was) if was and same_time else _when(zone, was),
        after=f"{_when(zone, becomes)}, {_who(becomes)}" if becomes and same_time else _when(zone, becomes),
        on=one.on,
        starts=_starts(zone, one),
        key=one.key,
        old_key=was.key if was else one.key,
        about=one.about,
        was=was.first if was else None,
        becomes=becomes.first if becomes else None,
        sites=frozenset(side.site for side in (was, becomes) if side is not None and side.site is not None),
    )


def _people(was: Activity | None, becomes: Activity | None, *, stay: bool) -> tuple[str, ...]:
    """Whom it concerns; for somebody who keeps the same session beside another colleague nothing changes."""
    old, new = (was.staff if was else ()), (becomes.staff if becomes else ())
    everybody = tuple(dict.fromkeys([*new, *old]))
    if not stay or set(old) == set(new):
        return everybody
    return tuple(one for one in everybody if one not in old or one not in new)


def _starts(zone: ZoneInfo, one: Activity) -> time:
    """For the order of a day: what has no hour stands at the beginning of its half-day."""
    if one.starts_at is not None:
        return one.starts_at.astimezone(zone).time()
    return time(12 if one.halves[0] == "pm" else 0)


def _who(one: Activity) -> str:
    return listed(initials(code) for code in one.staff)


def _when(zone: ZoneInfo, one: Activity | None) -> str:
    if one is None:
        return ""
    when = half_day(one.halves[0])
    if one.kind == "interview" and one.starts_at is not None:
        when = clock(one.starts_at.astimezone(zone).time())
    return f"{weekday_and_day(one.on)}, {when}"


def _goal(name: str, before: int | None, after: int) -> GoalChange:
    difference = None if before is None else after - before
    return GoalChange(name=level_title(name), before=before, after=after, difference=difference)


def _with_origin(goal: GoalChange, level: str, told: Callable[[str], str], unlike: str) -> GoalChange:
    if goal.before is None:
        return msgspec.structs.replace(goal, origin=unlike)
    return msgspec.structs.replace(goal, origin=told(level)) if goal.difference else goal


def told_by_person(changes: Iterable[Change]) -> tuple[PersonChanges, ...]:
    """Everybody whom something changes for, by initials."""
    own: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for person in change.people:
            own[person].append(change)
    return tuple(
        PersonChanges(name=initials(code), words=_counted(mine), changes=tuple(mine))
        for code, mine in sorted(own.items())
    )


def _counted(mine: list[Change]) -> str:
    """36 demi-journées : 5 permanences, 7 séances, 46 entretiens"""
    words = _kinds(mine)
    halves = {(change.on, change.starts < NOON) for change in mine}
    total = counted("{n} demi-journée", "{n} demi-journées", len(halves))
    return text("{total} : {words}", total=total, words=", ".join(words)) if words else total


def _kinds(found: Iterable[Change]) -> list[str]:
    kinds = Counter(change.key.partition(":")[0] for change in found)
    return [counted(one, several, kinds[kind]) for kind, one, several in KINDS if kinds[kind]]
