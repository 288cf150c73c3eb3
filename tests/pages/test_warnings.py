"""What needs an eye in the panel: decisions, authorisations that ended lately or end soon, unless a later one follows."""

from datetime import date, timedelta

import msgspec

from db.records.staff import Accreditation as Noted
from db.records.staff import StaffMember
from planner.breach import Breach
from planner.plan import Plan
from planner.problem import Accreditation
from service.catalogue import NBSP
from service.errors import DraftNoLongerHolds
from service.french_text import day_date, half_day, initials
from service.pages.board.refused import refused_sentences
from service.pages.board.source import Month, last_authorisations
from service.pages.board.standing import Standing
from service.pages.board.warnings import warnings_of
from service.pages.month_board_view import Facts
from service.pages.shell import Shell
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem

TODAY = date(2026, 12, 10)


def told(*ends: date | None) -> list[tuple[str, str]]:
    """Label and kind of the warnings about one person and site."""
    problem = sample_problem()
    granted = tuple(Accreditation(site="gagny", until_on=on) for on in ends)
    first, *others = problem.staff
    staff = [msgspec.structs.replace(one, accreditations=()) for one in others]
    changed = msgspec.structs.replace(first, accreditations=granted)
    problem = msgspec.structs.replace(problem, staff=(changed, *staff), today_on=TODAY)
    facts = Facts(problem=problem, labels=LABELS)
    month = Month(facts=facts, plans=(), shown=None, active=None, numbers={})
    return [(one.label, one.kind) for one in warnings_of(month, Shell(territory="idf"))]


def test_what_ends_soon_and_what_ended_lately_is_told() -> None:
    assert told(TODAY + timedelta(days=12)) == [("dans 12 jours", "warn")]
    assert told(TODAY) == [("aujourd’hui", "warn")]
    assert told(TODAY - timedelta(days=5)) == [("finie", "bad")]


def test_what_is_far_or_followed_by_another_is_no_worry() -> None:
    assert told(TODAY + timedelta(days=61)) == []
    assert told(TODAY - timedelta(days=61)) == []
    assert told(TODAY - timedelta(days=5), TODAY + timedelta(days=200)) == []
    assert told(TODAY - timedelta(days=5), None) == []


def test_an_authorisation_that_ends_leads_to_the_form_that_renews_it() -> None:
    problem, ends_on = sample_problem(), TODAY - timedelta(days=5)
    first, *others = problem.staff
    granted = (Accreditation(site="gagny", until_on=ends_on),)
    staff = (msgspec.structs.replace(first, accreditations=granted), *others)
    facts = Facts(
        problem=msgspec.structs.replace(problem, staff=staff, today_on=TODAY),
        labels=LABELS,
    )
    noted = Noted(site="gagny", until_on=ends_on, asked_on=date(2026, 6, 1))
    month = Month(
        facts=facts,
        plans=(),
        shown=None,
        active=None,
        numbers={},
        authorised={(first.id, "gagny"): noted},
    )
    ended = next(one for one in warnings_of(month, Shell(territory="idf")) if one.label == "finie")
    form = f"/t/idf/fiche/autorisations/nouveau?staff={first.id}&site=gagny"
    assert ended.address == f"{form}&from_on=2026-12-06&asked_on=2026-06-01"
    forgotten = warnings_of(month._replace(authorised={}), Shell(territory="idf"))
    assert "/t/idf/equipe" in {one.address for one in forgotten}


def test_of_several_authorisations_the_last_is_renewed() -> None:
    ends = [date(2026, 12, 31), date(2027, 6, 30), date(2026, 6, 30)]
    own = tuple(Noted(site="gagny", until_on=on) for on in ends)
    person = StaffMember(code="AR", name="A.R.", accreditations=own)
    assert last_authorisations([person]) == {("AR", "gagny"): own[1]}


def test_a_decision_names_what_it_is_about_as_the_tile_does() -> None:
    problem = sample_problem()
    need = problem.interviews[0]
    broken = Breach(rule="interview_window", code="outside_dates", about=f"{need.id}#1", on=TODAY)
    standing = Standing(problem=problem, decided=(broken,))
    facts = Facts(problem=problem, labels=LABELS, standing=standing)
    month = Month(facts=facts, plans=(), shown=None, active=None, numbers={})
    (decision,) = [one for one in warnings_of(month, Shell(territory="idf")) if one.label == "Décision"]
    assert decision.words.startswith("Entretien F.M.")
    assert need.id not in decision.words


