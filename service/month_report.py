"""A planned month in words for a terminal: the answer first, then the grid, what is missing, the levels."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from planner.plan import Plan, Unplaced
from planner.problem import Interview, Problem
from service.catalogue import counted, gettext
from service.french_text import capital, initials, listed, month_title, number, short_period
from service.messages.closed import closed_lines
from service.messages.levels import level_status, level_title, level_value, result_sentence
from service.messages.reasons import reason_sentence
from service.month_grid import month_grid

TITLE_WIDTH = 50


class Names(NamedTuple):
    """What people call the things that a problem knows by code, and the order in which they list sites."""

    territory: str
    cadences: Mapping[str, str]
    promotions: Mapping[str, str]
    sites: Sequence[str] = ()

    def ordered(self, problem: Problem) -> Problem:
        """The same problem, its sites in the order of the territory."""
        ranks = {code: rank for rank, code in enumerate(self.sites)}
        sites = sorted(problem.sites, key=lambda site: ranks.get(site.id, len(ranks)))
        return msgspec.structs.replace(problem, sites=tuple(sites))


def month_report(problem: Problem, plan: Plan, names: Names, *, width: int) -> str:
    """The whole report, without a final line break."""
    title = f"{names.territory} · {capital(month_title(problem.first_on))}"
    sections = [
        [title, "=" * len(title), "", result_sentence(plan), _placed(problem, plan)],
        month_grid(names.ordered(problem), plan, width=width).splitlines(),
        list(_unplaced_lines(problem, plan, names)),
        list(_closed_lines(problem, plan, names)),
        list(_load_lines(problem, plan)),
        list(_level_lines(plan)),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _placed(problem: Problem, plan: Plan) -> str:
    """How much the plan holds, and how much of it people had fixed before."""
    pinned = {pin.need for pin in problem.pins}
    fixed = sum(interview.need in pinned for interview in plan.interviews)
    parts = [
        counted("{n} permanence", "{n} permanences", len(plan.permanences)),
        counted("{n} séance collective", "{n} séances collectives", len(plan.sessions)),
        counted("{n} entretien", "{n} entretiens", len(plan.interviews)),
    ]
    already = counted("dont {n} déjà fixé", "dont {n} déjà fixés", fixed)
    return f"{gettext('Placés : ')}{listed(parts)}{f' ({already})' if fixed else ''}."


def short_report(problem: Problem, plan: Plan, names: Names, *, width: int) -> str:
    """What sites, cadences and people alone give: the answer, the grid, what is missing."""
    title = gettext("{territory} · {month}, après une demi-heure de saisie").format(
        territory=names.territory, month=month_title(problem.first_on)
    )
    note = gettext(
        "Avec les lieux, les cadences et l’équipe seulement : ni promotion, ni personne accompagnée."
    )
    sections = [
        [title, "-" * len(title), note, "", result_sentence(plan)],
        month_grid(names.ordered(problem), plan, width=width, only_busy=True).splitlines(),
        list(_unplaced_lines(problem, plan, names)),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def unplaced_label(unplaced: Unplaced, problem: Problem, names: Names) -> str:
    """What is left out, as a coordinator calls it."""
    if unplaced.cadence is not None:
        label = names.cadences.get(unplaced.cadence, unplaced.cadence)
        return f"{label} × {unplaced.count}" if unplaced.count > 1 else label
    if unplaced.promotion is not None:
        return _sequence_label(unplaced, problem, names)
    need = next((one for one in problem.interviews if one.id == unplaced.need), None)
    return _need_label(need) if need else str(unplaced.need)


def _sequence_label(unplaced: Unplaced, problem: Problem, names: Names) -> str:
    promotion = names.promotions.get(unplaced.promotion or "", unplaced.promotion)
    titles = {
        sequence.id: sequence.title
        for one in problem.promotions
        if one.id == unplaced.promotion
        for sequence in one.sequences
    }
    title = titles.get(unplaced.sequence or "", unplaced.sequence)
    return f"{promotion} · {title}"


KIND_WORDS = {"diagnostic": "Premier entretien", "suivi": "Entretien de suivi", "bilan": "Entretien de bilan"}
MODE_WORDS = {"on_site": "", "phone": " par téléphone", "video": " en visio"}


def _need_label(need: Interview) -> str:
    who = f" {need.participant}" if need.participant else ""
    return f"{gettext(KIND_WORDS[need.kind] + MODE_WORDS[need.mode])}{who}, {_window(need)}"


def _window(need: Interview) -> str:
    return short_period(need.from_on, need.until_on)


def _unplaced_lines(problem: Problem, plan: Plan, names: Names) -> Iterator[str]:
    if not plan.unplaced:
        return
    yield gettext("Non placés, et pourquoi :")
    permanences = {cadence.id for cadence in problem.cadences if cadence.kind == "permanence"}
    for unplaced in sorted(plan.unplaced, key=lambda left: _rank(left, permanences)):
        label = unplaced_label(unplaced, problem, names)
        yield f"  - {label}{gettext(' : ')}{reason_sentence(unplaced.reason, problem)}"


def _closed_lines(problem: Problem, plan: Plan, names: Names) -> Iterator[str]:
    told = closed_lines(problem, plan, lambda cadence: names.cadences.get(cadence.id, cadence.id))
    if told:
        yield gettext("Fermé, donc pas demandé :")
    yield from (f"  - {line}" for line in told)


def _rank(left: Unplaced, permanences: Set[str]) -> int:
    """Permanences first, then promotions, other sessions, interviews."""
    if left.cadence is not None:
        return 0 if left.cadence in permanences else 2
    return 1 if left.promotion is not None else 3


def _load_lines(problem: Problem, plan: Plan) -> Iterator[str]:
    """How the month is shared: half-days of permanence, sessions and interviews of each person."""
    permanences = Counter(staff for one in plan.permanences for staff in one.staff)
    sessions = Counter(staff for one in plan.sessions for staff in one.staff)
    interviews = Counter(one.staff for one in plan.interviews)
    yield gettext("Qui fait quoi :")
    for person in problem.staff:
        yield "  {name:6}{permanences:>16}{sessions:>14}{interviews:>16}".format(
            name=initials(person.id),
            permanences=counted("{n} permanence", "{n} permanences", permanences[person.id]),
            sessions=counted("{n} séance", "{n} séances", sessions[person.id]),
            interviews=counted("{n} entretien", "{n} entretiens", interviews[person.id]),
        )


def _level_lines(plan: Plan) -> Iterator[str]:
    heading = gettext("Du plus important au moins important")
    yield f"{heading:{TITLE_WIDTH + 2}}{gettext('valeur'):>9}{gettext('borne'):>9}"
    for rank, level in enumerate(plan.levels, start=1):
        bound = number(level.bound)
        title = f"{rank}. {level_title(level.name)}"
        yield f"  {title:{TITLE_WIDTH}}{level_value(level):>9}{bound:>9}   {level_status(level)}"
