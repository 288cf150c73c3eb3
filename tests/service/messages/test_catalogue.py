"""Every rule has its French sentences, and no sentence outlives its rule."""

from datetime import date
from string import Formatter

import msgspec
import pytest

from planner.plan import LEVEL_NAMES, Level, Plan, Reason, Unplaced
from planner.problem import Accreditation, Problem, Site, StaffMember
from planner.rules import REASON_CODES
from service.messages.breach_sentence import amounts
from service.messages.breaches import BREACHES
from service.messages.levels import LEVEL_TITLES, edited_sentence, result_sentence
from service.messages.reasons import DETAILS, REASONS, reason_sentence


def problem() -> Problem:
    return Problem(
        format="escale-problem/1",
        territory="essai",
        zone="Europe/Paris",
        first_on=date(2026, 12, 1),
        last_on=date(2026, 12, 31),
        sites=(Site(id="gagny", name="CSL Gagny", kind="semi_liberte"),),
        staff=(StaffMember(id="AR", name="A. R."), StaffMember(id="FM", name="F. M.")),
    )


def test_each_rule_has_a_reason_sentence_and_no_other_has() -> None:
    assert set(REASONS) == set(REASON_CODES) | {"crowded", "not_examined", "taken_off"}


@pytest.mark.parametrize("rule", sorted(REASON_CODES))
def test_each_code_of_a_rule_has_a_sentence_and_no_other_has(rule: str) -> None:
    assert set(BREACHES[rule]) == set(REASON_CODES[rule])


def test_sentences_ask_only_for_fields_that_are_filled() -> None:
    for wording in REASONS.values():
        for text in wording:
            fields = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert fields <= {"staff", "days", "why", "context", "missing"}
    for sentences in BREACHES.values():
        for text in sentences.values():
            fields = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert fields <= {"about", "site", "day", "week", "fact", *amounts(1)}


def test_each_level_has_a_title() -> None:
    assert tuple(LEVEL_TITLES) == LEVEL_NAMES


def test_a_reason_names_site_and_days() -> None:
    facts = ({"site": "gagny", "staff": "AR", "on": "2026-12-08"}, {"on": "2026-12-10"})
    sentence = reason_sentence(Reason(code="partner_places", facts=facts), problem())
    for part in ("CSL Gagny", "les 8 et 10 décembre", "gardées pour les partenaires"):
        assert part in sentence


def test_the_whole_team_is_told_as_nobody() -> None:
    facts = ({"staff": ["AR", "FM"], "codes": ["absent"], "on": "2026-12-08"},)
    sentence = reason_sentence(Reason(code="availability", facts=facts), problem())
    assert sentence == "personne n’est disponible le 8 décembre (absence)"


def test_an_authorisation_that_ended_says_when() -> None:
    ended = StaffMember(
        id="AR", name="A. R.", accreditations=(Accreditation(site="gagny", until_on=date(2026, 11, 14)),)
    )
    facts = msgspec.structs.replace(problem(), staff=(ended, problem().staff[1]))
    sentence = reason_sentence(Reason(code="accreditation", facts=({"site": "gagny"},)), facts)
    assert sentence.replace("\N{NO-BREAK SPACE}", " ").endswith("(CSL Gagny ; A.R. : jusqu’au 14 novembre)")


def test_details_are_of_codes_that_the_rules_have() -> None:
    for rule, words in DETAILS.items():
        assert set(words) <= set(REASON_CODES[rule])


def test_a_reason_without_facts_is_still_a_sentence() -> None:
    for code in REASONS:
        sentence = reason_sentence(Reason(code=code), problem())
        assert "{" not in sentence
        assert "()" not in sentence
        assert "  " not in sentence


@pytest.mark.parametrize(
    ("unplaced", "status", "value", "bound", "expected"),
    [
        (0, "optimal", 4, 4, "Tout est placé ; aucun planning meilleur n’existe avec ces données."),
        (2, "bounded", 200, 198, "2 besoins non placés ; au mieux 1 % d’amélioration reste possible."),
        (2, "bounded", 3, 0, "2 besoins non placés ; un planning meilleur n’est pas exclu."),
        (1, "not_reached", 3, 0, "1 besoin non placé ; le calcul s’est arrêté avant d’avoir tout examiné."),
    ],
)
def test_the_first_sentence_says_whether_a_better_plan_exists(
    unplaced: int, status: str, value: int, bound: int, expected: str
) -> None:
    left = (Unplaced(need="n", count=unplaced, reason=Reason(code="crowded")),) if unplaced else ()
    level = Level(name="comfort", value=value, bound=bound, status=status)  # type: ignore[arg-type]
    sentence = result_sentence(Plan(levels=(level,), unplaced=left))
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == expected


BY_HAND = "Tout est placé ; modifié à la main depuis le calcul"


@pytest.mark.parametrize(
    ("status", "value", "bound", "decided", "expected"),
    [
        ("optimal", 4, 4, False, f"{BY_HAND}, aucun planning meilleur n’existe avec ces données."),
        ("bounded", 4, 4, False, f"{BY_HAND}, aucun planning meilleur n’existe avec ces données."),
        ("bounded", 200, 198, False, f"{BY_HAND}, au mieux 1 % d’amélioration reste possible."),
        ("not_reached", 3, 5, False, f"{BY_HAND}."),
        ("optimal", 4, 4, True, f"{BY_HAND}."),
    ],
)
def test_the_first_sentence_of_what_was_changed_by_hand_says_as_much_as_is_known(
    status: str, value: int, bound: int, decided: bool, expected: str
) -> None:
    level = Level(name="comfort", value=value, bound=bound, status=status)  # type: ignore[arg-type]
    overruled = ({"rule": "availability"},) if decided else ()
    sentence = edited_sentence(Plan(levels=(level,), overruled=overruled))
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == expected
