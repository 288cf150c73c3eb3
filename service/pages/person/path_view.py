"""What the pages of a path that waits show: why it waits, and what each decision does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from db.records.facts import Facts
from db.records.participant import Path
from service.actions.decide_path import Decision
from service.catalogue import counted, text
from service.french_text import initials, plain_date
from service.pages.forms import Field

STATES = {"running": "en cours", "suspended": "suspendu", "ended": "terminé"}
CHOICES: dict[Decision, tuple[str, str]] = {
    "resume": ("Relancer", "Le parcours reprend aujourd’hui, son rythme aussi, et les absences sont comptées à nouveau depuis zéro."),
    "suspend": ("Suspendre", "Le planning ne place plus d’entretien pour cette personne, jusqu’à ce que le parcours soit relancé."),
    "end": ("Terminer", "Le parcours se ferme à la date d’aujourd’hui. Ce qui a eu lieu reste compté dans les bilans."),
}  # fmt: skip
DECISION = Field(name="decision", label=text("Décision"), kind="radios", required=True,
                 options=tuple((code, text(label)) for code, (label, _) in CHOICES.items()))  # fmt: skip
DONE = {"resume": "Parcours relancé.", "suspend": "Parcours suspendu.", "end": "Parcours terminé."}
UNDONE: dict[str, Decision] = {"running": "resume", "ended": "end"}


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    code: Decision
    label: str
    words: str


class PathCard(msgspec.Struct, frozen=True, kw_only=True):
    """A path in words; `why` is empty when nothing is asked of anybody."""

    code: str
    reference: str
    programme: str
    referent: str
    state: str
    why: str
    version: int


def path_card(facts: Facts, path: Path) -> PathCard:
    names = {one.code: one.name for one in facts.programmes}
    return PathCard(
        code=path.code,
        reference=path.participant,
        programme=names.get(path.programme, path.programme),
        referent=initials(path.referent) if path.referent else "",
        state=text(STATES[path.state]),
        why=_why(path, ZoneInfo(facts.territory.zone)),
        version=path.version,
    )


def _why(path: Path, zone: ZoneInfo) -> str:
    if path.asked_referent_at is None:
        return ""
    missed = counted("{n} absence non excusée", "{n} absences non excusées de suite", path.misses_in_a_row)
    last = text(", la dernière le {day}", day=plain_date(path.missed_on)) if path.missed_on else ""
    asked_on = _day(path.asked_referent_at, zone)
    return text("{missed}{last} ; suspendu depuis le {day}.", missed=missed, last=last, day=asked_on)


def _day(at: datetime, zone: ZoneInfo) -> str:
    return plain_date(at.astimezone(zone).date())


def waiting(facts: Facts, only_staff: str | None) -> tuple[PathCard, ...]:
    """Paths that wait for a decision, the longest first; of one referent, or of all."""
    asked = [
        one for one in facts.paths if one.asked_referent_at is not None and only_staff in (None, one.referent)
    ]
    return tuple(path_card(facts, one) for one in sorted(asked, key=lambda one: str(one.asked_referent_at)))


def choices(path: Path) -> tuple[Choice, ...]:
    """What may be decided: not what is so already, unless the question is open."""
    idle = UNDONE.get(path.state) or ("suspend" if path.asked_referent_at is None else None)
    return tuple(
        Choice(code=code, label=text(label), words=text(words))
        for code, (label, words) in CHOICES.items()
        if code != idle
    )


def done_words(typed: str) -> str:
    """What was just decided, told where it was done; nothing for a word that is none."""
    return text(DONE[typed]) if typed in DONE else ""
