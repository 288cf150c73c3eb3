"""Why something changes: whoever is absent by now is named, for permanences, their interviews and sessions alike."""

from datetime import date, datetime, time, timedelta

import msgspec

from planner.audit import Auditor
from planner.breach import Breach
from planner.plan import OfficeHalfDay, Plan, Reason, Unplaced
from planner.problem import Absence, Problem, Room
from service.pages.board.breach_keys import rows_by_breach
from service.pages.change_reasons import Hands, with_reasons
from service.pages.comparison import Change, compare
from service.pages.month_board_view import Facts
from service.translate.draft import as_items
from tests.pages.drawn_december import LABELS, ZONE, at
from tests.pages.sample_month import sample_plan, sample_problem


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)


def absent_all_month(who: str) -> Problem:
    problem = sample_problem()
    until = problem.last_on + timedelta(days=1)
    away = Absence(id="a", starts_at=midnight(problem.first_on), ends_at=midnight(until))
    # The pictures' month names a room that its sites leave out.
    sites = [msgspec.structs.replace(one, rooms=(Room(id="salle", seats=20),)) for one in problem.sites]
    staff = [
        msgspec.structs.replace(one, absences=(away,)) if one.id == who else one for one in problem.staff
    ]
    return msgspec.structs.replace(problem, staff=tuple(staff), sites=tuple(sites))


def changes(problem: Problem, before: Plan, after: Plan) -> dict[str, Change]:
    found = compare(problem, LABELS, before, after)
    told = with_reasons(found, Facts(problem=problem, labels=LABELS, plan=after), before, Hands())
    return {one.what: one for one in told.changes}


def test_a_session_whose_animator_is_absent_says_so():
    before = sample_plan()
    first = next(one for one in before.sessions if one.promotion)
    others = tuple(one for one in before.sessions if one is not first)
    taken_over = msgspec.structs.replace(first, staff=("ZZ", *first.staff[1:]))
    after = msgspec.structs.replace(before, sessions=(taken_over, *others))
    (change,) = changes(absent_all_month(first.staff[0]), before, after).values()
    assert "absence" in change.reason


def test_what_a_row_breaks_alone_is_its_reason_before_what_it_breaks_with_another():
    items = as_items(sample_plan(), sample_problem())
    one, other = (item for item in items[:2] if item.kind == "permanence")
    names = [f"{item.cadence_code} {item.held_on} {item.half_day}" for item in (one, other)]
    travel = Breach("one_place_at_a_time", "travel", "AR", one.held_on, 15, items=tuple(names))
    absent = Breach("availability", "absent", "AR", other.held_on, items=(names[1],))
    assert rows_by_breach([travel, absent], items) == {one.key: travel, other.key: absent}


def test_a_rule_that_somebody_decided_against_before_is_no_reason_for_a_change():
    permanence = sample_plan().permanences[0]
    problem = absent_all_month(permanence.staff[0])
    before = Plan(permanences=(permanence,))
    after = Plan(permanences=(msgspec.structs.replace(permanence, staff=("ZZ",)),))
    (forced,) = changes(problem, before, after).values()
    found = Auditor(msgspec.structs.replace(problem, pins=())).audit(before).violations
    kept = ("rule", "about", "amount", "text")
    decided = tuple(
        {"on": one.on.isoformat(), **{name: getattr(one, name) for name in kept}} for one in found
    )
    (free,) = changes(problem, msgspec.structs.replace(before, overruled=decided), after).values()
    assert ("absence" in forced.reason, free.reason) == (True, "")


def test_an_interview_changes_with_its_permanence():
    before = sample_plan()
    permanence = before.permanences[0]
    sites = {one.id: one.site for one in sample_problem().cadences}
    own = next(
        one
        for one in before.interviews
        if one.site == sites[permanence.cadence] and one.starts_at.astimezone(ZONE).date() == permanence.on
    )
    after = msgspec.structs.replace(
        before,
        permanences=(msgspec.structs.replace(permanence, staff=("ZZ",)), *before.permanences[1:]),
        interviews=tuple(
            msgspec.structs.replace(one, staff="ZZ") if one is own else one for one in before.interviews
        ),
    )
    found = changes(absent_all_month(permanence.staff[0]), before, after)
    reasons = [one.reason for one in found.values()]
    assert "Suit la permanence" in reasons
    assert any("absence" in reason for reason in reasons)


def test_a_session_in_a_room_that_is_gone_needs_no_reason():
    before = sample_plan()
    first = before.sessions[0]
    after = msgspec.structs.replace(before, sessions=before.sessions[1:])
    (change,) = changes(sample_problem(), before, after).values()
    assert (change.after, change.reason, first.room) == ("", "", "salle")


