"""Files larger than any territory are refused, those that are large are read at once."""

import json
from collections.abc import Iterator
from copy import deepcopy

import msgspec
import pytest

from planner.errors import ProblemError
from planner.problem import Interview
from planner.problem_file import check_problem, read_problem
from tests.planner.example_file import EXAMPLE, altered, written


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        read_problem(data)
    return caught.value.path, caught.value.reason


def test_a_million_interviews_are_refused_before_anything_is_made_of_them() -> None:
    one = json.dumps(EXAMPLE["interviews"][1]).encode()
    data = written({**EXAMPLE, "interviews": []}).replace(
        b'"interviews": []', b'"interviews": [' + b",".join([one] * 1_000_000) + b"]"
    )
    assert refusal(data) == ("", "the file has more than 32 MiB")


def test_a_person_with_thousands_of_absences_is_refused() -> None:
    away = EXAMPLE["staff"][0]["absences"][0]
    absences = [{**away, "id": f"a{number}"} for number in range(2_001)]
    assert refusal(altered("staff[0].absences", absences)) == (
        "staff[0].absences",
        "2001 entries are more than 2000",
    )


def test_a_year_of_a_thousand_people_is_refused() -> None:
    content = deepcopy(EXAMPLE)
    content["staff"] += [{"id": f"p{number}", "name": "P"} for number in range(1_000)]
    assert read_problem(written(content)).staff
    content["last_on"] = "2027-02-28"
    assert refusal(written(content))[0] == "last_on"


def test_a_hundred_thousand_interviews_are_too_many() -> None:
    needs = [{**EXAMPLE["interviews"][1], "id": f"n{number}"} for number in range(100_000)]
    assert refusal(altered("interviews", needs)) == ("interviews", "100000 entries are more than 20000")


class Counted(tuple[Interview, ...]):
    """Needs that count how often somebody goes through them."""

    rounds = 0

    def __iter__(self) -> Iterator[Interview]:
        self.rounds += 1
        return super().__iter__()


@pytest.mark.parametrize("pins", [1, 50])
def test_needs_are_gone_through_as_often_however_many_are_pinned(pins: int) -> None:
    content = deepcopy(EXAMPLE)
    content["interviews"] = [{**EXAMPLE["interviews"][0], "id": f"p{number}"} for number in range(50)]
    content["pins"] = [{**EXAMPLE["pins"][0], "need": f"p{number}"} for number in range(pins)]
    known = read_problem(written(content))
    needs = Counted(known.interviews)
    check_problem(msgspec.structs.replace(known, interviews=needs))
    assert 1 <= needs.rounds <= 10
