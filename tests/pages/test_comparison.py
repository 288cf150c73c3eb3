"""Two versions side by side: in people's words, in the order of the day, each with its date."""

from datetime import timedelta

import msgspec

from planner.breach import Breach
from planner.problem import Booked
from service.catalogue import NBSP
from service.messages.breach_sentence import breach_sentence
from service.pages.board.version import Version
from service.pages.comparison import compare
from service.pages.late_bookings import late_bookings
from service.pages.month_board_view import Facts, Options, month_board
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem


def test_no_change_names_the_code_of_a_need():
    found = compare(sample_problem(), LABELS, None, sample_plan())
    named = [one.what for one in found.changes if one.key.startswith("interview:")]
    assert named
    assert not [what for what in named if "/" in what]


def test_changes_stand_in_the_order_of_the_day():
    found = compare(sample_problem(), LABELS, None, sample_plan())
    order = [(one.on, one.starts) for one in found.changes]
    assert order == sorted(order)


def test_who_takes_over_reads_on_which_day():
    before = sample_plan()
    first = before.permanences[0]
    others = tuple(one for one in before.permanences if one is not first)
    taken_over = msgspec.structs.replace(first, staff=("ZZ",))
    after = msgspec.structs.replace(before, permanences=(taken_over, *others))
    (change,) = compare(sample_problem(), LABELS, before, after).changes
    (theirs,) = [
        one for one in compare(sample_problem(), LABELS, before, after).by_person if one.name == "Z.Z."
    ]
    assert change.after.endswith("Z.Z.")
    assert str(first.on.day) in change.after
    assert theirs.changes == (change,)
    assert theirs.words == "1 demi-journée\N{NO-BREAK SPACE}: 1 permanence"


def test_a_workshop_at_another_date_has_moved_and_is_neither_new_nor_called_off():
    before = sample_plan()
    first = next(one for one in before.sessions if one.cadence)
    later = msgspec.structs.replace(
        first, starts_at=first.starts_at + timedelta(days=1), ends_at=first.ends_at + timedelta(days=1)
    )
    others = tuple(one for one in before.sessions if one is not first)
    after = msgspec.structs.replace(before, sessions=(later, *others))
    (change,) = compare(sample_problem(), LABELS, before, after).changes
    assert change.before
    assert change.after
    assert change.key != change.old_key


def test_a_thing_that_moves_is_listed_once_at_both_its_sites_and_with_its_own_people():
    """Two workshops of one cadence move at once: each stays with whoever holds it."""
    before = sample_plan()
    first = next(one for one in before.sessions if one.cadence)
    others = tuple(one for one in before.sessions if one.cadence != first.cadence)

    def week(at, people, site=first.site):
        days = timedelta(weeks=at)
        return msgspec.structs.replace(
            first,
            starts_at=first.starts_at + days,
            ends_at=first.ends_at + days,
            staff=people,
            site=site,
        )

    was, becomes = (
        msgspec.structs.replace(before, sessions=(*others, *sessions))
        for sessions in (
            (week(0, ("AR",)), week(1, ("NK",))),
            (week(2, ("NK",), "gagny"), week(3, ("AR",))),
        )
    )
    found = compare(sample_problem(), LABELS, was, becomes)
    assert sorted(one.people for one in found.changes) == [("AR",), ("NK",)]
    (hers,) = (one for one in found.changes if one.people == ("NK",))
    assert hers.sites == {first.site, "gagny"}


def test_a_first_publication_is_told_by_person_with_what_each_of_them_gets():
    found = compare(sample_problem(), LABELS, None, sample_plan())
    people = {name for change in found.changes for name in change.people}
    assert len(found.by_person) == len(people)
    assert [one.words.replace(NBSP, " ") for one in found.by_person] == [
        "22 demi-journées : 1 permanence, 3 séances, 32 entretiens",
        "2 demi-journées : 2 séances",
        "21 demi-journées : 3 permanences, 37 entretiens",
        "34 demi-journées : 4 permanences, 2 séances, 54 entretiens",
        "26 demi-journées : 3 permanences, 47 entretiens",
        "28 demi-journées : 5 permanences, 4 séances, 45 entretiens",
        "12 demi-journées : 12 séances",
    ]
    assert [one.name for one in found.by_person] == ["A.R.", "C.V.", "F.M.", "L.D.", "N.K.", "S.B.", "T.O."]


def test_changes_are_told_by_person_above_forty():
    problem, few = sample_problem(), sample_plan()
    every = few.interviews
    forty = msgspec.structs.replace(few, permanences=(), sessions=(), interviews=every[:40])
    more = msgspec.structs.replace(forty, interviews=every[:41])
    told = [compare(problem, LABELS, None, one) for one in (forty, more)]
    assert [(len(one.changes), one.folded) for one in told] == [(40, False), (41, True)]


def test_a_broken_rule_about_an_interview_names_whom_it_is_for():
    problem = sample_problem()
    need = problem.interviews[0]
    breach = Breach(rule="availability", code="", about=need.id, on=problem.first_on)
    assert need.id not in breach_sentence(breach, problem, {})


def test_a_version_changed_by_hand_says_so_after_its_publication_too():
    facts = Facts(
        problem=sample_problem(),
        plan=sample_plan(),
        labels=LABELS,
        version=Version(state="published", edited=True),
    )
    assert "modifié à la main" in month_board(facts, Options()).verdict


def test_who_keeps_a_session_beside_another_colleague_has_no_change():
    before = sample_plan()
    first = next(one for one in before.sessions if len(one.staff) > 1)
    kept, gone = first.staff[0], first.staff[1]
    others = tuple(one for one in before.sessions if one is not first)
    taken_over = msgspec.structs.replace(first, staff=(kept, "ZZ"))
    after = msgspec.structs.replace(before, sessions=(taken_over, *others))
    (change,) = compare(sample_problem(), LABELS, before, after).changes
    assert change.people == ("ZZ", gone)


def test_a_booked_slot_that_the_opening_has_no_more_is_told_before_publishing():
    kept = sample_plan().permanences[0]
    booked = tuple(
        Booked(cadence=kept.cadence, on=kept.on, half_day=kept.half_day, slot=slot) for slot in (0, 40)
    )
    now = msgspec.structs.replace(sample_problem(), booked=booked)
    (told,) = late_bookings(sample_plan(), now)
    assert "1 place tenue par un partenaire est à une heure que le lieu n’ouvre plus" in told
    assert told.endswith("Convenez d’une autre heure avec le partenaire.")
    assert not late_bookings(msgspec.structs.replace(sample_plan(), permanences=()), now)
