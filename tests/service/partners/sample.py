"""A territory with two partners and published half-days a few weeks from today, for tests of places."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import store_facts
from db.queries.territories import add_territory, territory_by_id
from db.records.assignment import Content, Write
from db.records.cadence import Cadence, Promotion, Sequence
from db.records.facts import FactSet
from db.records.partner import Partner, PartnerSite
from db.records.site import Opening, Site
from db.records.staff import StaffMember, WeeklyAvailability
from db.records.territory import Programme, Territory
from service.actions.actor import Actor
from service.actions.read_places import read_places, weeks_ahead
from service.partners.form import OrientationForm
from service.partners.holder import Holder

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime.now(UTC)
FORM = OrientationForm(
    label="94-1211", need="emploi", officer="M.D.", officer_phone="01 45 67 89 10", asks_leave=True
)


def monday(weeks: int = 3) -> date:
    """The Monday of a week to come."""
    today = NOW.astimezone(ZONE).date()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def _site(code: str, kind: str, **fields: Any) -> Site:
    openings = tuple(
        Opening(weekday=day, half_day=half, from_hour=start, to_hour=end, slot_minutes=60)
        for day in range(1, 6)
        for half, start, end in (("am", "09:00", "12:00"), ("pm", "14:00", "17:00"))
    )
    return Site(code=code, name=code.capitalize(), kind=kind, openings=openings, **fields)


def _person(code: str) -> StaffMember:
    pattern = tuple(
        WeeklyAvailability(weekday=day, half_day=half, from_hour="08:30", to_hour="18:00")
        for day in range(1, 6)
        for half in ("am", "pm")
    )
    return StaffMember(
        code=code, name=f"{code[0]}. {code[1]}.", job="CIP", base="bureau", availability=pattern
    )


def facts() -> FactSet:
    return FactSet(
        programmes=(Programme(code="o2r", name="O2R"),),
        sites=(
            _site(
                "gagny",
                "semi_liberte",
                short_name="CSL Gagny",
                neutral_name="Espace Gagny",
                address="1 rue de la Gare, Gagny",
                directions="RER E, arrêt Gagny",
                contact_email="greffe@gagny.example",
                asks_access_list=True,
                access_notice_days=8,
            ),
            _site("bureau", "bureau", short_name="Bureau", address="3 rue des Lilas, Pantin"),
            _site("fresnes", "centre_penitentiaire", short_name="Fresnes"),
        ),
        staff=(_person("AR"), _person("NK")),
        cadences=(
            Cadence(
                code="gagny-permanence",
                name="Permanence Gagny",
                site="gagny",
                programme="o2r",
                asked=2,
                partner_places=1,
            ),
        ),
        promotions=(
            Promotion(
                code="sas-7",
                name="Promotion 7",
                site="gagny",
                seats=2,
                open_to_partners=True,
                sequences=(
                    Sequence(
                        code="info",
                        title="Information collective",
                        from_on=monday(4),
                        until_on=monday(4) + timedelta(days=4),
                    ),
                ),
            ),
        ),
        partners=(
            Partner(
                code="spip-93",
                name="SPIP de Seine-Saint-Denis",
                email="spip93@example.fr",
                sites=(PartnerSite(site="gagny"), PartnerSite(site="bureau")),
            ),
            Partner(
                code="spip-94",
                name="SPIP du Val-de-Marne",
                email="spip94@example.fr",
                sites=(PartnerSite(site="gagny"), PartnerSite(site="fresnes")),
            ),
        ),
    )


async def make_territory(code: str = "essai", **settings: Any) -> Territory:
    territory = await add_territory(
        code=code,
        name=code.capitalize(),
        zone="Europe/Paris",
        departements=("93",),
        settings={"partners": {"contact_phone": "01 48 00 00 00", **settings}},
    )
    await store_facts(territory.id, facts())
    return await again(territory)


async def again(territory: Territory) -> Territory:
    """The territory as it is now."""
    return await territory_by_id(territory.id)


def at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), ZONE).astimezone(UTC)


def permanence(on: date, half_day: str = "am", **changes: Any) -> Content:
    """Three slots of an hour at Gagny, by AR unless said otherwise."""
    start = 9 if half_day == "am" else 14
    values: dict[str, Any] = {
        "kind": "permanence",
        "key": f"permanence:gagny-permanence:{on}:{half_day}",
        "held_on": on,
        "half_day": half_day,
        "starts_at": at(on, start),
        "ends_at": at(on, start + 3),
        "staff": ("AR",),
        "site": "gagny",
        "cadence": "gagny-permanence",
        "programme": "o2r",
        "places": 3,
    }
    return Content(**(values | changes))


def office(on: date, staff: str = "NK") -> Content:
    """A morning at the office."""
    return Content(
        kind="office",
        key=f"office:{staff}:bureau:{on}:am",
        held_on=on,
        half_day="am",
        starts_at=at(on, 9),
        ends_at=at(on, 12),
        staff=(staff,),
        site="bureau",
        places=3,
    )


async def publish(
    territory: Territory, *contents: Content, what: str = "published", at: datetime = NOW
) -> list[UUID]:
    """Ids of these things, published directly."""
    writes = [Write(id=uuid4(), content=content, what=what) for content in contents]
    await write_assignments(territory.id, writes, Author(at=at, actor_label="C. C."))
    return [write.id for write in writes]


def officer(partner: str = "spip-93", **fields: Any) -> Holder:
    """Somebody of a partner, in a session of their own."""
    return Holder(partner=partner, id=uuid4(), actor=Actor(label="partner"), **fields)


async def states(territory: Territory, who: Holder) -> list[tuple[str, int, str]]:
    """Site, number and state of every place that somebody sees."""
    shelf = await read_places(territory, who, weeks_ahead(territory, NOW), NOW)
    return [(one.site, one.slot, one.state) for one in shelf.places]
