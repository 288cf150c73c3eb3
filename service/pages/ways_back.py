"""Why something cannot go back alone to where it was: the rule that it would break there, or what would be lost by it."""

import msgspec

from planner.checks.plan import PlanChecks
from planner.plan import Plan
from service.catalogue import text
from service.messages.breach_sentence import breach_sentence
from service.pages.board.calendar import Half
from service.pages.board.moving import Spot, item_of, move
from service.pages.board.scale import Scale
from service.pages.comparison import Change
from service.pages.month_board_view import Facts
from service.pages.weighing import cost_words
from service.translate.draft import as_items


def with_ways_back(changes: tuple[Change, ...], facts: Facts) -> tuple[Change, ...]:
    """The changes; permanences and sessions that moved without a reason say what stands against going back. Computes."""
    if not any(map(_is_unexplained, changes)):
        return changes
    plan = facts.plan or Plan()
    if any(PlanChecks(facts.problem).faults(plan)):
        return changes
    scale = Scale(facts.problem, as_items(plan, facts.problem))
    return tuple(
        msgspec.structs.replace(one, reason=_against(one.key, one.was, scale, facts))
        if _is_unexplained(one) and one.was
        else one
        for one in changes
    )


def _is_unexplained(change: Change) -> bool:
    moves = change.was is not None and change.becomes not in (None, change.was)
    return moves and not change.reason and not change.key.startswith("interview:")


def _against(key: str, was: Half, scale: Scale, facts: Facts) -> str:
    """Empty where nothing does."""
    item = item_of(scale.items, key)
    back = move(scale.problem, scale.items, item, Spot("", *was)) if item else None
    if back is None:
        return ""
    weight = scale.weigh(back)
    if weight.breaches:
        why = breach_sentence(weight.breaches[0], facts.problem, facts.labels.names).removesuffix(".")
        return text("À son ancienne place, une règle serait enfreinte : {why}", why=why)
    if weight.cost:
        return text("Son ancienne place coûterait plus ({cost})", cost=cost_words(*weight.first))
    return ""
