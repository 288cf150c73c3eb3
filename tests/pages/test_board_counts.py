"""What the board counts is what the computation counted: needs of this month, met wherever it may be."""

from datetime import timedelta

import msgspec

from planner.tally import asked, tally
from planner.territory import Territory
from service.catalogue import NBSP
from service.explaining.contents import left_out_now
from service.pages.board.activities import activities, marked
from service.pages.board.by_site import SiteRows
from service.pages.board.counts import counted_plan, counted_words
from service.pages.board.standing import Standing
from service.pages.month_board_view import Facts, Options, month_board
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_plan, sample_problem
from tests.planner.build import MONDAY, cadence, interview, need, permanence, plan, problem


def problem_and_plan():
    """Two needs of this month, of which one interview is met, and one of a later month that is met already."""
    later = need("n3", from_on=MONDAY + timedelta(days=60), until_on=MONDAY + timedelta(days=75))
    facts = problem(cadences=(cadence(asked=3),), interviews=(need("n1"), need("n2", count=2), later))
    made = plan(permanence(MONDAY), interview("n1"), interview("n3"))
    return facts, left_out_now(facts, made)


def test_the_board_and_the_computation_count_alike():
    facts, made = problem_and_plan()
    found = counted_plan(facts, made)
    assert found == tally(Territory(facts), made)
    assert (found.permanences, found.sessions, found.interviews) == ((1, 2), (0, 0), (1, 2))
    assert sum(found.interviews) == asked(facts).interviews[1]


def test_they_are_told_in_words_where_anything_is_asked():
    words = [one.replace(NBSP, " ") for one in counted_words(*problem_and_plan())]
    assert words == ["1 permanence sur 3", "1 entretien sur 3"]


def test_what_is_held_at_a_distance_is_said_as_no_row_of_a_site_counts_it():
    facts, made = sample_problem(), sample_plan()
    called = made.interviews[0].need
    needs = tuple(
        msgspec.structs.replace(one, mode="phone", sites=()) if one.id == called else one
        for one in facts.interviews
    )
    facts = msgspec.structs.replace(facts, interviews=needs)
    made = msgspec.structs.replace(
        made,
        interviews=tuple(
            msgspec.structs.replace(one, site=None) if one.need == called else one for one in made.interviews
        ),
    )
    (office,) = [
        row
        for row in month_board(Facts(problem=facts, plan=made, labels=LABELS), Options()).rows
        if row.code == "bureau"
    ]
    found = counted_plan(facts, made).interviews
    calls = sum(found) - office.badge.asked
    assert calls
    assert counted_words(facts, made)[-1].replace(NBSP, " ").endswith(f" (dont {calls} à distance)")


def test_the_row_of_an_office_counts_the_needs_that_ask_for_it_wherever_they_are_met():
    facts, made = sample_problem(), sample_plan()
    elsewhere = msgspec.structs.replace(made.interviews[-1], site=None)
    made = msgspec.structs.replace(made, interviews=(*made.interviews[:-1], elsewhere))
    board = month_board(Facts(problem=facts, plan=made, labels=LABELS), Options())
    (office,) = [row for row in board.rows if row.code == "bureau"]
    found = counted_plan(facts, made).interviews
    assert (office.badge.placed, office.badge.asked) == (found[0], sum(found))


def test_the_count_of_a_row_leads_to_the_very_things_that_it_holds_against_a_rule():
    facts, made = sample_problem(), sample_plan()
    found = activities(facts, made)
    rows = {one.kind: one.site for one in found if one.kind in ("permanence", "interview")}
    every = marked(found, {one.key: ("le lieu ferme",) for one in found})
    board = month_board(
        Facts(
            problem=facts,
            plan=made,
            labels=LABELS,
            standing=Standing(problem=facts, against={one.key: one.against for one in every}),
        ),
        Options(),
    )
    told = SiteRows(facts, made, every, LABELS)
    badges = {row.code: row.badge.against for row in board.rows if row.badge}
    assert {code: len(told.broken(code)) for code in badges} == badges
    assert all(badges[site] for site in rows.values())
    assert {one.kind for one in told.broken(rows["interview"])} == {"interview"}


def test_an_empty_month_has_the_rows_of_the_office_and_of_the_team():
    problem = msgspec.structs.replace(
        sample_problem(),
        staff=tuple(msgspec.structs.replace(one, meetings=()) for one in sample_problem().staff),
    )
    rows = [row.code for row in month_board(Facts(problem=problem, labels=LABELS), Options()).rows]
    assert {"bureau", "equipe"} <= set(rows)


def test_an_interview_in_a_row_that_another_month_counts_is_said_beside_the_badge():
    facts, made = sample_problem(), sample_plan()
    held = next(one.need for one in made.interviews if one.site == "bureau")
    later = timedelta(days=60)
    needs = tuple(
        msgspec.structs.replace(one, from_on=one.from_on + later, until_on=one.until_on + later)
        if one.id == held
        else one
        for one in facts.interviews
    )

    def badge(problem):
        rows = month_board(Facts(problem=problem, plan=made, labels=LABELS), Options()).rows
        return next(row.badge for row in rows if row.code == "bureau")

    before, after = badge(facts), badge(msgspec.structs.replace(facts, interviews=needs))
    count = sum(one.need == held for one in made.interviews)
    assert (after.placed, after.beside, after.away) == (
        before.placed - count,
        before.beside + count,
        before.away,
    )
    in_row = sum(one.site == "bureau" for one in made.interviews)
    assert [one.placed - one.away + one.beside for one in (before, after)] == [in_row, in_row]
