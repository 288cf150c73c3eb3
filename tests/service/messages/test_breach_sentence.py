"""A sentence of a broken rule names what people know, never a key of the checker."""

from datetime import date

import pytest

from planner.breach import Breach
from planner.problem import Interview, Problem, Promotion, Sequence, Site, StaffMember
from service.messages.breach_sentence import breach_sentence
from service.messages.said_once import said_once

ON = date(2026, 12, 1)
NAMES = {"gagny-permanence": "Permanence Gagny", "sport": "Sport", "p1": "Promotion 1"}
KEYS = {
    "gagny-permanence 2026-12-01 pm": "« Permanence Gagny »",
    "gagny-permanence": "« Permanence Gagny »",
    "sport#1": "« Sport »",
    "p1/cv": "« Le CV » (Promotion 1)",
    "AR gagny 2026-12-01 pm": "le bureau (CSL Gagny)",
    "volume/AR/7#1": "l’entretien KM4821",
    "reunion": "un autre engagement",
}


@pytest.fixture
def problem() -> Problem:
    step = Sequence(id="cv", title="Le CV", duration_minutes=60, from_on=ON, until_on=ON)
    return Problem(
        format="escale-problem/1",
        territory="essai",
        zone="Europe/Paris",
        first_on=ON,
        last_on=date(2026, 12, 31),
        sites=(Site(id="gagny", name="CSL Gagny", kind="semi_liberte"),),
        staff=(StaffMember(id="AR", name="A. R."),),
        promotions=(Promotion(id="p1", site="gagny", seats=8, sequences=(step,)),),
        interviews=(
            Interview(id="volume/AR/7", kind="follow_up", participant="KM4821", from_on=ON, until_on=ON),
        ),
    )


@pytest.mark.parametrize(("key", "words"), KEYS.items())
@pytest.mark.parametrize("code", ["two_presences", "occupied"])
def test_what_excludes_is_named_in_words(problem: Problem, code: str, key: str, words: str) -> None:
    breach = Breach("one_place_at_a_time", code, "AR", ON, half_day="pm", fact=f"{key} + sport#2")
    told = breach_sentence(breach, problem, NAMES).replace("\u00a0", " ")
    assert told.endswith(f"le mardi 1er décembre après-midi : {words} et « Sport ».")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("slot_booked", "Permanence Gagny : le créneau de 9 h 30 est réservé par un partenaire ({day})."),
        ("places_full", "CSL Gagny : plus d’entretiens à 9 h 30 que de places ({day})."),
    ],
)
def test_a_slot_is_named_by_its_hour(problem: Problem, code: str, words: str) -> None:
    where = {"half_day": "am", "site": "gagny", "fact": "09:30"}
    breach = Breach("interview_capacity", code, "gagny-permanence", ON, **where)  # type: ignore[arg-type]
    told = breach_sentence(breach, problem, NAMES).replace("\u00a0", " ")
    assert told == words.format(day="le mardi 1er décembre matin")


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("sport#1", "Sport, séance 1 "),
        ("p1/cv", "« Le CV » (Promotion 1) "),
        ("volume/AR/7#1", "Entretien KM4821 "),
        ("gagny-permanence", "Permanence Gagny "),
    ],
)
def test_what_a_breach_is_about_is_named_in_words(problem: Problem, about: str, words: str) -> None:
    breach = Breach("room", "no_room", about, ON)
    told = breach_sentence(breach, problem, NAMES).replace("\u00a0", " ")
    assert told == f"{words}: sans salle le mardi 1er décembre."


@pytest.mark.parametrize("code", ["week_full", "protected"])
def test_what_is_too_much_in_a_week_names_the_week(problem: Problem, code: str) -> None:
    told = breach_sentence(Breach("workload", code, "AR", date(2026, 12, 7), 2), problem, NAMES)
    assert "semaine du lundi 7 décembre" in told
    assert "le lundi" not in told


def test_two_things_at_one_hour_are_told_once_and_not_as_a_short_way_too() -> None:
    two = Breach(
        "one_place_at_a_time", "two_presences", "AR", ON, half_day="am", fact="a + b", items=("a", "b")
    )
    met = Breach("one_place_at_a_time", "occupied", "AR", ON, half_day="pm", fact="reunion + c", items=("c",))
    between = [
        Breach("one_place_at_a_time", "travel", "AR", ON, 90, fact=fact)
        for fact in ("b > a", "c > reunion", "a > c")
    ]
    assert said_once((two, *between, met)) == (two, between[2], met)
    assert said_once(between) == tuple(between)
