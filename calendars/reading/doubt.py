"""What was skipped or is doubtful in a file, as a code with its line; the sentence is in the catalogue."""

from typing import Final

import msgspec

MOST_KEPT: Final = 100


class Doubt(msgspec.Struct, frozen=True):
    """One thing to report: its code, the line of the file (0 for the whole file), a word from the file."""

    code: str
    line: int = 0
    detail: str = ""

    def sentence(self) -> str:
        """The French sentence, without anything from the file but zone and property names."""
        words = SENTENCES[self.code].format(detail=self.detail)
        return f"ligne {self.line} : {words}" if self.line else words


class Doubts:
    """Collects doubts, each once, and no more than a reader will read."""

    def __init__(self) -> None:
        self._kept: dict[Doubt, None] = {}
        self._more = 0

    def add(self, code: str, line: int = 0, detail: str = "") -> None:
        doubt = Doubt(code, line, detail[:80])
        if len(self._kept) < MOST_KEPT:
            self._kept[doubt] = None
        elif doubt not in self._kept:
            self._more += 1

    @property
    def full(self) -> bool:
        return len(self._kept) >= MOST_KEPT

    def all(self) -> tuple[Doubt, ...]:
        """In the order of the file; a last one counts those left out."""
        ordered = sorted(self._kept, key=lambda doubt: doubt.line)
        return (*ordered, Doubt("more", 0, str(self._more))) if self._more else tuple(ordered)


SENTENCES: Final[dict[str, str]] = {
    "unfinished": "{detail} sans fin, ce qui y est incomplet est sauté",
    "stray_end": "fin de {detail} sans début, sautée",
    "too_deep": "parties emboîtées trop profondément, les plus profondes sont sautées",
    "outside": "{detail} hors de tout VCALENDAR, lu quand même",
    "unreadable_line": "ligne illisible, sautée",
    "bad_event": "événement sauté, {detail} manque ou est illisible",
    "bad_order": "événement sauté, il finit avant de commencer",
    "bad_part": "{detail} illisible, sauté",
    "bad_rule": "événement sauté, sa règle de répétition est illisible ({detail})",
    "bad_period": "période illisible, sautée",
    "unknown_zone": "fuseau inconnu « {detail} », celui du territoire est pris",
    "bad_zone": "définition du fuseau « {detail} » illisible",
    "guessed_zone": "fuseau « {detail} » compris d'après son nom",
    "too_many": "événement sauté, il se répète trop souvent pour être compté",
    "dense": "l'événement se répète toutes les minutes ou secondes",
    "never": "la règle de répétition ne tombe jamais",
    "old_rule": "l'événement se répète depuis plus de trente ans",
    "long": "l'événement dure plus d'un an",
    "empty_day": "journée de fin égale à la journée de début, une journée est comptée",
    "date_and_time": "début et fin sont l'un une journée, l'autre une heure",
    "date_exception": "exception donnée comme une journée, toute la journée est exceptée",
    "negative_count": "nombre de répétitions négatif, ignoré",
    "unknown_status": "{detail} de valeur inconnue, l'événement est compté occupé",
    "out_of_time": "lecture arrêtée, le fichier demande trop de temps : les événements restants sont sautés",
    "more": "et {detail} autres remarques",
}
