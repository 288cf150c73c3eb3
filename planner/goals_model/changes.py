"""Level `changes`, the solver's half."""

from planner.demand import still_asks
from planner.fixed import FixedInterview, FixedOccurrence, Of
from planner.model import Model

LEVEL = "changes"
DROPPED, KEY_GONE, BOOKING_GONE, START, PLACE, PERSON = 4, 3, 4, 2, 1, 1


def post(model: Model) -> None:
    """What is published from today on and dropped, moved, or held without someone announced."""
    record = model.context.published
    for (cadence, half), staff in record.permanences.items():
        if half // 2 >= model.facts.today and still_asks(model.facts, cadence, half // 2):
            _post_permanence(model, cadence, half, staff)
    for (of, number), (half, kept) in record.sessions.items():
        if half // 2 >= model.facts.today and _is_asked(model, of, half // 2):
            _post_session(model, of, number, kept)
    settled = {(one.need.id, one.number): one for one in reversed(model.fixed.interviews)}
    for key, kept_interview in record.interviews.items():
        if kept_interview.half // 2 >= model.facts.today:
            _post_interview(model, key, kept_interview, settled.get(key))


def _urgency(model: Model, day: int) -> int:
    ahead = day - model.facts.today
    return 4 if ahead < 7 else 2 if ahead < 14 else 1


def _is_asked(model: Model, of: Of, day: int) -> bool:
    if len(of) == 1:
        return still_asks(model.facts, of[0], day)
    promotion = model.facts.promotions[of[0]]
    return all(step.done_on is None for step in promotion.sequences if step.id == of[1])


def _post_permanence(model: Model, cadence: str, half: int, staff: tuple[str, ...]) -> None:
    factor = _urgency(model, half // 2)
    booked = sum(model.facts.booked.get((cadence, half), {}).values())
    gone = factor * (KEY_GONE + BOOKING_GONE * booked)
    model.program.constant(LEVEL, gone)
    for index in model.variables.of(cadence):
        if half in model.variables.occurrences[index].halves:
            held = model.variables.held[index]
            model.program.cost(LEVEL, held, factor * PERSON * len(staff) - gone)
            _credit_staff(model, index, staff, factor)


def _credit_staff(model: Model, index: int, staff: tuple[str, ...], factor: int) -> None:
    """Everyone announced is counted as gone, and taken back if still there."""
    for person in staff:
        variable = model.variables.team[index].get(person)
        if variable is not None:
            model.program.cost(LEVEL, variable, -factor * PERSON)


def _post_session(model: Model, of: Of, number: int | None, kept: FixedOccurrence) -> None:
    """A sequence is one thing; open sessions of a cadence are told apart by their number."""
    start = kept.span.start if kept.span else 0
    factor = _urgency(model, start // 1440)
    model.program.constant(LEVEL, factor * DROPPED)
    for index in model.variables.of(*of):
        occurrence = model.variables.occurrences[index]
        moved = START if occurrence.spans[0].start != start else 0
        rooms = model.variables.rooms[index]
        stays_in_room = kept.room is None and not rooms
        price = moved + (0 if stays_in_room else PLACE) + PERSON * len(kept.staff) - DROPPED
        if len(of) == 2:
            model.program.cost(LEVEL, model.variables.held[index], factor * price)
            _credit_staff(model, index, kept.staff, factor)
            if kept.room in rooms:
                model.program.cost(LEVEL, rooms[kept.room], -factor * PLACE)
        else:
            _post_numbered(model, index, (number or 0, factor), kept, price)
    model.at_most_one_number(of, number)


def _post_numbered(
    model: Model, index: int, named: tuple[int, int], kept: FixedOccurrence, price: int
) -> None:
    number, factor = named
    chosen = model.numbered(index, number)
    if chosen is None:
        return
    model.program.cost(LEVEL, chosen, factor * price)
    rooms, team = model.variables.rooms[index], model.variables.team[index]
    for variable in [team[person] for person in kept.staff if person in team]:
        model.program.cost(LEVEL, model.program.both([chosen], [variable]), -factor * PERSON)
    if kept.room in rooms:
        model.program.cost(LEVEL, model.program.both([chosen], [rooms[kept.room]]), -factor * PLACE)


def _post_interview(
    model: Model, key: tuple[str, int], kept: FixedInterview, settled: FixedInterview | None
) -> None:
    factor = _urgency(model, kept.half // 2)
    if settled is not None:
        model.program.constant(
            LEVEL, factor * _difference(kept, settled.span.start, settled.site, settled.staff)
        )
        return
    model.program.constant(LEVEL, factor * DROPPED)
    for take in model.interviews.takes_of(key):
        lane = model.interviews.lanes[take.lane]
        start = -1 if take.counted else model.span(take).start
        price = _difference(kept, start, lane.site if lane.on_site else None, lane.staff)
        model.program.cost(LEVEL, take.variable, factor * (price - DROPPED))


def _difference(kept: FixedInterview, start: int, site: str | None, staff: str) -> int:
    moved = START if start != kept.span.start else 0
    return moved + (PLACE if site != kept.site else 0) + (PERSON if staff != kept.staff else 0)
