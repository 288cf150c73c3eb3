"""Why a thing stands where it does, in French."""

from planner.why_this import WhyThis
from service.catalogue import text
from service.messages.explanations import Explained, costs_words
from service.messages.levels import level_title

BECAUSE: dict[str, str] = {
    "pinned": "épinglé ou fixé avec la personne : cela ne bouge pas",
    "published": "publié et déjà annoncé : trop tard pour le déplacer",
    "only_place": "toute autre place enfreindrait une règle, si rien d’autre ne bouge",
    "best": "aucune autre place n’est aussi bonne ; ce qui décide : {level}",
    "equal": "une autre place vaudrait autant",
    "better_elsewhere": "une autre place serait meilleure ; ce qui décide : {level}",
}
"""One entry for each reason that the planner gives."""


def place_sentences(found: WhyThis, words: Explained) -> tuple[str, ...]:
    """What decided the place, then the next best one and what it would change."""
    level = level_title(found.level).partition(":")[0].strip().lower() if found.level else ""
    told = [text(BECAUSE[found.because], level=level)]
    if found.next_best is not None:
        place = words.placement(found.next_best.placement)
        told.append(
            text(
                "la meilleure autre place : {place} ({costs})",
                place=place,
                costs=costs_words(found.differences),
            )
        )
    return tuple(f"{one[:1].upper()}{one[1:]}." for one in told)
