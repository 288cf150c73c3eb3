"""why-not, suggest, replan, compare on files: as text and as JSON; what makes no sense ends with code 2."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.problem import Absence
from planner.problem_file import problem_sha256, write_plan, write_problem
from service.cli import main
from tests.planner.build import (
    MONDAY,
    at,
    cadence,
    changed,
    day,
    interview,
    need,
    office,
    permanence,
    person,
    plan,
    problem,
    site,
)

Run = Callable[..., tuple[int, str, str]]
AWAY = Absence(id="leave", starts_at=at(MONDAY, "00:00"), ends_at=at(day(3), "00:00"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command beside a month of one day in which a permanence is missing, and two plans of it."""
    monkeypatch.chdir(tmp_path)
    facts = problem(
        first_on=MONDAY,
        last_on=MONDAY,
        sites=(site("prison", name="Gagny", demands_accreditation=True), site("bureau", kind="bureau")),
        staff=(person("AR", absences=(AWAY,)), person("BK")),
        cadences=(cadence(),),
        interviews=(need(sites=("bureau",), referent="BK"),),
    )
    known = problem_sha256(write_problem(facts))
    held = plan(office(staff="BK"), interview(staff="BK"))
    Path("month.json").write_bytes(write_problem(facts))
    Path("plan.json").write_bytes(write_plan(changed(held, problem_sha256=known)))
    Path("empty.json").write_bytes(write_plan(plan()))
    Path("published.json").write_bytes(write_problem(changed(facts, published=held)))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capfdbinary.readouterr()
        return code, out.decode().replace("\N{NO-BREAK SPACE}", " "), err.decode()

    return call


def answer(outcome: tuple[int, str, str]) -> Any:
    code, out, err = outcome
    assert code == 0, err
    return json.loads(out)


def test_why_not_speaks_of_records_in_french(run: Run) -> None:
    code, out, _ = run("why-not", "month.json", "plan.json")
    assert code == 0
    assert out.splitlines()[:3] == [
        "Permanence visits : impossible  [visits]",
        "  A.R. : absence le lundi 2 mars.",
        "  B.K. : pas d’autorisation d’accès à Gagny.",
    ]
    assert "  → Autoriser B.K. à entrer à Gagny : lundi 2 mars" in out


def test_why_not_as_json_names_facts_and_repairs(run: Run) -> None:
    (found,) = answer(run("why-not", "month.json", "plan.json", "--cadence", "visits", "--json"))["why_not"]
    assert (found["status"], found["count"], found["is_smallest"]) == ("impossible", 1, True)
    assert {fact["kind"] for fact in found["facts"]} <= {"absence", "authorisation"}
    repair = found["repairs"][0]
    assert repair["change"] == {"type": "staff_authorised", "staff": "BK", "site": "prison"}
    assert repair["costs"]["unmet_permanences"] == -1
    assert repair["placement"]["staff"] == ["BK"]


def test_suggest_prints_the_best_places(run: Run) -> None:
    found = answer(run("suggest", "month.json", "empty.json", "--need", "n1", "--count", "3", "--json"))
    assert [one["placement"]["staff"] for one in found["suggestions"]] == [["BK"]] * 3
    code, out, _ = run("suggest", "month.json", "empty.json", "--need", "n1", "--count", "1")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith("lundi 2 mars à ")


def test_compare_sums_items_to_levels(run: Run) -> None:
    found = answer(run("compare", "month.json", "empty.json", "plan.json", "--json"))
    for level in found["levels"]:
        assert sum(one["after"] - one["before"] for one in level["items"]) == level["after"] - level["before"]
    assert [one["name"] for one in found["things"]] == ["interview n1"]
    code, out, _ = run("compare", "month.json", "empty.json", "plan.json", "--staff", "AR")
    assert (code, "n1" in out.splitlines()[-1]) == (0, False)


def test_replan_under_changed_facts_says_who_is_to_be_told(run: Run, tmp_path: Path) -> None:
    options = ("--out", "again.json", "--problem-out", "if.json", "--workers", "1", "--json")
    change = "staff_away staff=BK from_on=2026-03-02 until_on=2026-03-02 half_day=am"
    found = answer(run("replan", "published.json", *options, "--change", change))
    assert (found["staff"], found["sites"]) == (["BK"], ["bureau"])
    assert found["changes"][0]["after"]["start"] == "14:00"
    assert run("audit", "if.json", "again.json")[0] == 0
    code, out, _ = run("replan", "published.json", "--out", "same.json", "--workers", "1")
    assert (code, out) == (0, "Rien ne change.\n")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("why-not", "month.json", "plan.json", "--need", "nobody"), "nobody"),
        (("why-not", "month.json", "plan.json", "--need", "n1"), "n1"),
        (("why-not", "month.json", "plan.json", "--need", "n1", "--cadence", "visits"), "one of them"),
        (("why-not", "month.json", "plan.json", "--sequence", "alone"), "PROMOTION/SEQUENCE"),
        (("why-not", "published.json", "plan.json"), "another problem"),
        (("suggest", "month.json", "plan.json"), "one of them"),
        (("suggest", "published.json", "plan.json", "--need", "n1"), "another problem"),
        (("suggest", "month.json", "plan.json", "--cadence", "nobody"), "nobody"),
        (("suggest", "month.json", "plan.json", "--cadence", "visits", "--on", "monday"), "monday"),
        (("compare", "month.json", "plan.json", "empty.json", "--staff", "ZZ"), "ZZ"),
        (("compare", "published.json", "plan.json", "empty.json"), "another problem"),
        (("replan", "month.json", "--out", "again.json"), "nothing is published"),
        (
            ("replan", "published.json", "--out", "again.json", "--change", "staff_leaves on=2026-03-02"),
            "staff",
        ),
        (
            (
                "replan",
                "published.json",
                "--out",
                "again.json",
                "--change",
                "staff_leaves staff=Z on=2026-03-02",
            ),
            "Z",
        ),
    ],
)
def test_what_makes_no_sense_is_one_line_and_nothing_is_written(
    run: Run, arguments: tuple[str, ...], named: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert named in err
    assert not Path("again.json").exists()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "Input data was truncated"),
        (b"{", "truncated"),
        (b"[]", "object"),
        (b'{"format": "escale-plan/1", "nonsense": 1}', "nonsense"),
        (b'{"format": "escale-plan/2"}', "format"),
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("why-not", "month.json", "bad.json"),
        ("suggest", "month.json", "bad.json", "--need", "n1"),
        ("compare", "month.json", "plan.json", "bad.json"),
        ("replan", "bad.json", "--out", "again.json"),
    ],
)
def test_a_broken_file_is_named_with_its_field(
    run: Run, arguments: tuple[str, ...], body: bytes, named: str
) -> None:
    Path("bad.json").write_bytes(body)
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert "bad.json" in err
    assert arguments[0] == "replan" or named in err
    assert not Path("again.json").exists()


def test_facts_that_contradict_what_is_published_are_named(run: Run) -> None:
    facts = json.loads(Path("published.json").read_text())
    facts["published"]["interviews"][0]["staff"] = "GONE"
    Path("published.json").write_text(json.dumps(facts))
    code, out, err = run("replan", "published.json", "--out", "again.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "published.interviews[0].staff" in err
    assert not Path("again.json").exists()


def test_a_placed_permanence_is_no_question(run: Run) -> None:
    Path("held.json").write_bytes(write_plan(plan(permanence(MONDAY, "am", "BK"))))
    code, _, err = run("why-not", "month.json", "held.json", "--cadence", "visits")
    assert (code, "visits" in err) == (2, True)