def test_a_decision_against_a_missing_authorisation_leads_to_where_it_is_noted() -> None:
    problem = sample_problem()
    person, site, need = problem.staff[0].id, problem.sites[0].id, problem.interviews[0].id
    lacking = Breach(rule="accreditation", code="not_accredited", about=person, on=TODAY, site=site)
    standing = Standing(problem=problem, decided=(lacking, lacking._replace(about=f"{need}#1")))
    facts = Facts(problem=problem, labels=LABELS, standing=standing)
    month = Month(facts=facts, plans=(), shown=None, active=None, numbers={})
    told = [one for one in warnings_of(month, Shell(territory="idf")) if one.label == "Décision"]
    form = f"/t/idf/fiche/autorisations/nouveau?staff={person}&site={site}"
    assert [one.address for one in told] == [form, ""]


def test_a_refusal_to_publish_tells_sentences_never_codes() -> None:
    problem = sample_problem()
    need, person = problem.interviews[0], problem.staff[0].id
    travel = {"rule": "one_place_at_a_time", "about": person, "on": "2026-12-10", "amount": 40}
    lost = [
        {**travel, "text": "travel fact=a > b"},
        {**travel, "amount": 1, "text": "two_presences half_day=am fact=b + a"},
        {"rule": "interview_window", "about": f"{need.id}#1", "on": "2026-12-10", "text": "outside_dates"},
        {"rule": "unknown", "about": "levels[0]", "text": "not the level of that place"},
        {"rule": "unknown", "about": "permanences[3].staff[0]", "text": "no staff member has the id 'ZZ'"},
        {"rule": "unknown", "about": "interviews[0].need", "text": "no need has the id 'KM4821'"},
    ]
    plan = sample_plan()
    gone = msgspec.structs.replace(plan.permanences[3], staff=("ZZ",))
    unasked = msgspec.structs.replace(plan.interviews[0], need="KM4821")
    plan = Plan(permanences=(*plan.permanences[:3], gone), interviews=(unasked,))
    facts = Facts(problem=problem, labels=LABELS, plan=plan)
    told = [one.replace(NBSP, " ") for one in refused_sentences(DraftNoLongerHolds(lost=lost), facts)]
    assert told == [
        "Ce brouillon nomme ce que les données ne connaissent plus, le tableau dit où : il ne peut pas être vérifié.",
        f"La permanence « {LABELS.names.get(gone.cadence, gone.cadence)} », {day_date(gone.on)} {half_day(gone.half_day)}, Z.Z. : "
        "Z.Z. n’est plus dans l’équipe. Pour publier, retirez ce rendez-vous du brouillon ou replanifiez.",
        f"L’entretien KM4821, {day_date(unasked.starts_at.date())}, {initials(unasked.staff)} : "
        "cet entretien n’est plus demandé. Pour publier, retirez ce rendez-vous du brouillon ou replanifiez.",
        f"{initials(person)} devrait être à deux endroits à la fois le jeudi 10 décembre matin : "
        "un autre engagement et un autre engagement.",
        "Entretien F.M. : hors des dates demandées (le jeudi 10 décembre).",
    ]


def test_decisions_are_counted_as_they_are_told_when_a_month_is_over() -> None:
    person = sample_problem().staff[0].id
    one = {"rule": "one_place_at_a_time", "about": person, "on": "2026-12-10", "because": []}
    kept = (
        {**one, "amount": 40, "text": "travel fact=a > b"},
        {**one, "amount": 1, "text": "two_presences half_day=am fact=b + a"},
    )
    facts = Facts(problem=sample_problem(), plan=Plan(overruled=kept), labels=LABELS)
    month = Month(facts=facts, plans=(), shown=None, active=None, numbers={})
    told = [one for one in warnings_of(month, Shell(territory="idf")) if one.label == "Décision"]
    assert (facts.decisions, len(told)) == (1, 1)
