"""Every way in which a rule breaks is blamed on facts, or is known to be structure that no fact changes."""

from planner.rules import REASON_CODES
from planner.why.blame import BLAME

STRUCTURE = {
    "staffing": {"too_few", "too_many", "skill_missing"},
    "cadence": {
        "not_asked",
        "wrong_weekday",
        "wrong_half_day",
        "half_missing",
        "staff_differ",
        "no_session",
        "no_animator",
        "wrong_site",
    },
    "sequence_order": {"wrong_site", "already_done"},
    "interview_place": {"wrong_site", "nobody_there", "not_in_permanence", "not_an_office", "empty_office"},
    "interview_staff": {"not_the_referent"},
    "interview_capacity": {"off_slots"},
    "pinned": {"pin_not_kept"},
}
"""Team sizes and skills are counted by people; sites, slots, referents and asked dates are the thing itself."""


def test_each_reason_of_each_rule_is_blamed_or_structure() -> None:
    known = {(rule, code) for rule, codes in REASON_CODES.items() for code in codes}
    structure = {(rule, code) for rule, codes in STRUCTURE.items() for code in codes}
    assert BLAME.keys() | structure == known
    assert not BLAME.keys() & structure
