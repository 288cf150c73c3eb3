"""Who entered the facts that an explanation names, and when, as the trail knows it."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from db.acting import Acting, act_as
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.trail import note
from db.records.facts import FactSet
from db.records.staff import Absence
from db.records.territory import Territory
from db.records.trail import TrailEntry
from planner.why.fact import Fact
from service.pages.fact_origins import SOURCES, origins
from service.translate.problem import Snapshot, translate
from tests.service.small_territory import FIRST_ON, LAST_ON, make_territory

pytestmark = pytest.mark.usefixtures("database")

ABSENT = Fact(kind="absence", staff="AR", about="AR-congé")
LEAVE = Absence(
    code="AR-congé",
    staff="AR",
    kind="leave",
    starts_at=datetime(2026, 12, 7, tzinfo=UTC),
    ends_at=datetime(2026, 12, 12, tzinfo=UTC),
)


async def told(territory: Territory, *facts: Fact) -> tuple[str, ...]:
    found = translate(Snapshot(facts=await facts_of(territory.id)), FIRST_ON, LAST_ON, date(2026, 11, 20))
    return await origins(territory.id, found.problem, [facts])


async def entered_by(name: str, territory: Territory, facts: FactSet) -> None:
    act_as(Acting(action="add_absence", label=name, territory_id=territory.id))
    await store_facts(territory.id, facts)
    act_as(None)


def today() -> int:
    return datetime.now(UTC).year


async def test_a_fact_says_who_entered_it_and_who_changed_it_last() -> None:
    territory = await make_territory()
    await entered_by("Claire V.", territory, FactSet(absences=(LEAVE,)))
    (words,) = await told(territory, ABSENT)
    assert words.startswith("saisi par Claire V. le ")
    assert words.endswith(str(today()))
    longer = msgspec.structs.replace(LEAVE, ends_at=datetime(2026, 12, 14, tzinfo=UTC))
    await entered_by("Ali R.", territory, FactSet(absences=(longer,)))
    assert (await told(territory, ABSENT))[0].startswith("changé par Ali R. le ")


async def test_only_a_change_of_the_field_in_question_tells_of_it() -> None:
    territory = await make_territory()
    (site,) = [one for one in (await facts_of(territory.id)).sites if one.code == "gagny"]
    fact = Fact(kind="opening", site="gagny", weekday=1, half_day="am")
    renamed = msgspec.structs.replace(site, name="CSL de Gagny")
    await entered_by("Claire V.", territory, FactSet(sites=(renamed,)))
    assert "Claire V." not in (await told(territory, fact))[0]
    narrower = msgspec.structs.replace(renamed, openings=site.openings[:-1])
    await entered_by("Ali R.", territory, FactSet(sites=(narrower,)))
    assert (await told(territory, fact))[0].startswith("changé par Ali R. le ")


async def test_what_was_loaded_in_a_crowd_says_so_and_two_loads_say_nothing() -> None:
    territory = await make_territory()
    load = TrailEntry(
        at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        action="added",
        territory_id=territory.id,
        actor_label="escale",
        about_kind="absence",
        detail={"count": 80},
    )
    await note(load)
    assert await told(territory, ABSENT) == ("chargé avec les données du territoire le 2 novembre 2026",)
    await note(load)
    assert await told(territory, ABSENT) == ("",)


async def test_what_nobody_entered_has_no_author() -> None:
    territory = await make_territory()
    assert await told(territory, Fact(kind="placed", about="gagny 2026-12-01")) == ("",)
    assert not {"placed", "published", "pin", "holiday", "booking", "previous"} & SOURCES.keys()
