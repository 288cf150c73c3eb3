"""Faults of a problem as a whole: its horizon, its zone, its sizes, its weights."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from planner.checks.fault import Fault
from planner.plan import LEVEL_NAMES
from planner.problem import Problem
from planner.territory import DEFAULT_WEIGHTS

LONGEST_HORIZON_DAYS = 400
MOST_INTERVIEWS = 20_000
MOST_ENTRIES = 20_000
MOST_ASKED = 1_000
MOST_INSIDE = 2_000
MOST_DAYS = 100_000
FIRST_YEAR, LAST_YEAR = 2000, 2100

OF_THE_MACHINE = ("localtime", "posixrules", "posix", "right")
"""Names under which machines keep their own zone, and their other tables: elsewhere they mean something else."""

LISTS = (
    "sites",
    "travel",
    "staff",
    "cadences",
    "promotions",
    "participants",
    "interviews",
    "pins",
    "booked",
)
INSIDE = {
    "sites": ("rooms", "openings", "closures"),
    "staff": (
        "skills", "accreditations", "availability", "absences", "busy", "meetings", "wishes", "engaged_outside",
    ),
    "cadences": ("weekdays", "skills", "usual_staff", "history", "exceptions"),
    "promotions": ("participants", "animators_before", "sequences"),
    "participants": ("hours",),
    "interviews": ("sites",),
    "pins": ("staff",),
}  # fmt: skip
"""Of each list, the lists that its entries hold."""


def frame_faults(problem: Problem) -> Iterator[Fault]:
    """Horizon, zone, sizes, names of weights and tolerances."""
    yield from _horizon(problem)
    yield from _zone(problem.zone)
    yield from _sizes(problem)
    for name in problem.weights:
        if name not in DEFAULT_WEIGHTS:
            yield Fault(
                f"weights.{name}", f"no weight has this name; the weights are {_list(DEFAULT_WEIGHTS)}"
            )
    for name in problem.tolerances:
        if name not in LEVEL_NAMES:
            yield Fault(f"tolerances.{name}", f"no level has this name; the levels are {_list(LEVEL_NAMES)}")


def _horizon(problem: Problem) -> Iterator[Fault]:
    named = {"first_on": problem.first_on, "last_on": problem.last_on, "today_on": problem.today_on}
    for name, on in named.items():
        if on is not None and not FIRST_YEAR <= on.year <= LAST_YEAR:
            yield Fault(name, f"{on} is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    if problem.last_on < problem.first_on:
        yield Fault("last_on", f"{problem.last_on} is before first_on {problem.first_on}")
    days = _days(problem)
    if days > LONGEST_HORIZON_DAYS:
        yield Fault("last_on", f"the horizon has {days} days, more than {LONGEST_HORIZON_DAYS}")


def _days(problem: Problem) -> int:
    return (problem.last_on - problem.first_on).days + 1


def _zone(zone: str) -> Iterator[Fault]:
    try:
        ZoneInfo(zone)
        is_known = zone.split("/")[0] not in OF_THE_MACHINE
    except (KeyError, ValueError, OSError):
        is_known = False
    if not is_known:
        yield Fault("zone", f"{zone!r} is not the name of a time zone")


def _sizes(problem: Problem) -> Iterator[Fault]:
    for name in LISTS:
        entries = len(getattr(problem, name))
        if entries > MOST_ENTRIES:
            yield Fault(name, f"{entries} entries are more than {MOST_ENTRIES}")
    yield from _inside(problem)
    for name in ("permanences", "sessions", "office", "interviews", "unplaced"):
        entries = len(getattr(problem.published, name, ()))
        if entries > MOST_ENTRIES:
            yield Fault(f"published.{name}", f"{entries} entries are more than {MOST_ENTRIES}")
    asked = 0
    for index, need in enumerate(problem.interviews):
        asked += need.count
        if asked > MOST_INTERVIEWS:
            yield Fault(f"interviews[{index}].count", f"more than {MOST_INTERVIEWS} interviews up to here")
            return


def _inside(problem: Problem) -> Iterator[Fault]:
    """What stands inside the entries of lists, and what there is to look at on each day."""
    for name, fields in INSIDE.items():
        for index, record in enumerate(getattr(problem, name)):
            for field in fields:
                entries = len(getattr(record, field) or ())
                if entries > MOST_INSIDE:
                    yield Fault(f"{name}[{index}].{field}", f"{entries} entries are more than {MOST_INSIDE}")
    things = sum(len(getattr(problem, name)) for name in ("sites", "staff", "cadences", "promotions"))
    if things * _days(problem) > MOST_DAYS:
        yield Fault(
            "last_on",
            f"{_days(problem)} days of {things} sites, people, cadences and promotions are more than {MOST_DAYS}",
        )


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
