"""Who entered the facts that an explanation names, and when, as the trail knows it."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from db.acting import Acting, act_as
from db.queries.accounts import set_account
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.trail import note
from db.records.account import Grant
from db.records.cadence import Promotion, Sequence
from db.records.facts import FactSet
from db.records.staff import Absence
from db.records.territory import Territory
from db.records.trail import TrailEntry
from planner.plan_keys import sequence_key
from planner.why.fact import Fact
from service.pages.fact_origins import ASKED, SOURCES, origins
from service.translate.problem import Snapshot, translate
from tests.service.door import account
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
    return await origins(territory, found.problem, [facts])


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


def changed(territory: Territory, kind: str, ref: str | None, **detail: object) -> TrailEntry:
    """By another, after everything that a test enters."""
    return TrailEntry(
        at=datetime.now(UTC) + timedelta(minutes=1), action="changed", territory_id=territory.id,
        actor_label="Ali R.", about_kind=kind, about_ref=ref, detail=detail,
    )  # fmt: skip


async def test_a_later_change_of_a_crowd_leaves_no_author() -> None:
    territory = await make_territory()
    await entered_by("Claire V.", territory, FactSet(absences=(LEAVE,)))
    await note(changed(territory, "meeting", None, count=80))
    assert (await told(territory, ABSENT))[0].startswith("saisi par Claire V. le ")
    await note(changed(territory, "absence", None, count=80))
    assert await told(territory, ABSENT) == ("",)
    load = msgspec.structs.replace(changed(territory, "absence", None, count=80), action="added")
    await note(msgspec.structs.replace(load, at=load.at + timedelta(minutes=1)))
    assert await told(territory, ABSENT) == ("",)


async def test_a_change_that_names_no_field_leaves_a_list_without_author() -> None:
    territory = await make_territory()
    opening = Fact(kind="opening", site="gagny", weekday=1, half_day="am")
    assert (await told(territory, opening))[0]
    await note(changed(territory, "site", "gagny", fields=["name"]))
    assert (await told(territory, opening))[0]
    await note(changed(territory, "site", "gagny"))
    assert await told(territory, opening) == ("",)


async def test_a_code_that_holds_a_slash_has_its_own_author() -> None:
    territory = await make_territory()
    step = Sequence(
        code="cv", title="CV", from_on=FIRST_ON, until_on=LAST_ON, duration_minutes=120, length="half"
    )
    groups = [
        Promotion(code=code, name=code, site="gagny", seats=8, sequences=(step,)) for code in ("p", "p/2")
    ]
    await entered_by("Claire V.", territory, FactSet(promotions=(groups[0],)))
    await entered_by("Ali R.", territory, FactSet(promotions=(groups[1],)))
    for fact in (Fact(kind="weekday", about="p/2"), Fact(kind="window", about=sequence_key("p/2", "cv"))):
        assert (await told(territory, fact))[0].startswith("saisi par Ali R. le ")
    assert (await told(territory, Fact(kind="window", about="p/cv")))[0].startswith("saisi par Claire V. le ")
    assert await told(territory, Fact(kind="window", about="p/suivi/2026-W50")) == ("",)


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
    assert not {"placed", "published", "pin", "holiday", "booking", "previous"} & (
        SOURCES.keys() | ASKED.keys()
    )


async def test_who_has_no_name_signs_with_the_role_not_with_an_address() -> None:
    territory = await make_territory()
    known = await account("lina@petite.fr", Grant(role="coordinator", territory="petite"))
    nameless = await set_account(known.id, name="")
    act_as(
        Acting(action="add_absence", label=nameless.email, actor_id=nameless.id, territory_id=territory.id)
    )
    await store_facts(territory.id, FactSet(absences=(LEAVE,)))
    act_as(None)
    (words,) = await told(territory, ABSENT)
    assert words.startswith("saisi par coordination le ")
    await note(
        msgspec.structs.replace(changed(territory, "absence", LEAVE.code), actor_label="gone@petite.fr")
    )
    assert (await told(territory, ABSENT))[0].startswith("changé par personne inconnue le ")
