"""What is asked and not planned: sessions, permanences, urgent needs and the rest."""

from datetime import date

from planner.problem import CadenceException, Closure, HistoryDate, Problem
from tests.planner.build import (
    MONDAY,
    bureau,
    cadence,
    changed,
    day,
    interview,
    items,
    need,
    office,
    permanence,
    plan,
    problem,
    promotion,
    sequence,
    session,
    site,
    workshop,
)

EMPTY = plan()


def permanences_missing(facts: Problem, planned: object = EMPTY) -> dict[str, int]:
    return items(facts, planned, "unmet_permanences")


def test_a_monthly_cadence_misses_what_it_asks_less_what_is_placed() -> None:
    facts = problem(cadences=(cadence(asked=3),))
    assert permanences_missing(facts) == {"visits 2026-03": 3}
    assert permanences_missing(facts, plan(permanence())) == {"visits 2026-03": 2}


def test_each_calendar_month_asks_for_itself() -> None:
    facts = problem(cadences=(cadence(asked=2, up_to=1),), last_on=date(2026, 4, 30))
    march = plan(permanence(day(2)), permanence(day(9)), permanence(day(16)))
    assert permanences_missing(facts, march) == {"visits 2026-04": 2}


def test_what_took_place_before_today_or_outside_the_horizon_is_not_asked_again() -> None:
    history = (HistoryDate(on=day(3), half_day="am"), HistoryDate(on=day(20), half_day="am"))
    mid_march = problem(cadences=(cadence(asked=4, history=history),), today_on=day(10))
    assert permanences_missing(mid_march) == {"visits 2026-03": 3}
    second_half = changed(mid_march, first_on=day(16), today_on=day(16))
    assert permanences_missing(second_half) == {"visits 2026-03": 3}
    before = plan(permanence(day(4)))
    assert permanences_missing(changed(mid_march, published=before), before) == {"visits 2026-03": 2}


def test_a_whole_day_counts_two() -> None:
    facts = problem(cadences=(cadence(length="day", asked=2),))
    assert permanences_missing(facts) == {"visits 2026-03": 4}
    assert permanences_missing(facts, plan(permanence())) == {"visits 2026-03": 3}


def test_a_weekly_cadence_asks_each_of_its_weekdays_that_opens() -> None:
    closed = site(closures=(Closure(id="works", from_on=day(9), until_on=day(9)),))
    mondays = cadence(
        asked=0,
        weekdays=(1,),
        exceptions=(CadenceException(on=day(16)), CadenceException(on=day(23), to_on=day(24))),
    )
    facts = problem(cadences=(mondays,), sites=(closed, bureau()), holidays=(day(30),))
    assert permanences_missing(facts) == {"visits": 2}
    assert permanences_missing(facts, plan(permanence(day(24)))) == {"visits": 1}


def test_a_closed_half_day_leaves_the_other_to_a_cadence_that_takes_either() -> None:
    closed = site(closures=(Closure(id="works", from_on=day(9), until_on=day(9), half_day="am"),))
    for length, missing in (("half", 5), ("pm", 5), ("am", 4), ("day", 8)):
        weekly = cadence(asked=0, weekdays=(1,), length=length)
        facts = problem(cadences=(weekly,), sites=(closed, bureau()))
        assert permanences_missing(facts) == {"visits": missing}
    afternoon = site(closures=(Closure(id="works", from_on=day(9), until_on=day(9), half_day="pm"),))
    for length, missing in (("pm", 4), ("am", 5)):
        weekly = cadence(asked=0, weekdays=(1,), length=length)
        facts = problem(cadences=(weekly,), sites=(afternoon, bureau()))
        assert permanences_missing(facts) == {"visits": missing}


def test_easter_monday_is_not_asked_and_the_other_mondays_of_april_are() -> None:
    april = {"first_on": date(2026, 4, 1), "last_on": date(2026, 4, 30), "holidays": (date(2026, 4, 6),)}
    facts = problem(cadences=(cadence(asked=0, weekdays=(1,)),), **april)
    assert permanences_missing(facts) == {"visits": 3}


