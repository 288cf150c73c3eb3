"""Supposed facts, repairs and reasons as a coordinator reads them, with the words of the territory."""

from typing import get_args

import pytest

from planner.fact_changes import (
    CadenceAsks,
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    NeedAsks,
    OtherStaff,
    SiteCloses,
    SiteHours,
    SiteOpens,
    StaffAuthorised,
    StaffAway,
    StaffBack,
    StaffLeaves,
)
from planner.placements import Placement
from planner.plan_view import PlanView
from planner.territory import Territory
from planner.wanted import Wanted
from planner.why.fact import Fact
from planner.why.leaving import Leaver
from planner.why.repairs import KIND_OF
from planner.why_not import WhyNot
from service.catalogue import NBSP
from service.messages.actions import ACTIONS, action_words
from service.messages.assignment_words import Things
from service.messages.explanations import Explained, costs_words
from service.messages.suppositions import SUPPOSED, supposed_words
from tests.planner.build import (
    MONDAY,
    day,
    need,
    permanence,
    plan,
    problem,
)
from tests.service.messages.words_of_a_month import month


def test_each_supposed_fact_has_a_sentence() -> None:
    assert set(SUPPOSED) == set(get_args(FactChange))


def test_each_repair_has_a_sentence_and_no_other_has() -> None:
    assert set(ACTIONS) == set(KIND_OF)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (StaffLeaves(staff="BK", on=day(9)), "B.K. part le lundi 9 mars"),
        (StaffAway(staff="BK", from_on=day(9), until_on=day(9), half_day="pm"), "B.K. s’absente le lundi 9 mars après-midi"),
        (StaffAway(staff="BK", from_on=day(9), until_on=day(13)), "B.K. s’absente du lundi 9 mars au vendredi 13 mars"),
        (StaffBack(staff="BK", on=day(9), half_day="am"), "l’absence de B.K. est levée le lundi 9 mars matin"),
        (StaffAuthorised(staff="BK", site="prison"), "B.K. peut entrer à Gagny"),
        (SiteOpens(site="prison", weekday=4, half_day="am"), "Gagny ouvre le jeudi matin"),
        (SiteHours(site="prison", weekday=4, half_day="am", from_hour="09:30", to_hour="11:00"),
         "Gagny change d’heures le jeudi matin, de 9 h 30 à 11 h"),
        (SiteCloses(site="prison", from_on=day(9), until_on=day(13), half_day="am"),
         "Gagny ferme du lundi 9 mars au vendredi 13 mars, chaque matin"),
        (MorePlaces(site="prison"), "il y a 1 place d’entretien de plus à Gagny"),
        (OtherStaff(need="n1"), "quelqu’un d’autre peut tenir l’entretien A.R."),
        (LongerWindow(need="n1"), "il y a 7 jours de plus pour placer l’entretien A.R."),
        (CloserDates(cadence="visits"), "il faut 1 jour de moins entre deux dates pour « Permanence du matin »"),
        (CadenceAsks(cadence="visits", asked=4), "« Permanence du matin » demande 4 par mois"),
        (NeedAsks(need="n1", count=0), "l’entretien A.R. n’est plus demandé"),
        (NeedAsks(need="n1", count=3), "l’entretien A.R. est demandé 3 fois"),
    ],
)  # fmt: skip
def test_a_supposed_fact_is_told_as_one_says_it_after_if(change: FactChange, sentence: str) -> None:
    told = supposed_words(change, Things(month(), {"visits": "Permanence du matin"}))
    assert told.replace(NBSP, " ") == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (SiteOpens(site="prison", weekday=4, half_day="am"), "Ouvrir Gagny le jeudi matin"),
        (SiteOpens(site="prison", on=day(3), half_day="pm"), "Ouvrir Gagny le mardi 3 mars après-midi"),
        (StaffBack(staff="BK", on=day(9), half_day="am"), "Lever l’absence de B.K. le lundi 9 mars matin"),
        (StaffAuthorised(staff="BK", site="prison"), "Autoriser B.K. à entrer à Gagny"),
        (OtherStaff(need="n1"), "Confier l’entretien A.R. à C.V."),
        (MorePlaces(site="prison"), "Prévoir 1 place d’entretien de plus à Gagny"),
        (MorePlaces(cadence="visits", places=2), "Garder 2 places de moins pour les partenaires (Permanence du matin)"),
        (LongerWindow(promotion="spring", sequence="talk"),
         "Allonger de 7 jours les dates possibles pour « Parler » (Promotion 7)"),
        (CloserDates(cadence="visits"), "Réduire de 1 jour l’écart entre deux dates pour « Permanence du matin »"),
    ],
)  # fmt: skip
def test_a_repair_is_told_as_something_to_do(change: FactChange, sentence: str) -> None:
    told = action_words(
        change, Things(month(), {"visits": "Permanence du matin", "spring": "Promotion 7"}), ("CV",)
    )
    assert told.replace(NBSP, " ") == sentence


