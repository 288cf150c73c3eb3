"""A file that is no problem at all, or breaks off, or names things that no terminal should show: refused in one line."""

import pytest

from planner.errors import ProblemError
from planner.problem_file import read_problem
from tests.planner.example_file import EXAMPLE, altered


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        read_problem(data)
    assert "\n" not in str(caught.value)
    return caught.value.path, caught.value.reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'{"format":',
        b"\xff\xfe{}",
        b'{"pins":' + b"[" * 200_000,
        b'{"published":{"unplaced":[{"reason":{"code":"x","facts":[{"a":' + b"[" * 200_000,
        b'{"territory":"\\ud800"}',
        b" " * (33 * 1024 * 1024),
    ],
)
def test_what_is_no_problem_at_all_is_refused_without_a_traceback(data: bytes) -> None:
    with pytest.raises(ProblemError):
        read_problem(data)


@pytest.mark.parametrize("key", ["a\nb", "a\x00b", "\x1b[31m", "\u2028", "z" * 100_000])
def test_a_key_that_would_move_the_terminal_or_fill_it_is_told_in_one_line(key: str) -> None:
    path, reason = refusal(altered("sites[0]", {**EXAMPLE["sites"][0], key: 1}))
    assert path.startswith("sites[0].")
    assert path.isprintable()
    assert len(path) <= 300
    assert reason == "is not a field of this format"


REASON = "published.unplaced[0].reason.facts[0]"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b'{"weights": {"avoid": 1, "prefer": -1}, "zone": ', "weights"),
        (b'{"weights": {"avoid": 1, "prefer": -1}}', "weights.prefer"),
        (b'{"weights": {"avoid": 1e999}}', "weights.avoid"),
        (b'{"weights": {"": "x"}}', "weights."),
        (b'{"weights": {"b": "x"}, "weights": 3}', "weights"),
        (b'{"staff": [{"ledger": {"far": -3, "edges": 1.5}}]}', "staff[0].ledger.edges"),
        (b'{"published": {"unplaced": [{"reason": {"code": "x", "facts": [{"a": 1e999}]}}]}}', REASON),
        (b'{"published": {"overruled": [{"a": [1e999]}]}} x', "published.overruled[0]"),
    ],
)
def test_a_number_that_is_none_is_refused_at_its_place_also_where_the_file_breaks_off(
    data: bytes, path: str
) -> None:
    assert refusal(data)[0] == path