def test_what_moves_without_a_fact_against_it_says_to_what_it_leaves_its_place():
    before = sample_plan()
    problem = sample_problem()
    first, second = before.permanences[0], before.permanences[2]
    assert first.cadence != second.cadence
    others = [one for one in before.permanences if one not in (first, second)]
    later = msgspec.structs.replace(first, on=first.on + timedelta(days=7))
    instead = msgspec.structs.replace(second, on=first.on, half_day=first.half_day, staff=first.staff)
    after = msgspec.structs.replace(before, permanences=(later, instead, *others))
    found = with_reasons(
        compare(problem, LABELS, before, after),
        Facts(problem=problem, labels=LABELS, plan=after),
        before,
        Hands(),
        "Choisi par le calcul",
    )
    told = {one.about: one for one in found.changes if one.key.startswith("permanence:")}
    assert told[first.cadence].reason == f"Laisse sa place à\N{NO-BREAK SPACE}: {told[second.cadence].what}"


SANE = -1
"""An interview of the pictures' month that breaks no rule."""


def without_one(unplaced: tuple[Unplaced, ...]) -> tuple[Plan, Plan]:
    before = sample_plan()
    return before, msgspec.structs.replace(before, interviews=before.interviews[:SANE], unplaced=unplaced)


def test_an_interview_that_waits_for_another_place_is_not_called_off_and_says_why():
    need = sample_plan().interviews[SANE].need
    left_out = Unplaced(reason=Reason(code="workload"), need=need)
    before, after = without_one((left_out,))
    (change,) = changes(sample_problem(), before, after).values()
    assert change.left_out == left_out
    assert change.reason == "Le temps de travail de l’équipe est déjà plein."


def test_what_is_no_longer_asked_says_so():
    need = sample_plan().interviews[SANE].need
    problem = sample_problem()
    fewer = tuple(one for one in problem.interviews if one.id != need)
    before, after = without_one(())
    (change,) = changes(msgspec.structs.replace(problem, interviews=fewer), before, after).values()
    assert (change.left_out, change.reason) == (None, "N’est plus demandé")


def test_whatever_nobody_decided_and_nothing_forces_says_how_the_version_was_made():
    before = sample_plan()
    after = msgspec.structs.replace(
        before, permanences=(msgspec.structs.replace(before.permanences[0], staff=("ZZ",)),)
    )
    found = compare(sample_problem(), LABELS, before, after)
    facts = Facts(problem=sample_problem(), labels=LABELS, plan=after)
    told = with_reasons(found, facts, before, Hands(), made="Choisi par le calcul")
    assert {bool(one.reason) for one in told.changes} == {True}
    assert {one.reason for person in told.by_person for one in person.changes} >= {"Choisi par le calcul"}


def test_whoever_was_to_hold_an_interview_is_said_to_be_away_not_whom_they_meet():
    own = sample_plan().interviews[0]
    day_on = own.starts_at.astimezone(ZONE).date()
    office = OfficeHalfDay(staff=own.staff, site=own.site, on=day_on, half_day="am")
    before = msgspec.structs.replace(sample_plan(), office=(office,))
    after = msgspec.structs.replace(before, interviews=before.interviews[1:])
    (change,) = changes(absent_all_month(own.staff), before, after).values()
    assert change.reason.startswith(f"{own.staff[0]}.{own.staff[1]}.")
    assert "absence" in change.reason


def test_what_moves_with_nothing_in_its_place_says_what_stands_against_going_back() -> None:
    known = sample_problem()
    problem = msgspec.structs.replace(
        known,
        cadences=tuple(
            msgspec.structs.replace(one, min_days=14) if one.id == "sport" else one for one in known.cadences
        ),
        pins=(),
    )

    def held(*days: int) -> Plan:
        """Open sport sessions from half past one."""
        two = (one for one in sample_plan().sessions if one.cadence == "sport")
        return Plan(
            sessions=tuple(
                msgspec.structs.replace(
                    one, starts_at=at(day, "13:30"), ends_at=at(day, "15:30"), staff=("TO",)
                )
                for one, day in zip(two, days, strict=True)
            )
        )

    before, after = held(4, 18), held(3, 17)

    def reasons(after: Plan, hands: Hands) -> list[str]:
        found, facts = (
            compare(problem, LABELS, before, after),
            Facts(problem=problem, labels=LABELS, plan=after),
        )
        told = with_reasons(found, facts, before, hands, "Choisi par le calcul", computed=True)
        return [one.reason for one in told.changes]

    first, second = reasons(after, Hands({"session:sport:2026-12-17:13:30": "NK"}))
    assert first.startswith("À son ancienne place, une règle serait enfreinte\N{NO-BREAK SPACE}: ")
    assert "trop près d’une autre date" in first
    assert second == "Décidé par N.K."
    (costs,) = reasons(held(3, 18), Hands())
    assert costs.startswith("Son ancienne place coûterait plus (Équité dans l’équipe")
