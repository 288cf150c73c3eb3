"""Reasons as the panel shows them: one sentence a rule, the deciding one first."""

from planner.plan import Reason
from planner.problem import Problem
from service.french_text import sentence
from service.messages.reasons import REASONS, reason_sentence

MOST = 4


def sentences(reason: Reason, problem: Problem) -> tuple[str, ...]:
    """At most four; facts of other rules than the reason's own follow it, each under its rule."""
    rules = [str(fact["rule"]) for fact in reason.facts if fact.get("rule")]
    codes = list(dict.fromkeys([reason.code, *(rule for rule in rules if rule in REASONS)]))
    found = [_of_rule(reason, code, problem) for code in codes[:MOST]]
    return tuple(sentence(words) for words in found)


def _of_rule(reason: Reason, code: str, problem: Problem) -> str:
    facts = tuple(fact for fact in reason.facts if fact.get("rule", reason.code) == code)
    return reason_sentence(Reason(code=code, facts=facts), problem)
