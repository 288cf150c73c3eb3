"""Appointments fixed already: the usual day of each person, in each due week, where it can be."""

from collections import Counter
from datetime import date, timedelta

import pytest

from service.facts_file.records import MonthFacts, read_month
from tests.service.example_months import DECEMBER, EXAMPLES, MONTHS, NAMES, example

MAY = date(2027, 5, 1)


def somme(first_on: date) -> MonthFacts:
    return example("somme", first_on)


def fixed_on(facts: MonthFacts, reference: str) -> list[date]:
    return [pin.held_on for pin in facts.pins if (pin.need_code or "").startswith(reference)]


def test_a_fortnightly_person_is_fixed_every_second_week_on_the_usual_day() -> None:
    days = fixed_on(somme(date(2026, 12, 1)), "BN6402")
    assert days == [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29)]


def test_two_people_who_share_an_hour_come_in_turn() -> None:
    facts = somme(date(2026, 12, 1))
    assert not set(fixed_on(facts, "BN6402")) & set(fixed_on(facts, "AH3817"))


def test_nothing_is_fixed_while_the_referent_is_away() -> None:
    facts = somme(date(2026, 12, 1))
    assert date(2026, 12, 17) not in fixed_on(facts, "SA2187")
    assert date(2026, 12, 10) in fixed_on(facts, "SA2187")


def test_nothing_is_fixed_on_a_public_holiday() -> None:
    ascension = date(2027, 5, 6)
    assert ascension not in [pin.held_on for pin in somme(MAY).pins]
    assert ascension + timedelta(days=7) in [pin.held_on for pin in somme(MAY).pins]


def test_an_appointment_of_the_first_week_that_lies_in_the_month_before_was_held() -> None:
    facts = somme(date(2027, 1, 1))
    path = next(path for path in facts.facts.paths or () if path.participant == "SA2187")
    assert path.last_interview_on == date(2026, 12, 31)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_people_have_the_same_referent_at_the_same_time_in_any_month(name: str) -> None:
    for first_on in MONTHS:
        facts = example(name, first_on)
        taken = Counter((pin.held_on, pin.starts_hour, pin.staff_codes) for pin in facts.pins)
        assert max(taken.values()) == 1
        assert all(facts.first_on <= pin.held_on <= facts.last_on for pin in facts.pins)


@pytest.mark.parametrize("name", NAMES)
def test_a_month_read_twice_gives_the_same_records(name: str) -> None:
    assert example(name, MAY) == example(name, MAY)


@pytest.mark.parametrize("name", NAMES)
def test_dated_facts_of_two_months_have_codes_of_their_own(name: str) -> None:
    april, may = example(name, date(2027, 4, 1)).facts, example(name, MAY).facts
    for kind in ("closures", "absences", "meetings", "promotions", "needs"):
        codes = [{fact.code for fact in getattr(facts, kind)} for facts in (april, may)]
        assert not codes[0] & codes[1]
        assert all(
            len(found) == len(getattr(facts, kind)) for found, facts in zip(codes, (april, may), strict=True)
        )


def test_what_the_house_knows_to_be_later_decides_the_next_weeks() -> None:
    last = {"AH3817": date(2026, 11, 24)}
    path = EXAMPLES / "somme.toml"
    told = [read_month(path, DECEMBER), read_month(path, DECEMBER, last)]
    assert [fixed_on(facts, "AH3817")[0].day for facts in told] == [8, 8]
    later = read_month(path, DECEMBER, {"AH3817": date(2026, 11, 30)})
    assert fixed_on(later, "AH3817") == [date(2026, 12, 15), date(2026, 12, 29)]


def test_two_people_never_meet_their_referent_at_once_whatever_was_held_before() -> None:
    last = {"AH3817": date(2026, 11, 30)}
    facts = read_month(EXAMPLES / "somme.toml", DECEMBER, last)
    taken = Counter((pin.held_on, pin.starts_hour, pin.staff_codes) for pin in facts.pins)
    assert max(taken.values()) == 1
