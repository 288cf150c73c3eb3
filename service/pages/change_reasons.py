"""Why something changes from one version to the next: decided by hand, or what was published no longer holds."""

from collections.abc import Iterable

import msgspec

from planner.audit import Auditor
from planner.plan import Plan
from service.actions.edit_draft import Edit
from service.catalogue import text
from service.french_text import initials
from service.messages.breach_sentence import breach_sentence
from service.pages.board.breach_keys import rows_by_breach
from service.pages.comparison import Change, Comparison
from service.pages.month_board_view import Facts
from service.translate.draft import as_items


def with_reasons(found: Comparison, facts: Facts, before: Plan | None, steps: Iterable[Edit]) -> Comparison:
    """Each change with its reason in a sentence; empty where it is only part of a better whole."""
    by_hand = {key: one for one in steps for key in (*one.drop, *(item.key for item in one.put))}
    broken = _no_longer_holding(facts, before) if before is not None else {}
    changes = tuple(
        msgspec.structs.replace(one, reason=_reason(one, by_hand, broken)) for one in found.changes
    )
    return msgspec.structs.replace(found, changes=changes)


def _reason(change: Change, by_hand: dict[str, Edit], broken: dict[str, str]) -> str:
    step = by_hand.get(change.key) or by_hand.get(change.old_key)
    if step is not None:
        return text("Décidé par {who}", who=initials(step.by)) if step.by else text("Décidé à la main")
    return broken.get(change.old_key) or broken.get(change.key) or ""


def _no_longer_holding(facts: Facts, before: Plan) -> dict[str, str]:
    """By row of the version before, the rule that it breaks on the facts of now."""
    problem = msgspec.structs.replace(facts.problem, published=None, pins=())
    known = {one.id for one in problem.interviews} | {one.id for one in problem.cadences}
    bare = msgspec.structs.replace(
        before,
        interviews=tuple(one for one in before.interviews if one.need in known),
        permanences=tuple(one for one in before.permanences if one.cadence in known),
        sessions=(),
    )
    names = facts.labels.names
    rows = rows_by_breach(Auditor(problem).audit(bare).violations, as_items(bare, problem))
    return {key: breach_sentence(breach, problem, names) for key, breach in rows.items()}
