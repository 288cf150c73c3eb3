"""How a version stands by the facts of one moment: pure of pages and rows, and long enough for a thread."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.breach import Breach
from planner.plan import Plan
from planner.problem import Problem
from service.messages.breach_sentence import breach_sentence
from service.messages.falling import OF_PEOPLE, OF_SITES
from service.messages.said_once import said_once
from service.pages.board.ahead import is_ahead
from service.pages.board.broken import Fallen, falling_sentences, names_in
from service.pages.board.judged import Judged
from service.pages.board.labels import Labels
from service.pages.board.standing import Standing
from service.translate.decided import Decision, made_good, not_decided
from service.translate.draft import lost_of


class Asked(NamedTuple):
    """A plan, the facts it is judged by, and what was decided in it.

    `before` falls of what is published: what a draft took over of it was decided by nobody, until a hand touches it.
    """

    problem: Problem
    plan: Plan
    labels: Labels
    today: date
    said: tuple[Decision, ...]
    before: tuple[Breach, ...] = ()
    touched: frozenset[str] = frozenset()


def standing_of(asked: Asked, judged: Judged) -> Standing:
    """From today on. Computes: call it in a thread."""
    names = names_in(asked.labels, asked.problem)
    ahead = [one for one in (*judged.violations, *judged.excused) if is_ahead(one, asked.today)]
    undecided = _undecided(ahead, judged, asked)
    falls = said_once(undecided)
    fallen = falling_sentences(asked.problem, asked.plan, names, falls, judged) if falls else Fallen((), ())
    return Standing(
        problem=asked.problem,
        falls=falls,
        decided=said_once(one for one in ahead if one not in undecided),
        falling=fallen.every,
        wants_anew=not falls or bool(fallen.anew),
        made_good=not falls and made_good(asked.said, (*judged.violations, *judged.excused)),
        against=_against(asked.problem, names, judged, said_once(ahead)),
    )


def _undecided(ahead: Iterable[Breach], judged: Judged, asked: Asked) -> tuple[Breach, ...]:
    """What a pin keeps where nobody can be, or where it is shut, is among it: nobody decided that by pinning."""
    excused, taken_over = set(judged.excused), _taken_over(judged, asked)
    of_now = [one for one in ahead if one not in excused or one.rule in OF_PEOPLE | OF_SITES]
    lost = set(not_decided(map(lost_of, of_now), asked.said))
    return tuple(one for one in of_now if one.key in taken_over or lost_of(one) in lost)


def _taken_over(judged: Judged, asked: Asked) -> set[tuple[str, ...]]:
    return {one.key for one in asked.before if not asked.touched.intersection(judged.shown(one))}


def _against(
    problem: Problem, names: dict[str, str], judged: Judged, ahead: Iterable[Breach]
) -> dict[str, tuple[str, ...]]:
    """Of what a person and the interviews of that half-day break alike, that of the person is told."""
    people = {one.id for one in problem.staff}
    found: dict[str, dict[tuple[object, ...], str]] = defaultdict(dict)
    for breach in sorted(ahead, key=lambda one: one.about not in people):
        words = breach_sentence(breach, problem, names).removesuffix(".")
        for key in judged.shown(breach):
            found[key].setdefault((breach.rule, breach.code, breach.on, breach.half_day, breach.fact), words)
    return {key: tuple(dict.fromkeys(told.values())) for key, told in found.items()}
