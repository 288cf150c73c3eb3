from datetime import date, time

import pytest

from service import french_text
from service.catalogue import MOST_KEPT, counted, text, typographic

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (french_text.long_date, "mardi 1er décembre 2026"),
        (french_text.short_date, "mar. 1er déc."),
        (french_text.day_month, "1er décembre"),
        (french_text.month_title, "décembre 2026"),
        (french_text.weekday_and_day, "mardi 1er"),
    ],
)
def test_the_first_of_a_month_is_written_premier(function, expected):
    assert function(date(2026, 12, 1)) == expected


def test_a_month_that_begins_with_a_vowel_is_elided():
    assert french_text.of_month(date(2027, 4, 1)) == "d’avril 2027"
    assert french_text.of_month(date(2027, 3, 1)) == "de mars 2027"


def test_the_twenty_first_is_no_first():
    assert french_text.long_date(date(2026, 12, 21)) == "lundi 21 décembre 2026"


def test_an_hour_is_written_with_spaces_that_do_not_break():
    assert french_text.clock(time(9, 30)) == f"9{NBSP}h{NBSP}30"
    assert french_text.clock(time(9)) == f"9{NBSP}h"
    assert french_text.clock(time(9), padded=True) == f"9{NBSP}h{NBSP}00"


def test_a_number_less_than_nothing_has_the_true_minus_sign():
    assert french_text.signed(-1.44, 1) == "−1,4"
    assert french_text.signed(0.04, 1) == "="
    assert french_text.number(1234.5, 1) == f"1{NBSP}234,5"


def test_french_counts_zero_as_one():
    assert counted("{n} lieu", "{n} lieux", 0) == "0 lieu"
    assert counted("{n} lieu", "{n} lieux", 2) == "2 lieux"


def test_a_period_names_the_month_once_when_both_days_share_it():
    assert french_text.short_period(date(2026, 12, 14), date(2026, 12, 18)) == "14 – 18 déc."
    assert french_text.short_period(date(2026, 11, 30), date(2026, 12, 4)) == "30 nov. – 4 déc."


def test_double_marks_are_preceded_by_a_space_that_does_not_break():
    assert typographic("Pourquoi ? « oui » : 75 %") == f"Pourquoi{NBSP}? «{NBSP}oui{NBSP}»{NBSP}: 75{NBSP}%"
    assert text("{what} : fait", what="x") == f"x{NBSP}: fait"


def test_initials_of_people_are_dotted_and_other_codes_are_left():
    assert french_text.initials("AR") == "A.R."
    assert french_text.initials("gagny") == "gagny"
    assert french_text.listed(["A.R.", "F.M.", "L.D."]) == "A.R., F.M. et L.D."


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, "45 min"), (120, "2 h"), (225, "3 h 45"), (65, "1 h 05")]
)
def test_a_length_of_time_is_told_in_hours(minutes, words):
    assert french_text.lasting(minutes).replace(NBSP, " ") == words


def test_what_was_told_of_people_is_not_kept_without_end() -> None:
    for number in range(MOST_KEPT + 10):
        text("{what} : placé", what=number)
    assert typographic.cache_info().currsize == MOST_KEPT