def test_a_cadence_that_follows_asks_one_for_each_day_of_sessions() -> None:
    follows = cadence(asked=0, follows="spring", length="am")
    facts = problem(
        cadences=(follows,), promotions=(promotion(sequence("s1"), sequence("s2", intervention=True)),)
    )
    afternoons = (session("s1", MONDAY, "14:00", "16:00"), session("s2", day(9), "14:00", "16:00"))
    assert permanences_missing(facts) == {}
    assert permanences_missing(facts, plan(*afternoons)) == {"visits": 2}
    assert permanences_missing(facts, plan(*afternoons, permanence())) == {"visits": 1}


def test_compulsory_sequences_of_the_horizon_are_missing_until_placed_or_done() -> None:
    group = promotion(
        sequence("placed"),
        sequence("done", done_on=date(2026, 2, 20)),
        sequence("missing"),
        sequence("optional", compulsory=False),
        sequence("partner", intervention=True),
    )
    planned = plan(session("placed"))
    facts = problem(promotions=(group,))
    assert items(facts, planned, "unmet_sessions") == {"spring/missing": 1, "spring/partner": 1}
    assert items(facts, planned, "unmet_rest") == {"spring/optional": 6}


def test_compulsory_workshops_are_sessions_and_the_others_are_rest() -> None:
    compulsory = problem(cadences=(cadence("workshops", kind="session", asked=2, compulsory=True),))
    optional = problem(cadences=(cadence("workshops", kind="session", asked=2, length="day"),))
    assert items(compulsory, plan(workshop()), "unmet_sessions") == {"workshops 2026-03": 1}
    assert items(optional, plan(workshop()), "unmet_rest") == {"workshops 2026-03": 6}
    assert permanences_missing(optional) == {}


def test_an_urgent_need_costs_one_and_its_misses() -> None:
    facts = problem(interviews=(need(priority="urgent", misses=2), need("n2", priority="urgent", count=3)))
    planned = plan(office(), interview("n2"))
    assert items(facts, planned, "unmet_urgent") == {"n1": 3, "n2": 2}


def test_other_needs_cost_their_weight_times_their_misses() -> None:
    needs = (need(misses=1), need("n2", priority="flexible", count=2), need("n3"))
    facts = problem(interviews=needs)
    assert items(facts, plan(office(), interview("n3")), "unmet_rest") == {"n1": 6, "n2": 2}
    dearer = changed(facts, weights={"rest_normal": 10, "rest_flexible": 0})
    assert items(dearer, EMPTY, "unmet_rest") == {"n1": 20, "n3": 10}


def counts(from_on: date, until_on: date) -> bool:
    """Whether a need with this window counts in March when it is not placed."""
    facts = problem(interviews=(need(from_on=from_on, until_on=until_on),))
    return bool(items(facts, EMPTY, "unmet_rest"))


def test_a_need_belongs_to_the_month_with_more_days_of_its_window() -> None:
    assert counts(date(2026, 2, 27), day(3))
    assert not counts(date(2026, 2, 26), day(2))
    assert not counts(day(31), date(2026, 4, 2))


def test_a_need_with_equal_days_belongs_to_the_earlier_month() -> None:
    assert not counts(date(2026, 2, 27), day(2))
    assert counts(day(30), date(2026, 4, 2))


def test_a_window_of_many_months_belongs_to_the_first_of_the_longest() -> None:
    assert not counts(date(2026, 1, 1), date(2026, 12, 31))
    assert counts(date(2026, 2, 1), date(9999, 12, 31))


def test_each_need_counts_on_its_own_level_alone() -> None:
    both = problem(interviews=(need(priority="urgent"), need("n2"), need("n3", priority="flexible")))
    assert items(both, EMPTY, "unmet_urgent") == {"n1": 1}
    assert items(both, EMPTY, "unmet_rest") == {"n2": 3, "n3": 1}


def test_a_cadence_that_follows_asks_nothing_where_its_site_is_shut_or_the_day_moved_away() -> None:
    group = (promotion(sequence("s1")),)
    held = plan(session("s1", MONDAY, "14:00", "16:00"))
    closed = site(closures=(Closure(id="works", from_on=MONDAY, until_on=MONDAY, half_day="am"),))
    mornings = problem(
        cadences=(cadence(asked=0, follows="spring", length="am"),),
        promotions=group,
        sites=(closed, bureau()),
    )
    assert permanences_missing(mornings, held) == {}
    for to_on, missing in ((None, {}), (day(3), {"visits": 1}), (date(2026, 4, 1), {}), (day(8), {})):
        moved = cadence(asked=0, follows="spring", exceptions=(CadenceException(on=MONDAY, to_on=to_on),))
        assert permanences_missing(problem(cadences=(moved,), promotions=group), held) == missing


