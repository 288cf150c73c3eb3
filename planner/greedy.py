"""A clean plan at once, in plain Python: sessions, permanences, then interviews, most pressing first.

Each move sets several variables together and is kept only if every row it touches still holds, so
that the greedy plan is a complete and feasible hint.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations, islice

from planner.fixed import FixedInterview
from planner.lanes import Take
from planner.model import Model
from planner.program import Program

TEAMS_TRIED = 40


class Board:
    """Values that satisfy every watched row, changed by moves that keep it so."""

    def __init__(self, program: Program, values: list[int] | None = None) -> None:
        """Begins with feasible `values`, or with what is fixed."""
        self.program = program
        self.values = list(program.lower if values is None else values)
        self._rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._sums = [0] * len(program.rows)
        self._after: dict[int, list[int]] = defaultdict(list)
        for number, row in program.each_row():
            if number in program.lazy_rows:
                continue
            for variable, coefficient in row.terms:
                self._rows[variable].append((number, coefficient))
                self._sums[number] += coefficient * self.values[variable]
        for number, derived in enumerate(program.derived):
            if derived.variable not in program.lazy:
                for variable in {v for terms, _ in derived.sums for v, _ in terms}:
                    self._after[variable].append(number)

    def move(self, changes: Iterable[tuple[int, int]]) -> bool:
        """Add to some variables; false, and nothing changed, if that breaks a row or a bound."""
        done: list[tuple[int, int]] = []
        touched: set[int] = set()
        fits = all(self._add(variable, amount, done, touched) for variable, amount in changes)
        if fits:
            fits = self._follow(done, touched)
        if fits:
            rows, sums = self.program.rows, self._sums
            fits = all(rows[number].low <= sums[number] <= rows[number].high for number in touched)
        if not fits:
            for variable, amount in done:
                self._shift(variable, -amount)
        return fits

    def _add(self, variable: int, amount: int, done: list[tuple[int, int]], touched: set[int]) -> bool:
        after = self.values[variable] + amount
        if not self.program.lower[variable] <= after <= self.program.upper[variable]:
            return False
        self._shift(variable, amount)
        done.append((variable, amount))
        touched.update(number for number, _ in self._rows.get(variable, ()))
        return True

    def _shift(self, variable: int, amount: int) -> None:
        self.values[variable] += amount
        for number, coefficient in self._rows.get(variable, ()):
            self._sums[number] += coefficient * amount

    def _follow(self, done: list[tuple[int, int]], touched: set[int]) -> bool:
        """Let derived variables follow what changed, in their order."""
        for variable, _ in done:
            for number in self._after.get(variable, ()):
                derived = self.program.derived[number]
                amounts = [c + sum(k * self.values[v] for v, k in terms) for terms, c in derived.sums]
                found = max(0, *amounts) if derived.largest else min(amounts)
                found = max(
                    self.program.lower[derived.variable], min(found, self.program.upper[derived.variable])
                )
                amount = found - self.values[derived.variable]
                if amount and not self._add(derived.variable, amount, done, touched):
                    return False
        return True


def start(model: Model, stop: Callable[[], bool]) -> list[int]:
    """Complete values of a feasible plan, part of one when `stop` says so."""
    board = Board(model.program)
    fill(model, board, stop)
    values = list(board.values)
    model.program.complete(values)
    return values


def works_alone(model: Model) -> list[int]:
    """Complete values with sessions and permanences, and no interview but those that stay."""
    board = Board(model.program)
    _fill_works(model, board)
    values = list(board.values)
    model.program.complete(values)
    return values


def _fill_works(model: Model, board: Board) -> None:
    """Sessions and permanences, as published where they can."""
    loads: dict[str, int] = defaultdict(int)
    board.move([(model.variables.offices[key], 1) for key in model.variables.shared])
    _keep_published(model, board, loads, interviews=False)
    for work in _works_in_order(model):
        _place_work(model, board, work, loads)


def fill(model: Model, board: Board, stop: Callable[[], bool]) -> None:
    """Place what still fits on a board."""
    loads: dict[str, int] = defaultdict(int)
    board.move([(model.variables.offices[key], 1) for key in model.variables.shared])
    _keep_published(model, board, loads)
    for work in _works_in_order(model):
        if stop():
            return
        _place_work(model, board, work, loads)
    fill_interviews(model, board, stop)


def fill_interviews(model: Model, board: Board, stop: Callable[[], bool]) -> None:
    """Place interviews only, where there is room for them."""
    for group in _groups_in_order(model):
        if stop():
            return
        _place_group(model, board, group)


def _keep_published(model: Model, board: Board, loads: dict[str, int], *, interviews: bool = True) -> None:
    """What is published stays where it can, with whom it can."""
    record = model.context.published
    for (of, number), (half, kept) in sorted(record.sessions.items(), key=lambda item: item[1][0]):
        for index in model.variables.of(*of):
            if model.variables.occurrences[index].half == half:
                hold(model, board, index, loads, kept.staff, kept.room)
                chosen = model.numbers.get((index, number or 0))
                if chosen is not None and not board.values[chosen]:
                    board.move([(chosen, 1)])
    # After the sessions, on whose days some permanences stand.
    for (cadence, half), staff in sorted(record.permanences.items()):
        for index in model.variables.of(cadence):
            if half in model.variables.occurrences[index].halves:
                hold(model, board, index, loads, staff)
    for kept_interview in record.interviews.values() if interviews else ():
        for take in _standing(model, kept_interview):
            if give_place(model, board, take):
                break


def _standing(model: Model, known: FixedInterview) -> list[Take]:
    """Takes that leave a published interview its start and its person, those at its own site first."""
    lanes = model.interviews.lanes
    takes = [
        take
        for take in model.interviews.takes_of((known.need.id, known.number))
        if not take.counted
        and (model.span(take).start, lanes[take.lane].staff) == (known.span.start, known.staff)
    ]
    return sorted(takes, key=lambda take: model.site(take) != known.site)


def _works_in_order(model: Model) -> list[tuple[str, ...]]:
    """Sequences in their order, then cadences: compulsory first, those with fewest choices first."""
    sequences = [(p.id, s.id) for p, s, _ in model.sequences() if not s.intervention]
    sequences += [(p.id, s.id) for p, s, _ in model.sequences() if s.intervention]
    cadences = sorted(
        model.facts.problem.cadences,
        key=lambda c: (
            c.kind == "session" and not c.compulsory,
            c.follows is None,
            len(model.variables.of(c.id)) // max(1, c.asked),
        ),
    )
    return [*sequences, *((cadence.id,) for cadence in cadences)]


def _place_work(model: Model, board: Board, work: tuple[str, ...], loads: dict[str, int]) -> None:
    """Hold occurrences until nothing more is asked or fits, far from one another first."""
    indices = model.variables.of(*work)
    cadence = model.facts.cadences.get(work[0]) if len(work) == 1 else None
    asked = model.asked(cadence) if cadence is not None else 1
    held = [i for i in indices if board.values[model.variables.held[i]]]
    days = [model.variables.occurrences[i].day for i in held]
    waiting = [i for i in indices if i not in held]
    while waiting and len(days) < asked:
        if cadence is not None and asked > 1 and days:
            waiting.sort(key=lambda i: -min(abs(model.variables.occurrences[i].day - day) for day in days))
        index = next((i for i in waiting if hold(model, board, i, loads)), None)
        if index is None:
            return
        days.append(model.variables.occurrences[index].day)
        waiting.remove(index)


def hold(
    model: Model,
    board: Board,
    index: int,
    loads: dict[str, int],
    wanted: tuple[str, ...] = (),
    wanted_room: str | None = None,
) -> bool:
    """Hold one occurrence with the people and in the room wanted, else the least loaded team that fits."""
    if board.values[model.variables.held[index]]:
        return False
    variables, work = model.variables, model.variables.work(index)
    usual = work.cadence.usual_staff if work.cadence else ()
    people = sorted(
        variables.team[index], key=lambda p: (p not in wanted, bool(usual) and p not in usual, loads[p], p)
    )
    rooms = sorted(variables.rooms[index], key=lambda room: room != wanted_room)
    places = [[(variables.rooms[index][room], 1)] for room in rooms] or [[]]
    for team in islice(combinations(people, work.staff_count), TEAMS_TRIED):
        changes = [(variables.held[index], 1), *((variables.team[index][person], 1) for person in team)]
        changes += _stood_in_for(model, board, index, team)
        if any(board.move([*changes, *place]) for place in places):
            for person in team:
                loads[person] += len(variables.occurrences[index].halves)
            return True
    return False


def _stood_in_for(model: Model, board: Board, index: int, team: tuple[str, ...]) -> list[tuple[int, int]]:
    """Office half-days of interviews that stay, given up for a permanence of the same people there."""
    occurrence = model.variables.occurrences[index]
    keys = [(person, occurrence.site, half) for person in team for half in occurrence.halves]
    offices = [model.variables.offices[key] for key in keys if key in model.variables.shared]
    return [(office, -1) for office in offices if occurrence.kind == "permanence" and board.values[office]]


def _groups_in_order(model: Model) -> list[int]:
    """Urgent first, then dearest, then those with fewest lanes."""
    priorities = {"urgent": 0, "normal": 1, "flexible": 2}
    groups = model.interviews.groups
    return sorted(
        range(len(groups)),
        key=lambda g: (
            priorities[groups[g].need.priority],
            -groups[g].need.misses,
            len(model.interviews.by_group[g]) / groups[g].size,
        ),
    )


def _place_group(model: Model, board: Board, group: int) -> None:
    """Give each member of a group a place: where someone already is, else at a new office half-day."""
    size = model.interviews.groups[group].size
    size -= sum(board.values[take.variable] for take in model.interviews.by_group[group])
    takes = model.interviews.by_group[group]
    lanes = model.interviews.lanes
    referent = model.interviews.groups[group].need.referent
    while size and takes:
        takes = sorted(
            takes,
            key=lambda t: (
                not board.values[lanes[t.lane].variable],
                referent is not None and lanes[t.lane].staff != referent,
                lanes[t.lane].half,
            ),
        )
        if not any(give_place(model, board, take) for take in takes):
            return
        size -= 1


def give_place(model: Model, board: Board, take: Take) -> bool:
    """Add one interview to a lane, opening the office half-day or the telephone if need be."""
    lane = model.interviews.lanes[take.lane]
    changes = [(take.variable, 1)]
    if not board.values[lane.variable]:
        if lane.holder >= 0:
            return False
        changes.append((lane.variable, 1))
    named = [
        model.named[take.lane, slot]
        for slot in lane.free
        if take.counted and take.first <= slot <= take.last and (take.lane, slot) in model.named
    ]
    if not named:
        return board.move(changes)
    return any(not board.values[slot] and board.move([*changes, (slot, 1)]) for slot in named)
