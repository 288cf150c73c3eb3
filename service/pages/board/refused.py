"""Why a draft was not published, in the words in which its board tells what no longer holds."""

import msgspec

from service.errors import DraftNoLongerHolds
from service.messages.assignment_words import Things
from service.messages.breach_sentence import breach_sentence
from service.messages.forgotten import forgotten_sentence
from service.messages.kept_breaches import kept_breach
from service.messages.meanwhile import meanwhile_sentence
from service.messages.said_once import said_once
from service.pages.board.broken import names_in
from service.pages.board.meanwhile import told_meanwhile
from service.pages.month_board_view import Facts
from service.translate.draft import Lost


def refused_sentences(error: DraftNoLongerHolds, facts: Facts) -> tuple[str, ...]:
    """Each once: what happened to the draft meanwhile, what is not known any more, then the rules that it breaks."""
    lost = msgspec.convert(error.fields.get("lost", []), list[Lost])
    names = names_in(facts.labels, facts.problem)
    things = Things(facts.problem, names, facts.labels.rooms)
    lost.sort(key=lambda one: one.rule == "unknown")
    told = {one: _told(one, things, facts) for one in lost}
    broken = (kept_breach(msgspec.to_builtins(one)) for one in lost if not told[one])
    ruled = (breach_sentence(one, facts.problem, names) for one in said_once(broken))
    return tuple(dict.fromkeys((*filter(None, told.values()), *ruled)))


def _told(one: Lost, things: Things, facts: Facts) -> str:
    """Empty of a broken rule."""
    named = forgotten_sentence(one.about, facts.plan, things) if one.rule == "unknown" else ""
    return named or told_meanwhile(one, things) or meanwhile_sentence(one.rule, one.text)