def test_costs_are_told_by_level_and_sign() -> None:
    assert "permanences non placées \N{MINUS SIGN}1" in costs_words((0, -1, 0, 0, 0, 0, 0, 4)).replace(
        NBSP, " "
    )
    assert costs_words((0,) * 8) == "sans autre effet"


@pytest.mark.parametrize(
    ("is_fewest", "told"), [(True, "il faudrait renoncer"), (False, "il suffirait de renoncer")]
)
def test_only_what_is_proven_fewest_is_told_as_needed(is_fewest: bool, told: str) -> None:
    view = PlanView(Territory(month()), plan(permanence(MONDAY, "am", "BK")))
    leaver = Leaver("permanence visits 2026-03-02 am", "unmet_permanences")
    found = WhyNot(wanted=Wanted(need="n1"), count=1, status="crowded", leave=(leaver,), is_fewest=is_fewest)
    reasons = Explained(view, {"visits": "Permanence du matin"}).reasons(found)
    assert any(told in reason.lower() for reason in reasons)


def test_several_needs_to_give_up_are_counted_and_each_level_is_named_once() -> None:
    """A coordinator reads how many, then which, then what is missed."""
    facts = month()
    held = plan(
        permanence(MONDAY, "am", "BK"), permanence(day(4), "am", "BK"), permanence(day(9), "am", "BK")
    )
    view = PlanView(Territory(facts), held)
    leave = tuple(Leaver(f"permanence visits {on} am", "unmet_permanences") for on in (MONDAY, day(4)))
    found = WhyNot(wanted=Wanted(need="n1"), count=1, status="crowded", leave=leave)
    (_, told) = Explained(view, {"visits": "Permanence du matin"}).reasons(found)
    assert told.replace(NBSP, " ") == (
        "Il faudrait renoncer à 2 besoins : « Permanence du matin » du lundi 2 mars matin (B.K.) et "
        "« Permanence du matin » du mercredi 4 mars matin (B.K.) — permanences non placées."
    )


def test_an_interview_that_is_for_nobody_in_particular_is_called_by_its_kind() -> None:
    facts = problem(interviews=(need("gagny/diagnostic/7", kind="diagnostic", referent=None),))
    told = Things(facts, {})
    assert told.need("gagny/diagnostic/7") == "l’entretien de diagnostic"
    assert told.wanted(Wanted(need="gagny/diagnostic/7", number=1)) == "Entretien de diagnostic"


def impossible(wanted: Wanted, *facts: Fact) -> tuple[str, ...]:
    view = PlanView(Territory(month()), plan())
    found = WhyNot(wanted=wanted, count=1, status="impossible", facts=facts)
    told = Explained(view, {"spring": "Promotion 7"}, {("prison", "blue"): "la salle bleue"}).reasons(found)
    return tuple(one.replace(NBSP, " ") for one in told)


HOURS = Fact(kind="hours", about="KM4821")


COMES = "La personne ne peut venir que le lundi de 9 h à 11 h"


def test_hours_that_block_alone_say_at_which_sites_no_slot_lies_in_them() -> None:
    assert impossible(Wanted(need="n1"), HOURS) == (f"{COMES} ; aucun créneau n’y tombe (Gagny).",)


def test_hours_beside_other_facts_say_no_more_than_they_are() -> None:
    told = impossible(Wanted(need="n1"), HOURS, Fact(kind="authorisation", staff="AR", site="prison"))
    assert f"{COMES}." in told


def test_a_room_too_small_is_told_with_the_places_that_are_needed() -> None:
    facts = month()
    seats = facts.promotions[0].seats
    wanted = Wanted(promotion="spring", sequence="talk")
    (told,) = impossible(wanted, Fact(kind="room", site="prison", about="blue"))
    assert (
        told == f"Gagny n’a pas de salle assez grande : il y faut {seats} places (la salle bleue, 8 places)."
    )


def test_a_sentence_that_ends_with_initials_has_one_stop() -> None:
    view = PlanView(Territory(month()), plan(permanence(MONDAY, "am", "BK")))
    adds = plan(permanence(day(9), "am", "BK"))
    free = Placement(day(9), 540, "prison", ("BK",), None, "am", adds)
    found = WhyNot(wanted=Wanted(cadence="visits"), count=1, status="crowded", free=free)
    (told,) = Explained(view, {}).reasons(found)
    assert told.endswith("avec B.K.")
