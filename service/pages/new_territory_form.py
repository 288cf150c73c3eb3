"""The ten questions that open a territory, for the page and for the command."""

import re
from zoneinfo import available_timezones

import msgspec

from service.actions.open_territory import NewTerritory
from service.catalogue import text
from service.pages.forms import LONGEST, Answers, Field, Typed, hour_of, read
from service.slugs import slug

DEPARTEMENTS = frozenset(
    [f"{number:02d}" for number in range(1, 96) if number != 20]
    + ["2A", "2B", *(str(number) for number in range(971, 979) if number != 973), "973", "986", "987", "988"]
)
ZONES = (
    ("Europe/Paris", "Paris"),
    ("America/Guadeloupe", "Guadeloupe"),
    ("America/Martinique", "Martinique"),
    ("America/Cayenne", "Cayenne"),
    ("Indian/Reunion", "La Réunion"),
    ("Indian/Mayotte", "Mayotte"),
    ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    ("Pacific/Noumea", "Nouméa"),
    ("Pacific/Tahiti", "Tahiti"),
)
SPAN = re.compile(r"(?:de\s+)?(.+?)\s*(?:[-–—/]|\bà\b|\ba\b)\s*(.+)", re.IGNORECASE)
"""Two hours and what people write between them."""
assert {zone for zone, _ in ZONES} <= available_timezones()


def questions() -> tuple[Field, ...]:
    """In the order in which they are asked. Three need an answer, the others have a usual one."""
    rest = (*_which(), *_where(), *_how())
    return (*_needed(), *(msgspec.structs.replace(one, more=True) for one in rest))


def _needed() -> tuple[Field, ...]:
    return (
        Field(name="name", label=text("Nom du territoire"), required=True, longest=60,
              hint=text("Celui qui est écrit en haut des pages : « Somme », « Var ».")),
        Field(name="departements", label=text("Départements"), required=True, longest=LONGEST,
              hint=text("Leurs numéros, séparés par des virgules : 80, ou 75, 93, 94. Ils décident des jours fériés.")),
        Field(name="coordinator", label=text("Adresse de messagerie de la coordination"), kind="email", required=True,
              hint=text("Elle y reçoit de quoi choisir son mot de passe.")),
    )  # fmt: skip


def _which() -> tuple[Field, ...]:
    return (
        Field(name="code", label=text("Code"), longest=40,
              hint=text("Celui des adresses, en petites lettres ; sans réponse, il est fait du nom.")),
        Field(name="zone", label=text("Heure de"), kind="select", options=ZONES, required=True,
              default=("Europe/Paris",)),
    )  # fmt: skip


def _where() -> tuple[Field, ...]:
    return (
        Field(name="office", label=text("Nom du bureau"), longest=40, default=(text("Bureau"),),
              hint=text("Là où l’équipe reçoit ; d’autres lieux s’ajoutent ensuite.")),
        Field(name="morning", label=text("Le matin, de … à …"), default=("09:00-12:00",), longest=30,
              hint=text("Les heures du bureau : 9h à 12h, ou 09:00-12:00.")),
        Field(name="afternoon", label=text("L’après-midi, de … à …"), default=("14:00-17:00",), longest=30,
              hint=text("Les heures du bureau : 14h à 17h, ou 14:00-17:00.")),
    )  # fmt: skip


def _how() -> tuple[Field, ...]:
    return (
        Field(name="travel_minutes", label=text("Trajet entre deux lieux, en minutes"), kind="number", most=600,
              default=("45",), hint=text("Là où rien d’autre n’est dit.")),
        Field(name="notice_days", label=text("Jours pendant lesquels rien de publié ne bouge"), kind="number", most=60,
              default=("2",)),
    )  # fmt: skip


def answered(sent: dict[str, list[str]]) -> Answers:
    """What the answers mean, problems in the order of the questions; one that was left empty keeps its usual answer."""
    asked = questions()
    filled = {one.name: sent.get(one.name) or list(one.default) for one in asked}
    usual = {one.name: filled[one.name] if any(filled[one.name]) else list(one.default) for one in asked}
    answers = read(asked, usual)
    for name, problem in _problems(answers).items():
        label = next(one.label for one in asked if one.name == name)
        answers = answers.with_problem(name, label, problem)
    order = [one.name for one in asked]
    problems = sorted(answers.problems, key=lambda problem: order.index(problem.field))
    return msgspec.structs.replace(answers, problems=tuple(problems))


def _problems(answers: Answers) -> dict[str, str]:
    values, found = answers.values, {}
    unknown = [one for one in _listed(values.get("departements", "")) if one not in DEPARTEMENTS]
    if unknown:
        found["departements"] = (
            text("la Corse s’écrit 2A ou 2B")
            if unknown[0] == "20"
            else text("« {word} » n’est le numéro d’aucun département", word=unknown[0])
        )
    spans = {name: _span(values[name]) for name in ("morning", "afternoon") if name in values}
    for name, span in spans.items():
        if span is None:
            found[name] = text("deux heures sont attendues, la plus tôt d’abord, par exemple 9h à 12h")
    morning, afternoon = spans.get("morning"), spans.get("afternoon")
    if morning and afternoon and afternoon[0] < morning[1]:
        found["afternoon"] = text("l’après-midi commence quand le matin est fini, à {hour}", hour=morning[1])
    if values.get("code") and slug(values["code"]) != values["code"]:
        found["code"] = text("des petites lettres, des chiffres et des traits d’union seulement")
    return found


def territory_wanted(answers: Answers) -> NewTerritory:
    """The territory that answers without a problem ask for."""
    values = answers.values
    morning, afternoon = _span(values["morning"]), _span(values["afternoon"])
    assert morning is not None
    assert afternoon is not None
    return NewTerritory(
        name=values["name"],
        code=values["code"] or slug(values["name"]),
        departements=tuple(_listed(values["departements"])),
        zone=values["zone"],
        office=values["office"] or text("Bureau"),
        morning=morning,
        afternoon=afternoon,
        travel_minutes=values["travel_minutes"],
        notice_days=values["notice_days"],
        coordinator=values["coordinator"],
    )


def blank() -> Typed:
    return {one.name: one.default for one in questions()}


def _listed(word: str) -> list[str]:
    """Numbers as people list them: 75, 93 et 94."""
    return [part.upper() for part in re.split(r"[\s,;/+&]+|\bet\b", word, flags=re.IGNORECASE) if part]


def _span(word: str) -> tuple[str, str] | None:
    """Two hours as people write them (de 9 h à 12 h 30, 09:00-12:00), the first before the second; None when they are none."""
    found = SPAN.fullmatch(word.strip())
    first, last = (hour_of(found[1]), hour_of(found[2])) if found else (None, None)
    return (first, last) if first and last and first < last else None
