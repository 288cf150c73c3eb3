"""A territory with a published week around today, whatever today is: an office and a centre open every day."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import store_facts
from db.queries.territories import add_territory
from db.records.assignment import Content, Write
from db.records.cadence import Cadence
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Participant, Path
from db.records.site import Opening, Site
from db.records.staff import StaffMember, WeeklyAvailability
from db.records.territory import Programme, Stage, Territory
from service.actions.actor import Actor
from service.actions.agreed_need import Appointment

ZONE = ZoneInfo("Europe/Paris")
COORDINATOR, AR, NK = (
    Actor(label="test"),
    Actor(label="AR", only_staff="AR"),
    Actor(label="NK", only_staff="NK"),
)
HOURS = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}


def day(ahead: int) -> date:
    """So many days from today, in the territory's zone."""
    return (datetime.now(ZONE) + timedelta(days=ahead)).date()


def at(ahead: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day(ahead), datetime.min.time(), ZONE).replace(hour=hour, minute=minute)


def just_begun() -> datetime:
    """A moment ago, and today whatever the hour."""
    now = datetime.now(ZONE)
    return max(now - timedelta(minutes=5), now.replace(hour=0, minute=0, second=0, microsecond=0))


def _site(code: str, kind: str, **fields: object) -> Site:
    openings = tuple(
        Opening(weekday=weekday, half_day=half, from_hour=hours[0], to_hour=hours[1])  # type: ignore[arg-type]
        for weekday in range(1, 8)
        for half, hours in HOURS.items()
    )
    return Site(code=code, name=code.title(), kind=kind, openings=openings, open_on_holidays=True, **fields)


def _person(code: str) -> StaffMember:
    pattern = tuple(
        WeeklyAvailability(weekday=weekday, half_day=half, from_hour="08:00", to_hour="18:00")  # type: ignore[arg-type]
        for weekday in range(1, 8)
        for half in HOURS
    )
    return StaffMember(
        code=code,
        name=code,
        base="bureau",
        availability=pattern,
        max_half_days_week=14,
        max_half_days_month=62,
    )


def facts() -> FactSet:
    return FactSet(
        programmes=(Programme(code="o2r", name="O2R"),),
        sites=(_site("bureau", "bureau"), _site("gagny", "semi_liberte", interview_places=2)),
        staff=(_person("AR"), _person("NK")),
        participants=(Participant(code="KM4821"), Participant(code="ZT1002"), Participant(code="BB3003")),
        paths=(
            Path(code="KM4821-o2r", programme="o2r", participant="KM4821", referent="AR", entry_on=day(-60)),
            Path(
                code="ZT1002-o2r",
                programme="o2r",
                participant="ZT1002",
                referent="AR",
                entry_on=day(-60),
                rhythm=(Stage(every_weeks=2, tolerance_weeks=1),),
                sites=("bureau",),
            ),
            Path(code="BB3003-o2r", programme="o2r", participant="BB3003", referent="NK", entry_on=day(-60)),
        ),
        cadences=(
            Cadence(code="gagny", name="Permanence", site="gagny", asked=9, up_to=22, partner_places=1),
        ),
        needs=(
            InterviewNeed(
                code="suivis-AR/1",
                from_on=day(-7),
                until_on=day(14),
                referent="AR",
                needed_count=3,
                sites=("bureau",),
            ),
        ),
    )


async def make_living(code: str = "vivante") -> Territory:
    territory = await add_territory(
        code=code, name="Vivante", zone="Europe/Paris", departements=("93",), settings={}
    )
    await store_facts(territory.id, facts())
    return territory


def host(ahead: int, half: str = "am", staff: str = "AR", site: str = "bureau") -> Content:
    """A published half-day: at the office, or a permanence at the centre."""
    first, last = HOURS[half]
    kind = "office" if site == "bureau" else "permanence"
    on = day(ahead)
    key = f"office:{staff}:{site}:{on}:{half}" if kind == "office" else f"permanence:gagny:{on}:{half}"
    return Content(
        kind=kind,  # type: ignore[arg-type]
        key=key,
        held_on=on,
        half_day=half,  # type: ignore[arg-type]
        starts_at=at(ahead, int(first[:2])),
        ends_at=at(ahead, int(last[:2])),
        staff=(staff,),
        site=site,
        cadence="gagny" if kind == "permanence" else None,
        places=3,
    )


def nameless(ahead: int, hour: int, number: int, host_id: UUID) -> Content:
    """An interview of the volume, in a half-day of AR at the office."""
    return Content(
        kind="interview",
        key=f"interview:suivis-AR/1:{number}",
        held_on=day(ahead),
        half_day="am",
        starts_at=at(ahead, hour),
        ends_at=at(ahead, hour + 1),
        staff=("AR",),
        status="to_confirm",
        site="bureau",
        need="suivis-AR/1",
        number=number,
        host_id=host_id,
        interview_kind="suivi",
        mode="on_site",
    )


async def publish(territory: Territory, *contents: Content) -> tuple[UUID, ...]:
    writes = [Write(id=uuid4(), content=content) for content in contents]
    await write_assignments(territory.id, writes, Author(at=datetime.now(UTC), actor_label="test"))
    return tuple(write.id for write in writes)


def meeting(ahead: int, hour: int, participant: str = "KM4821", **fields: object) -> Appointment:
    """An hour agreed with a person, with AR unless said otherwise."""
    values: dict[str, object] = {"staff": "AR", "participant": participant, "starts_at": at(ahead, hour)}
    return Appointment(**(values | fields))  # type: ignore[arg-type]
