"""Every kind of fact and every supposed fact has its French sentence, with the words of the territory."""

from typing import get_args

import pytest

from planner.fact_changes import (
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    SiteOpens,
    StaffLeaves,
)
from planner.kept import things
from planner.plan_view import PlanView
from planner.problem import Busy, Closure, Meeting, ParticipantHours, Problem
from planner.territory import Territory
from planner.why.fact import RANK, Fact
from service.catalogue import NBSP
from service.messages.assignment_words import Things
from service.messages.explanations import CHANGES, change_words, costs_words
from service.messages.fact_words import FactWords
from service.messages.facts import FACTS, fact_sentences
from tests.planner.build import (
    MONDAY,
    at,
    cadence,
    day,
    need,
    participant,
    permanence,
    person,
    plan,
    problem,
    promotion,
    room,
    sequence,
    site,
)


def month() -> Problem:
    return problem(
        sites=(
            site(
                name="Gagny",
                rooms=(room(),),
                closures=(Closure(id="works", from_on=day(3), until_on=day(4)),),
            ),
        ),
        staff=(
            person(
                "AR",
                busy=(Busy(starts_at=at(MONDAY, "09:00"), ends_at=at(MONDAY, "10:30")),),
                meetings=(Meeting(id="team", starts_at=at(MONDAY, "14:00"), ends_at=at(MONDAY, "15:00")),),
            ),
            person("BK"),
        ),
        cadences=(cadence(min_days=6, partner_places=2),),
        participants=(participant(hours=(ParticipantHours(weekday=1, from_hour="09:00", to_hour="11:00"),)),),
        promotions=(
            promotion(sequence("talk", title="Parler", speaker_dates=(day(5),)), weekday=2, half_day="pm"),
        ),
        interviews=(need(min_days=3, leave_notice_days=5, sites=("prison",), referent="AR"),),
    )


def words(facts: Problem) -> FactWords:
    view = PlanView(Territory(facts), plan(permanence(MONDAY, "am", "BK")))
    return FactWords(
        Things(facts, {"visits": "Permanence du matin", "spring": "Promotion 7"}), dict(things(view))
    )


def test_each_kind_of_fact_has_a_sentence_and_no_other_has() -> None:
    assert set(FACTS) == set(RANK)


def test_each_supposed_fact_has_a_sentence() -> None:
    assert set(CHANGES) == set(get_args(FactChange))


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (Fact(kind="busy", staff="AR", about=f"busy {at(MONDAY, '09:00').isoformat()}"),
         "A.R. : agenda déjà pris le lundi 2 mars de 9 h à 10 h 30"),
        (Fact(kind="meeting", staff="AR", about="team"), "A.R. : réunion le lundi 2 mars de 14 h à 15 h"),
        (Fact(kind="pattern", staff="AR", weekday=3, half_day="pm"), "A.R. : pas de travail sur place le mercredi après-midi"),
        (Fact(kind="authorisation", staff="BK", site="prison"), "B.K. : pas d’autorisation d’accès à Gagny"),
        (Fact(kind="skill", staff="BK", about="sport"), "B.K. : sans la compétence « sport »"),
        (Fact(kind="closure", site="prison", about="works"), "Gagny est fermé du 3 mars 2026 au 4 mars 2026"),
        (Fact(kind="holiday", on=MONDAY), "jour férié : lundi 2 mars"),
        (Fact(kind="window", about="n1"), "dates demandées : du 1er mars 2026 au 31 mars 2026"),
        (Fact(kind="hours", about="KM4821"), "la personne ne peut venir que le lundi de 9 h à 11 h"),
        (Fact(kind="leave_notice", about="n1"), "l’autorisation de sortie se demande 5 jours avant"),
        (Fact(kind="weekday", about="spring"), "la promotion Promotion 7 se tient le mardi"),
        (Fact(kind="half_day", about="spring"), "la promotion Promotion 7 se tient toujours l’après-midi"),
        (Fact(kind="previous", about="spring/talk"), "la séquence précédente « Parler » (Promotion 7) n’est pas placée"),
        (Fact(kind="spacing", about="visits"), "6 jours au moins entre deux dates (Permanence du matin)"),
        (Fact(kind="speaker_dates", about="spring/talk"), "l’intervenant extérieur ne vient que le jeudi 5 mars"),
        (Fact(kind="room", site="prison", about="blue"), "Gagny : salle trop petite : blue (8 places)"),
        (Fact(kind="room", site="prison"), "Gagny n’a pas de salle"),
        (Fact(kind="places", site="prison"), "Gagny : 99 places d’entretien"),
        (Fact(kind="partner_places", about="visits"), "Permanence du matin : 2 places gardées pour les partenaires"),
        (Fact(kind="contract", staff="AR", about="week"), "A.R. : 10 demi-journées par semaine au plus"),
        (Fact(kind="protected", staff="AR"), "A.R. : 0 demi-journées protégées par semaine"),
        (Fact(kind="access_notice", site="prison"), "Gagny : la liste d’accès part 0 jours avant"),
        (Fact(kind="notice"), "le planning des 0 jours qui viennent est déjà annoncé"),
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


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (StaffLeaves(staff="BK", on=day(9)), "B.K. part le lundi 9 mars"),
        (SiteOpens(site="prison", weekday=4, half_day="am"), "Gagny ouvre le jeudi matin"),
        (MorePlaces(site="prison"), "1 place d’entretien de plus à Gagny"),
        (LongerWindow(need="n1"), "7 jours de plus pour placer n1"),
        (CloserDates(cadence="visits"), "1 jour de moins entre deux dates (Permanence du matin)"),
    ],
)
def test_a_supposed_fact_is_told_as_one_says_it(change: FactChange, sentence: str) -> None:
    told = change_words(change, Things(month(), {"visits": "Permanence du matin"}))
    assert told.replace(NBSP, " ") == sentence


def test_costs_are_told_by_level_and_sign() -> None:
    assert "permanences non placées \N{MINUS SIGN}1" in costs_words((0, -1, 0, 0, 0, 0, 0, 4)).replace(
        NBSP, " "
    )
    assert costs_words((0,) * 8) == "sans autre effet"
