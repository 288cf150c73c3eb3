"""A territory small enough to be solved in an instant: an office, a centre, two people, three needs, one pin."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from uuid import UUID

from db.queries.fact_storing import store_facts
from db.queries.pin_storing import add_pins
from db.queries.territories import add_territory
from db.records.cadence import Cadence
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Participant, Path, Pin
from db.records.plan import Plan
from db.records.site import Opening, Site
from db.records.staff import StaffMember, WeeklyAvailability
from db.records.territory import Programme, Territory
from planner.plan import Plan as MadePlan
from planner.problem_file import read_problem
from planner.solve import Limits, Planned, solve
from service.actions.actor import Actor
from service.actions.request_plan import RunOptions, request_plan
from service.actions.run_plan import run_plan
from service.jobs.solver_messages import CurvePoint, SolveOptions

FIRST_ON, LAST_ON, TODAY_ON = date(2026, 12, 7), date(2026, 12, 18), date(2026, 11, 30)
ACTOR = Actor(label="test")
OPTIONS = RunOptions(today_on=TODAY_ON, time_limit_seconds=20, workers=1)


class QuietQueue:
    """Remembers what was announced and runs nothing."""

    def __init__(self) -> None:
        self.announced: list[UUID] = []

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def announce(self, job_id: UUID, *, solves: bool) -> None:
        self.announced.append(job_id)


class QuietWatcher:
    """Follows a solve without a word."""

    def __init__(self) -> None:
        self.stop_asked = asyncio.Event()
        self.points: list[object] = []

    async def report(self, progress: object) -> None:
        self.points.append(progress)

    async def hold(self) -> None: ...


def _hours(half_day: str) -> tuple[str, str]:
    return ("09:00", "12:00") if half_day == "am" else ("14:00", "17:00")


def _site(code: str, kind: str) -> Site:
    openings = tuple(
        Opening(weekday=day, half_day=half, from_hour=_hours(half)[0], to_hour=_hours(half)[1])
        for day in range(1, 6)
        for half in ("am", "pm")
    )
    return Site(code=code, name=code.capitalize(), kind=kind, openings=openings)


def _person(code: str) -> StaffMember:
    pattern = tuple(
        WeeklyAvailability(weekday=day, half_day=half, from_hour="08:30", to_hour="18:00")
        for day in range(1, 6)
        for half in ("am", "pm")
    )
    return StaffMember(code=code, name=code, base="bureau", availability=pattern)


def _need(code: str, participant: str, **kinds: object) -> InterviewNeed:
    return InterviewNeed(
        code=code,
        participant=participant,
        from_on=FIRST_ON,
        until_on=LAST_ON,
        sites=("bureau",),
        referent="AR",
        **kinds,
    )


FACTS = FactSet(
    programmes=(Programme(code="o2r", name="O2R"),),
    sites=(_site("bureau", "bureau"), _site("gagny", "semi_liberte")),
    staff=(_person("AR"), _person("NK")),
    participants=(Participant(code="KM4821"), Participant(code="ZT1002")),
    paths=(Path(code="KM4821-o2r", programme="o2r", participant="KM4821", referent="AR"),),
    cadences=(Cadence(code="gagny-permanence", name="Permanence", site="gagny", asked=2, partner_places=1),),
    needs=(
        _need("KM4821/first", "KM4821", kind="diagnostic"),
        _need("KM4821/fixed", "KM4821", min_days=1),
        _need("ZT1002/first", "ZT1002", kind="diagnostic"),
    ),
)
FIXED = Pin(
    key="interview:KM4821/fixed:1",
    kind="interview",
    held_on=date(2026, 12, 15),
    starts_hour="10:00",
    site_code="bureau",
    need_code="KM4821/fixed",
    staff_codes=("AR",),
    origin="fixed_with_person",
)


async def make_territory(code: str = "petite") -> Territory:
    territory = await add_territory(
        code=code, name="Petite", zone="Europe/Paris", departements=("93",), settings={}
    )
    await store_facts(territory.id, FACTS)
    await add_pins(territory.id, [FIXED])
    return territory


async def solve_here(
    problem: bytes,
    options: SolveOptions,
    *,
    stop_asked: asyncio.Event,
    on_point: Callable[[CurvePoint], Awaitable[None]],
) -> MadePlan | None:
    """The same solver without a process of its own: a second less for each plan."""
    outcome = solve(
        read_problem(problem), limits=Limits(workers=1, seed=options.seed), stop=stop_asked.is_set
    )
    return outcome.plan if isinstance(outcome, Planned) else None


async def make_plan(territory: Territory, options: RunOptions = OPTIONS) -> Plan:
    """A plan of the small territory, requested and solved."""
    requested = await request_plan(territory, FIRST_ON, LAST_ON, options, ACTOR, QuietQueue())
    return await run_plan(requested.id, QuietWatcher(), solve_here)


NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
