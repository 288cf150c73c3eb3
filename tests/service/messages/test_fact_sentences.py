"""Every kind of fact has its French sentence, with the words of the territory; what says the same is one sentence."""

from collections.abc import Iterable

import pytest

from planner.problem import ParticipantHours
from planner.why.fact import RANK, Fact
from service.catalogue import NBSP
from service.messages.assignment_words import Things
from service.messages.fact_words import FactWords
from service.messages.facts import FACTS, told_facts
from tests.planner.build import (
    MONDAY,
    at,
    need,
    participant,
    person,
    problem,
)
from tests.service.messages.words_of_a_month import month, words


def fact_sentences(known: FactWords, facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sentence for sentence, _ in told_facts(known, facts))


def test_each_kind_of_fact_has_a_sentence_and_no_other_has() -> None:
    assert set(FACTS) == set(RANK)


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (Fact(kind="busy", staff="AR", about=f"busy {at(MONDAY, '09:00').isoformat()}"),
         "A.R. : agenda déjà pris le lundi 2 mars de 9 h à 10 h 30"),
        (Fact(kind="meeting", staff="AR", about="team"), "A.R. : réunion le lundi 2 mars de 14 h à 15 h"),
        (Fact(kind="pattern", staff="AR", weekday=3, half_day="pm"), "A.R. : pas de travail sur place le mercredi après-midi"),
        (Fact(kind="authorisation", staff="BK", site="prison"), "B.K. : pas d’autorisation d’accès à Gagny"),
        (Fact(kind="skill", staff="BK", about="sport"), "B.K. : sans la compétence « sport »"),
        (Fact(kind="closure", site="prison", about="works"), "Gagny est fermé du 3 au 4 mars 2026"),
        (Fact(kind="holiday", on=MONDAY), "jour férié : lundi 2 mars"),
        (Fact(kind="window", about="n1"), "dates demandées : du 1er au 31 mars 2026"),
        (Fact(kind="hours", about="KM4821"), "la personne ne peut venir que le lundi de 9 h à 11 h"),
        (Fact(kind="leave_notice", about="n1"), "l’autorisation de sortie se demande 5 jours avant"),
        (Fact(kind="weekday", about="spring"), "Promotion 7 se tient le mardi"),
        (Fact(kind="half_day", about="spring"), "Promotion 7 se tient toujours l’après-midi"),
        (Fact(kind="previous", about="spring/talk"), "la séquence précédente « Parler » (Promotion 7) n’est pas placée"),
        (Fact(kind="spacing", about="visits"), "6 jours au moins entre deux dates (Permanence du matin)"),
        (Fact(kind="speaker_dates", about="spring/talk"), "l’intervenant extérieur ne vient que le jeudi 5 mars"),
        (Fact(kind="room", site="prison", about="blue"), "Gagny n’a pas de salle assez grande (la salle bleue, 8 places)"),
        (Fact(kind="room", site="prison"), "Gagny n’a pas de salle"),
        (Fact(kind="places", site="prison"), "Gagny : 99 places d’entretien"),
        (Fact(kind="partner_places", about="visits"), "Permanence du matin : 2 places gardées pour les partenaires"),
        (Fact(kind="contract", staff="AR", about="week"), "A.R. : 10 demi-journées par semaine au plus"),
        (Fact(kind="protected", staff="AR"), "A.R. : 0 demi-journée à laisser libre par semaine"),
        (Fact(kind="access_notice", site="prison"), "Gagny : la liste d’accès part 0 jour avant"),
        (Fact(kind="notice"), "le planning est annoncé 0 jour à l’avance"),
        (Fact(kind="exception", about="visits", on=MONDAY), "Permanence du matin : date retirée le lundi 2 mars"),
        (Fact(kind="pin", about="permanence visits 2026-03-02 am"),
         "déjà fixé : « Permanence du matin » du lundi 2 mars matin (B.K.)"),
        (Fact(kind="opening_hours", site="prison", weekday=1, half_day="am"), "Gagny n’ouvre pas assez longtemps le lundi matin"),
    ],
)  # fmt: skip
def test_a_fact_is_told_with_site_day_and_person(fact: Fact, sentence: str) -> None:
    (told,) = fact_sentences(words(month()), [fact])
    assert told.replace(NBSP, " ") == sentence


def test_facts_alike_are_one_sentence() -> None:
    halves = [
        Fact(kind="opening", site="prison", weekday=day, half_day=half)
        for day in (6, 7)
        for half in ("am", "pm")
    ]
    people = [Fact(kind="authorisation", staff=one, site="prison") for one in ("AR", "BK")]
    told = fact_sentences(words(month()), [*halves, *people])
    assert told == (
        "A.R. et B.K.\N{NO-BREAK SPACE}: pas d’autorisation d’accès à Gagny",
        "Gagny n’ouvre pas le samedi ni le dimanche",
    )


def test_what_two_needs_of_one_person_say_alike_is_told_once() -> None:
    facts = problem(
        participants=(participant("KM4821"),),
        interviews=tuple(need(code, participant="KM4821", min_days=5) for code in ("n1", "n2")),
    )
    known = FactWords(Things(facts, {}), {})
    told = fact_sentences(known, [Fact(kind="spacing", about=code) for code in ("n1", "n2")])
    assert told == ("5 jours au moins entre deux entretiens (KM4821)",)


@pytest.mark.parametrize(
    ("concerned", "told"),
    [
        (12, "A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, B0 et B1 : sans la compétence « sport »"),
        (13, "A0, A1, A2, A3, A4, A5 et 7 autres : sans la compétence « sport »"),
        (15, "toute l’équipe (15 personnes) : sans la compétence « sport »"),
    ],
)
def test_many_people_are_not_told_one_by_one(concerned: int, told: str) -> None:
    codes = [f"{letter}{number}" for letter in "AB" for number in range(10)][:15]
    known = FactWords(Things(problem(staff=tuple(map(person, codes))), {}), {})
    facts = [Fact(kind="skill", staff=code, about="sport") for code in codes[:concerned]]
    (sentence,) = fact_sentences(known, facts)
    assert sentence.replace(NBSP, " ") == told


@pytest.mark.parametrize(
    ("weekdays", "told"),
    [
        ((1, 2, 3, 4, 5), "du lundi au vendredi de 18 h à 19 h 30"),
        ((1, 2), "le lundi et le mardi de 18 h à 19 h 30"),
        ((1, 2, 4), "le lundi, le mardi et le jeudi de 18 h à 19 h 30"),
    ],
)
def test_days_in_a_row_are_told_by_the_first_and_the_last(weekdays: tuple[int, ...], told: str) -> None:
    hours = tuple(ParticipantHours(weekday=day, from_hour="18:00", to_hour="19:30") for day in weekdays)  # type: ignore[arg-type]
    known = FactWords(Things(problem(participants=(participant(hours=hours),)), {}), {})
    (sentence,) = fact_sentences(known, [Fact(kind="hours", about="KM4821")])
    assert sentence.replace(NBSP, " ") == f"la personne ne peut venir que {told}"
