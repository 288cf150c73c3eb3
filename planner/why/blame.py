"""From a broken rule to the records that make it: one table, an entry for each reason of each rule."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import NamedTuple

from planner.breach import Breach
from planner.kept import things
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.why.fact import Condition, Fact
from planner.why.holders import Holders

MOST_CONDITIONS = 24


class Case(NamedTuple):
    """A breach of one placement, the placement alone, and who holds what in the plan beside it."""

    breach: Breach
    added: PlanView
    holders: Holders

    @property
    def staff(self) -> str:
        """Whose presence breaks the rule: rules about interviews name the interview."""
        visits = {visit.key: visit.staff for visit in self.added.visits}
        return visits.get(self.breach.about, self.breach.about)

    @property
    def others(self) -> list[str]:
        """The keys of the assignments that make the breach, but for the placement's own."""
        own = {thing.key for thing in things(self.added).values()}
        return [key for key in self.breach.items if key not in own]

    @property
    def enough(self) -> list[str]:
        """As many of the others as it takes: `amount` less one are too many even so."""
        return self.others[: max(0, len(self.others) - self.breach.amount + 1)]

    def fact(self, kind: str, **fields: object) -> Fact:
        return Fact(kind=kind, **fields)  # type: ignore[arg-type]


Blame = Callable[[Case], list[Condition]]
STRUCTURE: list[Condition] = [frozenset()]
"""Nothing that anyone entered: it blocks whatever the facts are."""


def conditions_of(case: Case) -> list[Condition]:
    """What has to be in force for this breach: one set of facts, or several of which each is enough."""
    blame = BLAME.get((case.breach.rule, case.breach.code))
    return blame(case) if blame is not None else STRUCTURE


def _one(kind: str, *names: str) -> Blame:
    """A single fact with these fields of the breach."""

    def blame(case: Case) -> list[Condition]:
        return [frozenset({case.fact(kind, **{name: FIELDS[name](case) for name in names})})]

    return blame


FIELDS: dict[str, Callable[[Case], object]] = {
    "about": lambda case: case.breach.about,
    "fact": lambda case: case.breach.fact,
    "site": lambda case: case.breach.site or "",
    "staff": lambda case: case.staff,
    "on": lambda case: case.breach.on,
    "weekday": lambda case: case.breach.on.isoweekday(),
    "half_day": lambda case: case.breach.half_day,
}


def _record(kind: str) -> Blame:
    """A record that the breach names by its id."""

    def blame(case: Case) -> list[Condition]:
        staff = case.staff if kind == "absence" else ""
        site = "" if kind == "absence" else case.breach.site or ""
        return [frozenset({Fact(kind=kind, about=case.breach.fact, staff=staff, site=site)})]  # type: ignore[arg-type]

    return blame


def _opening(kind: str) -> Blame:
    def blame(case: Case) -> list[Condition]:
        half_day = case.breach.half_day or case.added.activities[0].half_days[0]
        weekday = case.breach.on.isoweekday()
        fact = case.fact(kind, site=case.breach.site or "", weekday=weekday, half_day=half_day)
        return [frozenset({fact})]

    return blame


def _pattern(case: Case) -> list[Condition]:
    return [
        frozenset(
            {
                Fact(
                    kind="pattern",
                    staff=case.staff,
                    weekday=case.breach.on.isoweekday(),
                    half_day=case.breach.half_day,
                )
            }
        )
    ]


def _of_need(kind: str) -> Blame:
    """A fact of the need itself, whichever of its interviews it is."""

    def blame(case: Case) -> list[Condition]:
        return [frozenset({Fact(kind=kind, about=case.added.visits[0].need.id)})]  # type: ignore[arg-type]

    return blame


def _hours(case: Case) -> list[Condition]:
    return [frozenset({Fact(kind="hours", about=case.added.visits[0].need.participant or "")})]


def _of_promotion(kind: str) -> Blame:
    def blame(case: Case) -> list[Condition]:
        promotion = case.added.sessions[0].promotion
        return [frozenset({Fact(kind=kind, about=promotion.id if promotion else "")})]  # type: ignore[arg-type]

    return blame


def _no_bureau(case: Case) -> list[Condition]:
    weekday, half_day = case.breach.on.isoweekday(), case.breach.half_day
    bureaus = case.added.territory.bureaus
    return [frozenset(Fact(kind="opening", site=one, weekday=weekday, half_day=half_day) for one in bureaus)]


def _held(case: Case) -> list[Condition]:
    """The other assignments; without any, something is wrong with the placement itself."""
    keys = case.enough or ([case.breach.fact] if case.breach.fact in case.holders else [])
    return with_holders(case.holders, (), keys)


def _with_held(kind: str, *names: str) -> Blame:
    """A fact that holds between the placement and other assignments, and those."""
    single = _one(kind, *names)

    def blame(case: Case) -> list[Condition]:
        return with_holders(case.holders, single(case)[0], case.enough)

    return blame


def _occupied(case: Case) -> list[Condition]:
    """A meeting or an imported busy time."""
    record = case.breach.fact.split(" + ")[0]
    return [frozenset({case.holders.busy_fact(case.staff, record)})]


def _travel(case: Case) -> list[Condition]:
    meetings = {one.id for one in case.added.territory.meetings[case.breach.about]}
    facts = [
        Fact(kind="meeting", staff=case.breach.about, about=key) for key in case.others if key in meetings
    ]
    return with_holders(case.holders, facts, [key for key in case.others if key not in meetings])


