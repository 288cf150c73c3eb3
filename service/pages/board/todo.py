"""What is not placed, beside the board: what it is, when, why, and what would help; and what is closed."""

import msgspec

from planner.plan import Plan, Unplaced
from planner.problem import Cadence, Interview, Problem
from service.catalogue import counted, text
from service.french_text import initials, ordinal, short_period
from service.messages.closed import closed_lines
from service.pages.board.by_site import rhythm_words
from service.pages.board.chips import Words
from service.pages.board.labels import Labels
from service.pages.board.reasons import sentences

INTERVIEW_WORDS: dict[str, tuple[str, str]] = {
    "diagnostic": ("entretien de diagnostic", "entretiens de diagnostic"),
    "suivi": ("entretien de suivi", "entretiens de suivi"),
    "bilan": ("entretien de bilan", "entretiens de bilan"),
}


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """One card of the panel. `key` names the need in addresses."""

    key: str
    title: str
    when: str
    reasons: tuple[str, ...]
    count: int = 1


def needs(problem: Problem, plan: Plan, labels: Labels) -> tuple[Need, ...]:
    """In the plan's order, which is the order of what matters."""
    words = Words(problem, labels)
    interviews = {one.id: one for one in problem.interviews}
    return tuple(_need(problem, plan, words, interviews, one) for one in plan.unplaced)


def closed(problem: Problem, plan: Plan, labels: Labels) -> tuple[str, ...]:
    """What a closure or a holiday takes from each standing need: not asked, hence not missing."""
    words = Words(problem, labels)

    def name(cadence: Cadence) -> str:
        return labels.cadence(cadence) if cadence.kind == "session" else words.site(cadence.site)

    return closed_lines(problem, plan, name)


def need_key(one: Unplaced) -> str:
    if one.need:
        return f"need/{one.need}"
    return f"promotion/{one.promotion}/{one.sequence}" if one.promotion else f"cadence/{one.cadence}"


def _need(
    problem: Problem, plan: Plan, words: Words, interviews: dict[str, Interview], one: Unplaced
) -> Need:
    title, when = _title(problem, plan, words, interviews, one)
    reasons = sentences(one.reason, problem)
    return Need(key=need_key(one), title=title, when=when, reasons=reasons, count=one.count)


def _title(
    problem: Problem, plan: Plan, words: Words, interviews: dict[str, Interview], one: Unplaced
) -> tuple[str, str]:
    if one.need is not None:
        return _interview_title(interviews[one.need], one.count)
    if one.promotion is not None:
        promotion = next(found for found in problem.promotions if found.id == one.promotion)
        rank = [step.id for step in promotion.sequences].index(one.sequence or "") + 1
        step = promotion.sequences[rank - 1]
        name = words.labels.promotion(promotion.id)
        window = short_period(step.from_on, step.until_on)
        return f"{name} — {step.title}", text("Séance {rank} · {window}", rank=rank, window=window)
    cadence = words.cadences[one.cadence or ""]
    rhythm = rhythm_words(cadence)
    if cadence.kind == "session":
        return f"{words.labels.cadence(cadence)}", text("Atelier · {rhythm}", rhythm=rhythm)
    placed = sum(found.cadence == cadence.id for found in plan.permanences)
    what = (
        text("{rank} permanence", rank=ordinal(placed + 1))
        if one.count == 1
        else counted("{n} permanence", "{n} permanences", one.count)
    )
    return f"{words.site(cadence.site)} — {what}", text("Permanence · {rhythm}", rhythm=rhythm)


def _interview_title(need: Interview, count: int) -> tuple[str, str]:
    one, several = INTERVIEW_WORDS[need.kind]
    what = counted(f"{{n}} {one}", f"{{n}} {several}", count)
    window = short_period(need.from_on, need.until_on)
    urgent = text("Entretien urgent · {window}", window=window)
    when = urgent if need.priority == "urgent" else text("Entretien · {window}", window=window)
    if need.participant is not None:
        return f"{need.participant} — {INTERVIEW_WORDS[need.kind][0]}", when
    return (f"{initials(need.referent)} — {what}" if need.referent else what), when
