"""What a territory sets for all its partners, as questions: how long a place is held, which words officers choose from."""

from typing import Any

import msgspec

from service.catalogue import text
from service.pages.forms import Answers, Field, Typed, read
from service.partners.settings import PartnerSettings
from service.slugs import slug

WORDS = ("needs", "partner_reasons", "our_reasons")
LONGEST_WORDS, MOST_WORDS = 60, 12
SHOWN_ALERTS = 2


def rules_fields() -> tuple[Field, ...]:
    lines = text("Une réponse par ligne. Ce qui est déjà noté garde ses mots tant que la ligne reste.")
    return (
        Field(name="hold_minutes", label=text("Une place retenue l’est pendant, en minutes"), kind="number", least=1, most=120, required=True),
        Field(name="holds_at_once", label=text("Places retenues à la fois par une même personne"), kind="number", least=1, most=20, required=True),
        Field(name="weeks_ahead", label=text("Semaines montrées d’avance"), kind="number", least=1, most=26, required=True),
        Field(name="leave_days", label=text("Une autorisation de sortie se demande, en jours avant"), kind="number", most=90, required=True),
        Field(name="first_alert", label=text("Premier message des places libres, en jours avant"), kind="number", least=1, most=30, hint=text("Vide : pas de message.")),
        Field(name="second_alert", label=text("Second message des places libres, en jours avant"), kind="number", least=1, most=30, hint=text("Vide : pas de second message.")),
        Field(name="contact_name", label=text("Qui les partenaires appellent"), longest=60, required=True),
        Field(name="contact_phone", label=text("Téléphone"), kind="tel", longest=40),
        Field(name="contact_email", label=text("Courriel"), kind="email"),
        Field(name="needs", label=text("Besoins proposés"), kind="textarea", required=True, longest=1_000, hint=lines),
        Field(name="partner_reasons", label=text("Raisons d’annuler, pour un partenaire"), kind="textarea", required=True, longest=1_000, hint=lines),
        Field(name="our_reasons", label=text("Raisons d’annuler, pour l’association"), kind="textarea", required=True, longest=1_000, hint=lines),
    )  # fmt: skip


def rules_typed(settings: PartnerSettings) -> Typed:
    """The form as it stands."""
    numbers = ("hold_minutes", "holds_at_once", "weeks_ahead", "leave_days")
    contact = ("contact_name", "contact_phone", "contact_email")
    alerts = [str(days) for days in _alerts(settings)[:SHOWN_ALERTS]]
    shown = {name: (str(getattr(settings, name)),) for name in (*numbers, *contact)}
    shown |= {name: ("\n".join(getattr(settings, name).values()),) for name in WORDS}
    shown |= {name: (days,) for name, days in zip(("first_alert", "second_alert"), alerts, strict=False)}
    return {field.name: shown.get(field.name, ()) for field in rules_fields()}


def rules_answers(sent: dict[str, list[str]]) -> Answers:
    """What was sent, with what is to be corrected."""
    answers = read(rules_fields(), sent)
    for field in rules_fields():
        if field.name in WORDS and field.name in answers.values:
            lines = _lines(answers.values[field.name])
            if len(lines) > MOST_WORDS or any(len(line) > LONGEST_WORDS for line in lines):
                answers = answers.with_problem(
                    field.name,
                    field.label,
                    text(
                        "{lines} lignes au plus, {signs} caractères chacune",
                        lines=MOST_WORDS,
                        signs=LONGEST_WORDS,
                    ),
                )
    return answers


def rules_wanted(answers: Answers, before: PartnerSettings) -> dict[str, Any]:
    """What the territory keeps; words that stay keep their code, so that what is noted keeps its sense."""
    given = answers.values
    alerts = {days for name in ("first_alert", "second_alert") if (days := given[name])}
    alerts |= set(_alerts(before)[SHOWN_ALERTS:])
    wanted = msgspec.structs.replace(
        before,
        **{name: given[name] for name in ("hold_minutes", "holds_at_once", "weeks_ahead", "leave_days")},
        **{name: given[name] or "" for name in ("contact_name", "contact_phone", "contact_email")},
        **{name: _coded(_lines(given[name]), getattr(before, name)) for name in WORDS},
        alert_days=tuple(sorted(alerts, reverse=True)),
    )
    kept: dict[str, Any] = msgspec.to_builtins(wanted)
    return kept


def _alerts(settings: PartnerSettings) -> list[int]:
    """The earliest message first; a territory may have more than the form shows, and keeps them."""
    return sorted(set(settings.alert_days), reverse=True)


def _lines(typed: str) -> list[str]:
    return list(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines() if line.strip()))


def _coded(lines: list[str], before: dict[str, str]) -> dict[str, str]:
    codes = {words: code for code, words in before.items()}
    found: dict[str, str] = {}
    for words in lines:
        code = codes.get(words) or slug(words, frozenset(found) | frozenset(before))
        found[code] = words
    return found
