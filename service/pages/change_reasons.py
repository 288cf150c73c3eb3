"""Why something changes from one version to the next: decided by hand, or what was published no longer holds."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from db.queries.facts import pins
from db.records.plan import Plan as PlanRecord
from db.states import PlanState
from planner.audit import Auditor
from planner.breach import Breach
from planner.plan import Plan, PlannedSession
from planner.problem import Problem
from service.actions.edit_draft import read_hands
from service.catalogue import text
from service.french_text import initials
from service.messages.breach_sentence import breach_sentence
from service.messages.kept_breaches import kept_breach
from service.pages.board.breach_keys import rows_by_breach
from service.pages.board.reasons import sentences
from service.pages.board.source import Month
from service.pages.comparison import Change, Comparison, told_by_person
from service.pages.month_board_view import Facts
from service.pages.version_origin import COPY
from service.pages.ways_back import with_ways_back
from service.translate.draft import as_items
from service.translate.quick_move import ORIGIN as MOVED


class Hands(NamedTuple):
    """What people did in a version: who decided each thing, by key (a code or a name, empty: unknown), and what is pinned."""

    decided: Mapping[str, str] = {}
    pinned: frozenset[str] = frozenset()


def with_reasons(
    found: Comparison,
    facts: Facts,
    before: Plan | None,
    hands: Hands,
    made: str = "",
    *,
    computed: bool = False,
) -> Comparison:
    """Each change with its reason in a sentence: decided, forced, following another, else `made`: how the whole came about.

    Of what is `computed` on what is published, what moved alone says what stands against going back. Computes: call it in a thread.
    """
    broken = _no_longer_holding(facts, before) if before is not None else {}
    changes = tuple(msgspec.structs.replace(one, reason=_reason(one, hands, broken)) for one in found.changes)
    changes = _with_successors(_with_followers(changes))
    changes = with_ways_back(changes, facts) if computed else changes
    every = tuple(_told(one, facts.problem, made) for one in changes)
    return msgspec.structs.replace(found, changes=every, by_person=told_by_person(every))


async def hands_in(month: Month) -> Hands:
    """What was done by hand in the version shown; an hour agreed with a person is pinned by nobody's choice."""
    if month.shown is None:
        return Hands()
    agreed = {one.key for one in await pins(month.shown.territory_id) if one.origin != "coordinator"}
    pinned = frozenset(one.key for one in month.items if one.pinned) - agreed
    return Hands(await read_hands(month.shown.id), pinned)


def how_made(month: Month) -> str:
    """Why a version differs where nothing forces it to and nobody asked: it was computed so, or stayed as it was."""
    version = month.shown
    if version is None:
        return ""
    if version.origin == MOVED:
        return text("Changé depuis dans ce qui est publié")
    if version.origin == COPY:
        return _how_copied(month, version)
    if version.options.get("from_scratch"):
        return text("Calculé en repartant de zéro")
    return text("Choisi par le calcul pour placer le reste au mieux")


def is_computed(month: Month) -> bool:
    """Whether the version shown was computed to change what is published as little as possible."""
    version = month.shown
    by_hand = version is None or version.origin in (MOVED, COPY)
    return version is not None and not by_hand and not version.options.get("from_scratch")


def _how_copied(month: Month, copy: PlanRecord) -> str:
    """Only what is published now may have changed under its copy; of another version it brings things back."""
    if copy.made_from is None:
        return text("Changé depuis dans ce qui est publié")
    before = next((one for one in month.plans if one.id == copy.made_from), None)
    if before is None:
        return text("Repris d’une version précédente")
    if before.state is PlanState.PUBLISHED:
        return text("Changé depuis dans ce qui est publié")
    number = month.numbers[before.id]
    if copy.published_at is not None:
        return text("Repris de la version {n}, ou changé depuis dans ce qui est publié", n=number)
    return text("Repris de la version {n}", n=number)


