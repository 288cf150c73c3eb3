"""A planned month in words: the answer first, then the grid, what is missing and why, the levels."""

from datetime import date

from msgspec.structs import replace

from planner.plan import LEVEL_NAMES, Level, Plan, PlannedPermanence, Reason, Unplaced
from planner.problem import Cadence, Interview, Opening, Problem, Promotion, Sequence, Site, StaffMember
from service.month_report import Names, month_report, short_report, unplaced_label

TUESDAY = Opening(weekday=2, half_day="pm", from_hour="14:00", to_hour="17:00")
MARCH = Problem(
    format="escale-problem/1",
    territory="essai",
    zone="Europe/Paris",
    first_on=date(2027, 3, 1),
    last_on=date(2027, 3, 31),
    sites=(
        Site(id="gagny", name="CSL Gagny", kind="semi_liberte", openings=(TUESDAY,)),
        Site(id="amiens", name="SPIP Amiens", kind="spip", openings=(TUESDAY,)),
    ),
    staff=(StaffMember(id="AR", name="A. R."),),
    cadences=(Cadence(id="gagny", site="gagny", asked=1), Cadence(id="amiens", site="amiens", asked=1)),
    promotions=(
        Promotion(
            id="sas",
            site="gagny",
            seats=8,
            sequences=(
                Sequence(
                    id="S6",
                    title="Bilan",
                    from_on=date(2027, 3, 1),
                    until_on=date(2027, 3, 31),
                    duration_minutes=120,
                ),
            ),
        ),
    ),
    interviews=(
        Interview(
            id="KM4821/suivi/2027-W10",
            participant="KM4821",
            kind="suivi",
            mode="phone",
            from_on=date(2027, 3, 8),
            until_on=date(2027, 3, 14),
        ),
    ),
)
NAMES = Names(
    "Essai",
    {"gagny": "Permanence Gagny", "amiens": "Permanence Amiens"},
    {"sas": "Promotion du SAS"},
    ["amiens", "gagny"],
)
LEFT = (
    Unplaced(cadence="gagny", count=2, reason=Reason(code="accreditation", facts=({"staff": "AR"},))),
    Unplaced(promotion="sas", sequence="S6", reason=Reason(code="speaker_present")),
    Unplaced(need="KM4821/suivi/2027-W10", reason=Reason(code="availability")),
)
PLAN = Plan(
    permanences=tuple(
        PlannedPermanence(cadence=cadence, on=date(2027, 3, day), half_day="pm", staff=("AR",))
        for cadence, day in (("gagny", 2), ("amiens", 9))
    ),
    unplaced=LEFT,
    levels=tuple(Level(name=name, value=1200, bound=1200, status="optimal") for name in LEVEL_NAMES),
)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_answer_comes_first() -> None:
    lines = plain(month_report(MARCH, PLAN, NAMES, width=120)).splitlines()
    assert lines[0] == "Essai · Mars 2027"
    assert lines[3] == "4 besoins non placés ; aucun planning meilleur n’existe avec ces données."


def test_each_thing_left_out_has_its_own_name_and_reason() -> None:
    labels = [plain(unplaced_label(one, MARCH, NAMES)) for one in LEFT]
    assert labels == [
        "Permanence Gagny × 2",
        "Promotion du SAS · Bilan",
        "Entretien de suivi par téléphone KM4821, 8 – 14 mars",
    ]
    report = plain(month_report(MARCH, PLAN, NAMES, width=120))
    assert "Permanence Gagny × 2 : A.R. : pas d’autorisation d’accès valable" in report


def test_all_eight_levels_are_told_with_value_bound_and_status() -> None:
    report = plain(month_report(MARCH, PLAN, NAMES, width=120))
    rows = [line for line in report.splitlines() if line.endswith("prouvé : rien de mieux")]
    assert len(rows) == 8
    assert all(row.count("1 200") == 2 for row in rows)


def test_sites_stand_in_the_order_of_the_territory() -> None:
    report = month_report(MARCH, PLAN, NAMES, width=120)
    assert report.index("SPIP Amiens") < report.index("CSL Gagny")


def test_the_sketch_says_what_it_was_made_from() -> None:
    report = plain(short_report(MARCH, PLAN, NAMES, width=120))
    assert "mars 2027, après une demi-heure de saisie" in report
    assert "ni promotion, ni personne accompagnée" in report


def test_what_is_closed_is_told_and_not_missing() -> None:
    weekly = Cadence(id="amiens", site="amiens", weekdays=(2,))
    march = replace(MARCH, cadences=(weekly,), holidays=(date(2027, 3, 9),))
    report = plain(month_report(march, replace(PLAN, permanences=(), unplaced=()), NAMES, width=120))
    assert "Fermé, donc pas demandé :\n  - Permanence Amiens : mardi 9 (jour férié)\n" in report
    assert "Fermé, donc" not in plain(month_report(MARCH, PLAN, NAMES, width=120))
