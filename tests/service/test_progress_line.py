"""A solve seen from a terminal."""

from io import StringIO
from typing import NamedTuple

from service.progress_line import ProgressLine, progress_text


class At(NamedTuple):
    seconds: float
    level: str
    value: int
    bound: int


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_point_tells_time_level_value_bound_and_gap() -> None:
    text = progress_text("Somme", At(4.21, "unmet_rest", 36, 24)).replace("\N{NO-BREAK SPACE}", " ")
    assert (
        text == "Somme · 4,2 s · 5/8 Autres entretiens et séances non placés : 36, au mieux 24, écart 12,0 %"
    )


def test_a_proven_level_says_so_even_when_the_bound_has_no_sense_yet() -> None:
    assert progress_text("Somme", At(0.1, "changes", 0, -5)).endswith("prouvé")


def test_a_terminal_keeps_one_line_and_ends_clean() -> None:
    terminal = Terminal()
    line = ProgressLine(terminal, "Somme")
    for value in (30, 20, 10):
        line(At(0.5, "comfort", value, 10))
    line.end()
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\N{ESCAPE}[K")


def test_a_file_gets_one_line_a_second_and_the_last() -> None:
    file = StringIO()
    line = ProgressLine(file, "Somme")
    for seconds in (0.1, 0.5, 1.2, 1.3, 2.0):
        line(At(seconds, "comfort", 3, 1))
    line.end()
    assert [text.split(" · ")[1][:3] for text in file.getvalue().splitlines()] == ["1,2", "2,0"]
