"""A month without a plan: what is still to be entered, or what would be placed."""

import msgspec

from planner.problem import Problem
from planner.tally import asked
from service.catalogue import counted, text
from service.pages.shell import Shell


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`ready` false: it waits for the ones before it."""

    label: str
    count: str
    address: str
    done: bool = False
    ready: bool = True


class FirstSteps(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    words: str
    steps: tuple[Step, ...]


def first_steps(problem: Problem, shell: Shell, path: str) -> FirstSteps:
    """Sites and cadences, people, then generate. `path` is the month's address."""
    cadences, people = len(problem.cadences), len(problem.staff)
    ready = bool(cadences and people)
    return FirstSteps(
        title=text("Prêt à générer") if ready else text("Trois étapes avant le premier planning"),
        words=_asked(problem) if ready else text("Les deux premières suffisent ; le reste peut venir après."),
        steps=(
            Step(
                label=text("Lieux et cadences"),
                count=counted("{n} cadence", "{n} cadences", cadences),
                address=shell.address("lieux"),
                done=cadences > 0,
            ),
            Step(
                label=text("Équipe"),
                count=counted("{n} personne", "{n} personnes", people),
                address=shell.address("equipe"),
                done=people > 0,
            ),
            Step(
                label=text("Générer"),
                count="" if ready else text("attend les deux autres"),
                address=f"{path}/generer",
                ready=ready,
            ),
        ),
    )


def _asked(problem: Problem) -> str:
    """17 permanences, 16 séances et ateliers, 171 entretiens à placer."""
    found = asked(problem)
    parts = (
        (counted("{n} permanence", "{n} permanences", found.permanences[1]), found.permanences[1]),
        (counted("{n} séance ou atelier", "{n} séances et ateliers", found.sessions[1]), found.sessions[1]),
        (counted("{n} entretien", "{n} entretiens", found.interviews[1]), found.interviews[1]),
    )
    named = [words for words, count in parts if count]
    return (
        text("{things} à placer.", things=", ".join(named))
        if named
        else text("Rien n’est demandé ce mois-ci.")
    )