def _told(change: Change, problem: Problem, made: str) -> Change:
    if change.reason:
        return change
    if change.left_out is not None:
        reason = sentences(change.left_out.reason, problem)[0]
    elif not change.after and not _is_known(change.about, problem):
        reason = text("N’est plus demandé")
    else:
        reason = made
    return msgspec.structs.replace(change, reason=reason)


def _is_known(code: str, problem: Problem) -> bool:
    needs, cadences = ({one.id for one in asked} for asked in (problem.interviews, problem.cadences))
    return code in needs | cadences | {one.id for one in problem.promotions}


def _with_followers(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """An interview without a reason of its own changes with the permanence that it is held in."""
    leading = {
        (one.where, one.on, one.people) for one in changes if one.key.startswith("permanence:") and one.reason
    }
    return tuple(
        msgspec.structs.replace(one, reason=text("Suit la permanence"))
        if not one.reason and one.key.startswith("interview:") and (one.where, one.on, one.people) in leading
        else one
        for one in changes
    )


def _with_successors(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """A permanence or session that moves without a reason of its own makes room for what its people do then."""
    coming: dict[tuple[object, str], list[Change]] = defaultdict(list)
    for one in changes:
        for person in one.people:
            coming[one.becomes, person].append(one)

    def told(change: Change) -> Change:
        stays = change.was is None or change.becomes in (None, change.was)
        if change.reason or stays or change.key.startswith("interview:"):
            return change
        instead = [one for person in change.people for one in coming[change.was, person]]
        if not instead:
            return change
        first = min(instead, key=lambda one: one.key.startswith("interview:"))
        return msgspec.structs.replace(change, reason=text("Laisse sa place à : {what}", what=first.what))

    return tuple(told(one) for one in changes)


def _reason(change: Change, hands: Hands, broken: dict[str, str]) -> str:
    for key in (change.key, change.old_key):
        if key in hands.decided:
            by = hands.decided[key]
            return text("Décidé par {who}", who=initials(by)) if by else text("Décidé à la main")
    if change.after and change.key in hands.pinned:
        return text("Épinglé à la main")
    return broken.get(change.old_key) or broken.get(change.key) or ""


def _no_longer_holding(facts: Facts, before: Plan) -> dict[str, str]:
    """By row of the version before, the rule that it breaks on the facts of now, and that nobody decided against then."""
    problem = msgspec.structs.replace(facts.problem, published=None, pins=())
    bare = _still_known(before, problem)
    names, items = facts.labels.names, as_items(bare, problem)
    decided = {kept_breach(one).key for one in before.overruled}
    found = (one for one in Auditor(problem).audit(bare).violations if one.key not in decided)
    rows = rows_by_breach(found, items)
    staff = {item.key: item.staff_codes[0] for item in items if item.kind == "interview"}
    return {
        key: breach_sentence(_of_whom(breach, staff.get(key)), problem, names) for key, breach in rows.items()
    }


def _of_whom(breach: Breach, staff: str | None) -> Breach:
    """Of an interview whoever was to hold it is away, not the person who is met there."""
    return breach._replace(about=staff) if staff and breach.rule == "availability" else breach


def _still_known(plan: Plan, problem: Problem) -> Plan:
    """Without what the facts no longer name: a need, a cadence, a sequence, a person, a room."""
    asked = {one.id for one in problem.interviews} | {one.id for one in problem.cadences}
    steps = {(one.id, step.id) for one in problem.promotions for step in one.sequences}
    team = {one.id for one in problem.staff}
    rooms = {(site.id, room.id) for site in problem.sites for room in site.rooms}

    def is_known(one: PlannedSession) -> bool:
        named = (one.promotion, one.sequence) in steps or one.cadence in asked
        return named and team.issuperset(one.staff) and (one.room is None or (one.site, one.room) in rooms)

    return msgspec.structs.replace(
        plan,
        interviews=tuple(one for one in plan.interviews if one.need in asked and one.staff in team),
        permanences=tuple(
            one for one in plan.permanences if one.cadence in asked and team.issuperset(one.staff)
        ),
        sessions=tuple(filter(is_known, plan.sessions)),
    )
