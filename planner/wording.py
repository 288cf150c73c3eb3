"""A program in the format of the linear solvers: laid out once, however often its bounds and its levels change.

Term by term, handing a program over takes as long as solving its relaxation.
"""

from collections.abc import Iterable
from math import inf

from ortools.linear_solver.linear_solver_pb2 import MPModelProto

from planner.program import PULSE_EVERY, UNBOUNDED, Program, Row, Terms


def held_rows(program: Program, held: dict[str, int]) -> list[Row]:
    """The rows that keep settled levels at most at their values."""
    return [
        Row(tuple(program.costs[level].items()), -UNBOUNDED, most - program.constants[level])
        for level, most in held.items()
        if program.costs[level]
    ]


class Wording:
    """The words of one program and of all that differ from it in the bounds of their variables alone.

    Of the rows that only hold up a cost, those of levels still to come are left out of each message.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._message: MPModelProto | None = None
        self._firm: list[Row] = []
        self._idle: list[tuple[set[int], Row]] = []

    def of(self, program: Program, held: dict[str, int], level: str) -> tuple[MPModelProto, list[Row]]:
        """The question for the least of a level where others are held at most at a value, and its rows in their order."""
        message = MPModelProto()
        message.CopyFrom(self._laid())
        for variable, low, high in zip(message.variable, program.lower, program.upper, strict=True):
            variable.lower_bound, variable.upper_bound = low, high
        for number, price in program.costs[level].items():
            message.variable[number].objective_coefficient = price
        paid = {variable for name in (*held, level) for variable in program.costs[name]}
        more = [row for lazy, row in self._idle if lazy <= paid] + held_rows(program, held)
        _add(message, more)
        return message, [*self._firm, *more]

    def _laid(self) -> MPModelProto:
        if self._message is None:
            program = self._program
            firm: list[Row] = []
            idle: list[tuple[set[int], Row]] = []
            for _, row in program.each_row():
                lazy = {variable for variable, _ in row.terms if variable in program.lazy}
                if lazy:
                    idle.append((lazy, row))
                else:
                    firm.append(row)
            message = _empty(program)
            _add(message, _in_turn(program, firm))
            # Only now: a walk that was ended is begun anew.
            self._firm, self._idle, self._message = firm, idle, message
        return self._message


def worded(program: Program, rows: list[Row], level: str) -> MPModelProto:
    """The question for the least of a level under these rows alone."""
    message = _empty(program)
    for number, price in program.costs[level].items():
        message.variable[number].objective_coefficient = price
    _add(message, _in_turn(program, rows))
    return message


def _empty(program: Program) -> MPModelProto:
    message = MPModelProto()
    for low, high in zip(program.lower, program.upper, strict=True):
        message.variable.add(lower_bound=low, upper_bound=high)
    return message


def _in_turn(program: Program, rows: list[Row]) -> Iterable[Row]:
    """The rows; long walks can be ended."""
    for number, row in enumerate(rows):
        if not number % PULSE_EVERY:
            program.pulse()
        yield row


def _add(message: MPModelProto, rows: Iterable[Row]) -> None:
    for terms, low, high in rows:
        sums = _summed(terms)
        message.constraint.add(
            lower_bound=low if low > -UNBOUNDED else -inf,
            upper_bound=high if high < UNBOUNDED else inf,
            var_index=list(sums),
            coefficient=list(sums.values()),
        )


def _summed(terms: Terms) -> dict[int, int]:
    """One coefficient a variable: a solver refuses a second one, or takes it for the only one."""
    sums = dict(terms)
    if len(sums) < len(terms):
        sums = dict.fromkeys(sums, 0)
        for variable, coefficient in terms:
            sums[variable] += coefficient
    return sums