def test_only_the_sessions_of_the_promotion_itself_are_followed() -> None:
    groups = (promotion(sequence("s1")), promotion(sequence("s1"), id="autumn"))
    follows = problem(cadences=(cadence(asked=0, follows="spring"),), promotions=groups)
    assert permanences_missing(follows, plan(session("s1", promotion="autumn"))) == {}
    assert permanences_missing(follows, plan(session("s1"))) == {"visits": 1}


def test_a_date_moved_out_of_the_horizon_or_from_another_weekday_is_not_asked() -> None:
    def mondays(on: date, to_on: date) -> dict[str, int]:
        moved = CadenceException(on=on, to_on=to_on)
        return permanences_missing(problem(cadences=(cadence(asked=0, weekdays=(1,), exceptions=(moved,)),)))

    assert mondays(day(30), date(2026, 4, 1)) == {"visits": 4}
    assert mondays(day(31), day(25)) == {"visits": 5}
    assert mondays(date(2026, 4, 6), day(31)) == {"visits": 6}


def test_published_sessions_before_today_are_not_asked_again_and_those_of_others_are_no_matter() -> None:
    workshops = cadence("workshops", kind="session", asked=3)
    others = cadence("others", kind="session", asked=3)
    published = plan(workshop(1, day(3)), workshop(2, day(20)), permanence(day(4)))
    facts = problem(cadences=(workshops, others, cadence(asked=3)), today_on=day(9), published=published)
    assert items(facts, EMPTY, "unmet_rest") == {"workshops 2026-03": 12, "others 2026-03": 18}
    assert permanences_missing(facts) == {"visits 2026-03": 2}


def test_what_is_published_after_the_horizon_or_today_and_of_which_cadence() -> None:
    published = plan(permanence(day(20)), permanence(day(4), cadence="more"), permanence(day(9)))
    both = (cadence(asked=3), cadence("more", asked=3))
    facts = problem(cadences=both, today_on=day(9), last_on=day(15), published=published)
    assert permanences_missing(facts) == {"visits 2026-03": 2, "more 2026-03": 2}


def test_compulsory_and_other_workshops_are_counted_apart() -> None:
    facts = problem(
        cadences=(
            cadence("sport", kind="session", asked=1, compulsory=True),
            cadence("outing", kind="session", asked=2),
            cadence(asked=1),
        )
    )
    assert items(facts, EMPTY, "unmet_sessions") == {"sport 2026-03": 1}
    assert items(facts, EMPTY, "unmet_rest") == {"outing 2026-03": 12}
    assert permanences_missing(facts) == {"visits 2026-03": 1}


def test_what_the_plan_has_before_today_does_not_count_for_what_is_asked_from_today_on() -> None:
    facts = problem(cadences=(cadence(asked=2),), today_on=day(9))
    assert permanences_missing(facts, plan(permanence(day(4)))) == {"visits 2026-03": 2}
    assert permanences_missing(facts, plan(permanence(day(9)))) == {"visits 2026-03": 1}


def test_a_sequence_published_outside_the_horizon_is_not_missing() -> None:
    group = promotion(sequence("s1", from_on=date(2026, 2, 20)), sequence("s2"))
    for on, missing in ((date(2026, 2, 27), ["spring/s2"]), (day(3), ["spring/s1", "spring/s2"])):
        facts = problem(promotions=(group,), published=plan(session("s1", on)))
        assert list(items(facts, EMPTY, "unmet_sessions")) == missing


def test_a_sequence_of_another_month_is_not_missing_in_this_one() -> None:
    late = sequence("s1", from_on=day(30), until_on=date(2026, 4, 3))
    early = sequence("s2", from_on=day(29), until_on=date(2026, 4, 3))
    facts = problem(promotions=(promotion(late, early),))
    assert items(facts, EMPTY, "unmet_sessions") == {"spring/s2": 1}
