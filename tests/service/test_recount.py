"""Levels counted anew after an edit: what is proved stays proved, and nothing is less than nothing."""

from datetime import date

from planner.audit import AuditReport
from planner.breach import Breach
from service.translate.decided import decided_after, decision_of
from service.translate.recount import goes_against, recounted


def counted(levels: dict[str, tuple[int, int]], **goals: int) -> list[tuple[int, int, str]]:
    """`levels` are (value, bound) before the edit, all of them proved."""
    before = [
        {"name": name, "value": value, "bound": bound, "status": "optimal"}
        for name, (value, bound) in levels.items()
    ]
    found = recounted(before, AuditReport((), (), goals, {}))
    return [(one["value"], one["bound"], one["status"]) for one in found]


def test_a_value_that_an_edit_raises_keeps_its_bound() -> None:
    assert counted({"fairness": (10, 10)}, fairness=12) == [(12, 10, "bounded")]


def test_a_value_below_what_was_proved_has_no_proof() -> None:
    assert counted({"fairness": (10, 10)}, fairness=8) == [(8, 8, "not_reached")]


def test_what_was_never_searched_is_not_searched_by_an_edit() -> None:
    before = [{"name": "comfort", "value": 10, "bound": 0, "status": "not_reached"}]
    (now,) = recounted(before, AuditReport((), (), {"comfort": 12}, {}))
    assert (now["value"], now["status"]) == (12, "not_reached")


def test_a_value_of_nothing_is_proved_whatever_was_proved_before() -> None:
    before = {"unmet_permanences": (1, 1), "changes": (15, 15), "fairness": (10, 10)}
    assert counted(before, unmet_permanences=2, changes=0, fairness=10) == [
        (2, 1, "bounded"),
        (0, 0, "optimal"),
        (10, 10, "bounded"),
    ]


def test_an_edit_that_supposes_other_facts_proves_nothing_from_there_on() -> None:
    """One permanence more than what was proved possible: not even that no other need could be met."""
    before = {
        "unmet_sessions": (0, 0),
        "unmet_permanences": (1, 1),
        "unmet_urgent": (0, 0),
        "unmet_rest": (9, 9),
    }
    goals = {"unmet_sessions": 0, "unmet_permanences": 0, "unmet_urgent": 0, "unmet_rest": 9}
    assert counted(before, **goals) == [
        (0, 0, "optimal"),
        (0, 0, "not_reached"),
        (0, 0, "optimal"),
        (9, 9, "not_reached"),
    ]


def test_a_rule_broken_by_hand_leaves_the_gap_of_what_it_betters_without_proof() -> None:
    breach = Breach(rule="accreditation", code="", about="NK", on=date(2027, 1, 26))
    report = AuditReport((breach,), (), {"unmet_permanences": 2, "continuity": 4}, {})
    levels = [
        {"name": "unmet_permanences", "value": 3, "bound": 2, "status": "bounded"},
        {"name": "continuity", "value": 4, "bound": 4, "status": "optimal"},
    ]
    against = goes_against(report, ())
    found = recounted(levels, report, supposes=against)
    assert [(one["value"], one["status"]) for one in found] == [(2, "not_reached"), (4, "not_reached")]
    known = [{"rule": "accreditation", "about": "NK", "on": "2027-01-26", "amount": 1, "text": ""}]
    assert (against, goes_against(report, known)) == (True, False)
    worse = AuditReport((breach._replace(amount=2),), (), {}, {})
    assert goes_against(worse, known)


def test_an_edit_decides_what_it_breaks_and_what_was_decided_stays_so_at_most_as_much() -> None:
    fell, worse, new = [
        Breach(rule="workload", code=code, about="AR", on=date(2026, 12, 7), amount=3)
        for code in ("day_full", "week_full", "month_full")
    ]
    decided = [decision_of(worse._replace(amount=1))]
    less = worse._replace(amount=2)
    assert decided_after(decided, [fell, less], [fell, less]) == decided
    assert decided_after(decided, [fell, less], [worse, new]) == [decision_of(worse), decision_of(new)]
    assert decided_after([decision_of(worse)], [worse], [less]) == [decision_of(less)]
