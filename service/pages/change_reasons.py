"""Why something changes from one version to the next: decided by hand, or what was published no longer holds."""

from collections.abc import Iterable

import msgspec

from db.records.plan import Plan as PlanRecord
from planner.audit import Auditor
from planner.breach import Breach
from planner.plan import Plan, PlannedSession
from planner.problem import Problem
from service.actions.edit_draft import Edit
from service.catalogue import text
from service.french_text import initials
from service.messages.breach_sentence import breach_sentence
from service.pages.board.breach_keys import rows_by_breach
from service.pages.board.reasons import sentences
from service.pages.comparison import Change, Comparison, told_by_person
from service.pages.month_board_view import Facts
from service.pages.version_origin import COPY
from service.translate.draft import as_items


def with_reasons(
    found: Comparison, facts: Facts, before: Plan | None, steps: Iterable[Edit], made: str = ""
) -> Comparison:
    """Each change with its reason in a sentence: decided, forced, following another, else `made`: how the whole came about."""
    by_hand = {key: one for one in steps for key in (*one.drop, *(item.key for item in one.put))}
    broken = _no_longer_holding(facts, before) if before is not None else {}
    changes = tuple(
        msgspec.structs.replace(one, reason=_reason(one, by_hand, broken)) for one in found.changes
    )
    every = tuple(_told(one, facts.problem, made) for one in _with_followers(changes))
    return msgspec.structs.replace(found, changes=every, by_person=told_by_person(every))


def how_made(draft: PlanRecord | None) -> str:
    """Why a draft differs where nothing forces it to and nobody asked: it was computed so, or stayed as it was."""
    if draft is None:
        return ""
    if draft.origin == COPY:
        return text("Changé depuis dans ce qui est publié")
    if draft.options.get("from_scratch"):
        return text("Calculé en repartant de zéro")
    return text("Choisi par le calcul pour placer le reste au mieux")


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


def _reason(change: Change, by_hand: dict[str, Edit], broken: dict[str, str]) -> str:
    step = by_hand.get(change.key) or by_hand.get(change.old_key)
    if step is not None:
        return text("Décidé par {who}", who=initials(step.by)) if step.by else text("Décidé à la main")
    return broken.get(change.old_key) or broken.get(change.key) or ""


def _no_longer_holding(facts: Facts, before: Plan) -> dict[str, str]:
    """By row of the version before, the rule that it breaks on the facts of now."""
    problem = msgspec.structs.replace(facts.problem, published=None, pins=())
    bare = _still_known(before, problem)
    names, items = facts.labels.names, as_items(bare, problem)
    rows = rows_by_breach(Auditor(problem).audit(bare).violations, items)
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
