"""What the eight levels, their statuses and the result as a whole are called."""

from collections.abc import Sequence
from typing import NamedTuple

from planner.plan import Level, Plan
from service.catalogue import counted, gettext
from service.french_text import listed, number, percent

LEVEL_TITLES = {
    "unmet_sessions": "Séances obligatoires non placées",
    "unmet_permanences": "Permanences non placées",
    "unmet_urgent": "Entretiens urgents non placés",
    "changes": "Changements : ce qui est publié et bouge",
    "unmet_rest": "Autres entretiens et séances non placés",
    "continuity": "Continuité : mêmes personnes",
    "fairness": "Équité dans l’équipe",
    "comfort": "Confort : souhaits, trajets, étalement",
}
STATUS_WORDS = {
    "optimal": "prouvé : rien de mieux",
    "bounded": "encadré",
    "not_reached": "non examiné",
}

BETTER = "un mieux n’est pas exclu"
"""Said where the proven minimum is 0: of nothing no share is told."""


def level_title(name: str) -> str:
    return gettext(LEVEL_TITLES[name])


def level_status(level: Level) -> str:
    """`prouvé`, or how far a better plan could still be."""
    if level.status != "bounded":
        return gettext(STATUS_WORDS[level.status])
    if not level.bound:
        return gettext(BETTER)
    return gettext("encore au mieux {gap} d’amélioration").format(gap=percent(gap(level), 1))


def is_proven(level: Level) -> bool:
    """Also where a change by hand leaves the value at the bound that was proved before."""
    return level.status == "optimal" or (level.status == "bounded" and level.value == level.bound)


def gap(level: Level) -> float:
    """(value - bound) / max(value, 100), as the planner defines it."""
    return (level.value - level.bound) / max(level.value, 100)


def gap_words(value: int, bound: int, digits: int = 1) -> str:
    """écart 5,0 %; in words where nothing is proved of the value but that it is not less than 0."""
    if not bound:
        return gettext(BETTER)
    share = (value - bound) / max(value, 100)
    return gettext("écart {share}").format(share=percent(share, digits))


def result_sentence(plan: Plan) -> str:
    """Is there a better plan? And is something left out? In one sentence."""
    left_count = sum(unplaced.count for unplaced in plan.unplaced)
    return f"{_placed(left_count)}{gettext(' ; ')}{_better(plan.levels)}."


def edited_sentence(plan: Plan) -> str:
    """The same of a draft that somebody changed since it was computed; against a rule nothing is compared."""
    left_count = sum(unplaced.count for unplaced in plan.unplaced)
    edited, statuses = gettext("modifié à la main depuis le calcul"), {level.status for level in plan.levels}
    if plan.overruled or not statuses or "not_reached" in statuses:
        return f"{_placed(left_count)}{gettext(' ; ')}{edited}."
    return f"{_placed(left_count)}{gettext(' ; ')}{edited}{gettext(', ')}{_better(plan.levels)}."


class Outdated(NamedTuple):
    """The facts of a computation changed since: when they were read, and what changed, in words; empty: nobody knows by now."""

    read: str
    changed: tuple[str, ...]


def outdated_sentence(plan: Plan, since: Outdated, *, edited: bool) -> str:
    """The same where the facts are others by now: what was proved held for those that the computation read."""
    left_count = sum(unplaced.count for unplaced in plan.unplaced)
    placed = _placed(left_count) if left_count else gettext("Tout ce qui était demandé est placé")
    made = (
        gettext("modifié à la main depuis un calcul fait sur les données du {when}")
        if edited
        else _was(plan.levels)
    ).format(when=since.read)
    if not since.changed:
        return f"{placed}{gettext(' ; ')}{made}."
    changed = gettext("depuis, ceci a changé : {parts}").format(parts=listed(since.changed))
    return f"{placed}{gettext(' ; ')}{made}{gettext(' ; ')}{changed}."


def _was(levels: Sequence[Level]) -> str:
    if levels and all(is_proven(level) for level in levels):
        return gettext("aucun planning meilleur n’existait avec les données du {when}")
    return gettext("calculé sur les données du {when}")


def _placed(left_count: int) -> str:
    if not left_count:
        return gettext("Tout est placé")
    return counted("{n} besoin non placé", "{n} besoins non placés", left_count)


def _better(levels: Sequence[Level]) -> str:
    if levels and all(is_proven(level) for level in levels):
        return gettext("aucun planning meilleur n’existe avec ces données")
    if not levels or any(level.status == "not_reached" for level in levels):
        return gettext("le calcul s’est arrêté avant d’avoir tout examiné")
    open_level = max(levels, key=gap)
    if not open_level.bound:
        return gettext("un planning meilleur n’est pas exclu")
    widest = gap(open_level)
    return gettext("au mieux {gap} d’amélioration reste possible").format(
        gap=percent(max(widest, 0.001), 0 if widest >= 0.01 else 1)
    )


def level_value(level: Level) -> str:
    return number(level.value)
