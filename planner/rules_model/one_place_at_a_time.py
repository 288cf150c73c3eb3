"""Rule `one_place_at_a_time`, the solver's half."""

from collections import defaultdict

from planner.context import Context
from planner.local_minutes import DAY_MINUTES, Span
from planner.model import Model
from planner.once_a_day import once_a_day
from planner.options import Occurrence, Option, Place, Presence, Seat
from planner.prepare import Facts

Side = dict[tuple[str, int], list[int]]
"""Variables by site and by the minute at which its presence ends (morning) or begins (afternoon)."""

ASKED = (Presence, Seat)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Nothing on a meeting or busy time, and time to travel to and from meetings and interviews that stay elsewhere."""
    facts = context.facts
    if isinstance(option, Presence) and _is_awaited(context, option):
        return False
    if isinstance(option, Occurrence | Place) or (isinstance(option, Presence) and option.kind == "office"):
        return True
    if not _free(facts, option.staff, option.span):
        return False
    if option.site is None or (option.staff, option.half // 2) not in facts.stops:
        return True
    return _reaches(facts, option, option.site, _starts_that_stay(context, option.staff))


def _free(facts: Facts, staff: str, span: Span) -> bool:
    return not any(block.kind != "absence" and block.span.touches(span) for block in facts.blocks[staff])


def _is_awaited(context: Context, option: Presence) -> bool:
    """Whether an interview that stays leaves no time for a presence elsewhere, or for a session where it is held.

    What holds the interview asks for more by itself; of one that nothing holds this is all there is.
    """
    for kept in context.visits.get((option.staff, option.half // 2), ()):
        visit = (kept.span, kept.site or "")
        if kept.site == option.site and option.kind in ("permanence", "office"):
            continue
        (first, leave), (then, arrive) = sorted((visit, (option.span, option.site)))
        if too_far(context.facts, option.staff, (leave, first.end), (arrive, then.start)):
            return True
    return False


def _starts_that_stay(context: Context, staff: str) -> list[int]:
    """When what is pinned or frozen of a person begins, interviews apart."""
    sites: dict[tuple[str, ...], str] = {
        (cadence.id,): cadence.site for cadence in context.facts.problem.cadences
    }
    return [
        (kept.span or context.facts.usual_span(sites[of], half)).start
        for (of, half), kept in context.fixed.occurrences.items()
        if staff in kept.staff and (kept.span or of in sites)
    ]


def _reaches(facts: Facts, option: Presence | Seat, site: str, starts: list[int]) -> bool:
    """Whether the meetings just before and just after on its day leave the time to travel.

    Between them and the option nothing else of that day begins that stays.
    """
    span, day = option.span, option.half // 2
    stops = facts.stops[option.staff, day]
    today = [start for start in starts if start // DAY_MINUTES == day]
    before = [stop for stop in stops if stop.span <= span][-1:]
    after = [stop for stop in stops if stop.span > span][:1]
    for stop in (*before, *after):
        first, then = sorted((stop.span, span))
        is_next = not any(first.start < start < then.start for start in today)
        way = (stop.site, site) if first == stop.span else (site, stop.site)
        if is_next and then.start - first.end < facts.minutes(*way):
            return False
    return True


def post(model: Model) -> None:
    """One presence in a half-day; between morning and afternoon the time to travel."""
    once = once_a_day(model)
    for (staff, half), presences in model.variables.presences.items():
        model.program.at_most_one(variable for variable, _ in presences)
        _post_phone(model, staff, half)
    for staff in model.facts.staff:
        for day in range(model.facts.days):
            _post_travel(model, staff, day)
            _post_whole_day(model, staff, day, once)


def _post_phone(model: Model, staff: str, half: int) -> None:
    """No telephone in a half-day with a permanence or a session."""
    phone = model.interviews.phones.get((staff, half))
    if phone is not None:
        busy = [v for v, p in model.variables.presences[staff, half] if p.kind != "office"]
        model.program.at_most_one([phone, *busy])


def _post_travel(model: Model, staff: str, day: int) -> None:
    before, after = _side(model, staff, 2 * day), _side(model, staff, 2 * day + 1)
    for (site, end), first in before.items():
        late = [
            v
            for (to, start), then in after.items()
            if too_far(model.facts, staff, (site, end), (to, start))
            for v in then
        ]
        if late:
            model.program.at_most_one([*first, *late])


def _post_whole_day(model: Model, staff: str, day: int, once: dict[int, tuple[str, ...]]) -> None:
    """What takes the whole day leaves neither half of it to what a day has once: one row for both halves.

    A row for each half lets a relaxation have half of the whole day, and half of the other thing in each.
    """
    morning, afternoon = (
        [variable for variable, _ in model.variables.presences.get((staff, half), ())]
        for half in (2 * day, 2 * day + 1)
    )
    whole = [variable for variable in morning if variable in afternoon]
    things = {once[v] for v in morning if v in once} & {once[v] for v in afternoon if v in once}
    for thing in sorted(things) if whole else ():
        halves = [v for v in (*morning, *afternoon) if once.get(v) == thing]
        model.program.at_most_one([*whole, *halves])


def _side(model: Model, staff: str, half: int) -> Side:
    """Presences of a half-day by site and by when they end (morning) or begin (afternoon)."""
    found: Side = defaultdict(list)
    for variable, presence in model.variables.presences.get((staff, half), ()):
        if presence.kind != "rest":
            moment = presence.span.start if half % 2 else presence.span.end
            found[presence.site, moment].append(variable)
    return found


def too_far(facts: Facts, staff: str, leave: tuple[str, int], arrive: tuple[str, int]) -> bool:
    """Whether the travel does not fit, with no meeting elsewhere in between."""
    (site, end), (to, start) = leave, arrive
    if start - end >= facts.minutes(site, to):
        return False
    return not any(
        block.site is not None and end <= block.span.start and block.span.end <= start
        for block in facts.blocks[staff]
    )