def _too_close(case: Case) -> list[Condition]:
    """The distance asked by either of two interviews of a person: each alone is enough."""
    (mine,) = [visit for visit in case.added.visits if visit.key in case.breach.items][:1]
    found: list[Condition] = []
    for key in case.others:
        other = case.holders.visits[key]
        gap = abs((mine.on - other.on).days)
        for need in (mine.need, other.need):
            if need.min_days > gap:
                spacing = Fact(kind="spacing", about=need.id)
                found += with_holders(case.holders, (spacing,), [key])
    return found or STRUCTURE


def _distance(case: Case) -> list[Condition]:
    """The days between two sequences; the other is held by the plan, or done."""
    held = [key for key in case.others if f"session {key}" in case.holders.names.values()]
    return with_holders(case.holders, (Fact(kind="spacing", about=case.breach.about),), held)


def _contract(case: Case) -> list[Condition]:
    """The contract's number a day, week or month, and what fills it."""
    period = case.breach.code.removesuffix("_full")
    return _filled(case, [Fact(kind="contract", staff=case.breach.about, about=period)])


def _protected(case: Case) -> list[Condition]:
    """A week's half-days: those kept free, what was taken from it by absences and holidays, what fills the rest."""
    staff = case.breach.about
    person = case.added.territory.staff[staff]
    limits = [Fact(kind="protected", staff=staff)] if person.protected_half_days else []
    limits += case.holders.taken_from_week(case.breach)
    if limits:
        return _filled(case, limits)
    added = (thing for thing in case.added.activities if staff in thing.staff)
    halves = [(one.on.isoweekday(), half) for one in added for half in one.half_days]
    return [frozenset(Fact(kind="pattern", staff=staff, weekday=day, half_day=half) for day, half in halves)]


def _filled(case: Case, limits: list[Fact]) -> list[Condition]:
    own: set[tuple[object, object]] = set()
    for moments in case.added.planned_half_days.values():
        own |= moments
    engaged = case.holders.engaged_in(case.breach, own)
    return _combined(limits, engaged[: max(0, len(engaged) - case.breach.amount + 1)])


def with_holders(holders: Holders, facts: Iterable[Fact], keys: Iterable[str]) -> list[Condition]:
    """Facts beside assignments, each of which may stand for several records that are enough."""
    return _combined(list(facts), [holders.facts_of(key) for key in keys])


def _combined(facts: list[Fact], alternatives: list[list[Fact]]) -> list[Condition]:
    found: list[Condition] = []
    for chosen in product(*(one for one in alternatives if one)):
        found.append(frozenset([*facts, *chosen]))
        if len(found) >= MOST_CONDITIONS:
            break
    return found


BLAME: dict[tuple[str, str], Blame] = {
    ("one_place_at_a_time", "two_presences"): _held,
    ("one_place_at_a_time", "travel"): _travel,
    ("one_place_at_a_time", "occupied"): _occupied,
    ("availability", "outside_pattern"): _pattern,
    ("availability", "wrong_where"): _pattern,
    ("availability", "absent"): _record("absence"),
    ("availability", "holiday"): _one("holiday", "on"),
    ("accreditation", "not_accredited"): _one("authorisation", "staff", "site"),
    ("access_notice", "list_already_sent"): _one("access_notice", "site"),
    ("site_open", "no_opening"): _opening("opening"),
    ("site_open", "closed"): _record("closure"),
    ("site_open", "holiday"): _one("holiday", "on"),
    ("site_open", "session_hours"): _opening("opening_hours"),
    ("cadence", "too_many"): _held,
    ("cadence", "dropped"): _one("exception", "about", "on"),
    ("spacing", "too_close"): _with_held("spacing", "about"),
    ("sequence_order", "wrong_weekday"): _of_promotion("weekday"),
    ("sequence_order", "wrong_half_day"): _of_promotion("half_day"),
    ("sequence_order", "outside_window"): _one("window", "about"),
    ("sequence_order", "previous_missing"): lambda case: [
        frozenset(
            {
                Fact(
                    kind="previous",
                    about=sequence_key(case.breach.about.rpartition("/")[0], case.breach.fact),
                )
            }
        )
    ],
    ("sequence_order", "too_early"): _distance,
    ("sequence_order", "too_late"): _distance,
    ("room", "no_room"): _one("room", "site"),
    ("room", "too_small"): lambda case: [
        frozenset({Fact(kind="room", site=case.breach.site or "", about=case.breach.fact)})
    ],
    ("room", "room_taken"): _held,
    ("speaker_present", "speaker_absent"): _one("speaker_dates", "about"),
    ("interview_window", "outside_dates"): _of_need("window"),
    ("interview_window", "outside_hours"): _hours,
    ("interview_window", "leave_notice"): _of_need("leave_notice"),
    ("interview_place", "call_off_slots"): _no_bureau,
    ("interview_place", "call_during_presence"): _held,
    ("interview_capacity", "two_people"): _held,
    ("interview_capacity", "slot_booked"): _one("booking", "about", "on", "half_day"),
    ("interview_capacity", "places_full"): _with_held("places", "site"),
    ("partner_places", "too_few_free"): _with_held("partner_places", "about"),
    ("participant_one_at_a_time", "same_half_day"): _held,
    ("participant_one_at_a_time", "too_close"): _too_close,
    ("participant_one_at_a_time", "too_soon_after_last"): _of_need("spacing"),
    ("workload", "day_full"): _contract,
    ("workload", "week_full"): _contract,
    ("workload", "month_full"): _contract,
    ("workload", "protected"): _protected,
    ("frozen", "placed_too_near"): _one("notice"),
    ("frozen", "moved"): _one("notice"),
}
"""What is missing here is structure: it blocks whatever the facts are."""
