"""Facts: what is stored is what is read, what is unchanged stays untouched, stale edits are refused."""

import msgspec
import pytest

from db.errors import AlreadyThereError, BrokenReferenceError, NotFoundError, StaleVersionError
from db.kinds import KINDS
from db.queries.fact_storing import add_fact, change_fact, remove_fact, store_facts
from db.queries.facts import all_facts, fact, facts_of
from db.queries.territories import territory_by_id
from db.records.base import Fact
from db.records.cadence import Promotion
from db.records.facts import FactSet
from db.records.participant import InterviewNeed
from db.records.site import Opening, Room, Site
from db.records.staff import Meeting, StaffMember
from tests.db.facts import AR, BUREAU, GAGNY, LD, at, every_fact, make_territory, on

pytestmark = pytest.mark.usefixtures("database")

_OF_DATABASE = {"id": None, "version": 0, "last_modified_at": None, "created_at": None}


def _as_given(record: Fact) -> Fact:
    """A record without what the database added."""
    names = {name: value for name, value in _OF_DATABASE.items() if name in record.__struct_fields__}
    return msgspec.structs.replace(record, **names)


async def test_every_kind_of_fact_comes_back_as_it_was_given():
    territory = await make_territory()
    given = every_fact()
    await store_facts(territory.id, given)
    facts = await facts_of(territory.id)
    for kind in KINDS:
        stored = [_as_given(record) for record in getattr(facts, kind.name)]
        assert stored == sorted(getattr(given, kind.name), key=lambda record: record.code), kind.name
    assert facts.travel == given.travel
    assert facts.holidays == given.holidays


async def test_storing_the_same_facts_again_touches_nothing():
    territory = await make_territory()
    first = await store_facts(territory.id, every_fact())
    before = await facts_of(territory.id)
    again = await store_facts(territory.id, every_fact())
    assert first.added == sum(len(getattr(every_fact(), kind.name)) for kind in KINDS)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert await facts_of(territory.id) == before


async def test_a_changed_part_raises_the_version_of_its_whole_alone():
    territory = await make_territory()
    await store_facts(territory.id, every_fact())
    site = msgspec.structs.replace(GAGNY, openings=GAGNY.openings[:1])
    stored = await store_facts(territory.id, FactSet(sites=(site, BUREAU)))
    assert (stored.changed, stored.unchanged) == (1, 1)
    facts = {one.code: one for one in await all_facts(territory.id, Site)}
    assert facts["gagny"].openings == GAGNY.openings[:1]
    assert (facts["gagny"].version, facts["bureau"].version) == (2, 1)
    assert (await territory_by_id(territory.id)).facts_revision == 2


async def test_rooms_keep_their_identity_when_they_change_and_their_order_is_kept():
    territory = await make_territory()
    await store_facts(territory.id, every_fact())
    rooms = (Room(code="salle-a", seats=14), Room(code="salle-b", name="Salle B", seats=8))
    await store_facts(territory.id, FactSet(sites=(msgspec.structs.replace(GAGNY, rooms=rooms),)))
    assert (await fact(territory.id, Site, "gagny")).rooms == rooms


async def test_two_equal_openings_are_two_rows_and_one_can_leave():
    territory = await make_territory()
    twice = Opening(weekday=1, half_day="am", from_hour="09:00", to_hour="12:00")
    await add_fact(territory.id, Site(code="s", name="S", kind="bureau", openings=(twice, twice)))
    site = await fact(territory.id, Site, "s")
    assert site.openings == (twice, twice)
    changed = await change_fact(
        territory.id, msgspec.structs.replace(site, openings=(twice,)), version=site.version
    )
    assert changed.openings == (twice,)


async def test_a_stale_edit_is_refused_and_says_the_version_found():
    territory = await make_territory()
    site = await add_fact(territory.id, BUREAU)
    await change_fact(territory.id, msgspec.structs.replace(site, name="Bureau A"), version=1)
    with pytest.raises(StaleVersionError) as caught:
        await change_fact(territory.id, msgspec.structs.replace(site, name="Bureau B"), version=1)
    assert caught.value.found == 2
    assert (await fact(territory.id, Site, "bureau")).name == "Bureau A"


async def test_an_edit_that_changes_nothing_keeps_version_and_revision():
    territory = await make_territory()
    site = await add_fact(territory.id, BUREAU)
    revision = (await territory_by_id(territory.id)).facts_revision
    assert (await change_fact(territory.id, site, version=1)).version == 1
    assert (await territory_by_id(territory.id)).facts_revision == revision


async def test_a_code_is_given_once_in_a_territory_and_again_in_another():
    somme, var = await make_territory(), await make_territory("var")
    await add_fact(somme.id, BUREAU)
    await add_fact(var.id, BUREAU)
    with pytest.raises(AlreadyThereError):
        await add_fact(somme.id, BUREAU)


async def test_a_fact_of_another_territory_is_not_found_nor_referred_to():
    somme, var = await make_territory(), await make_territory("var")
    await add_fact(somme.id, BUREAU)
    with pytest.raises(NotFoundError):
        await fact(var.id, Site, "bureau")
    with pytest.raises(NotFoundError) as caught:
        await add_fact(var.id, AR)
    assert (caught.value.kind, caught.value.ref) == ("site", "bureau")
    assert await all_facts(var.id, StaffMember) == ()


async def test_what_others_refer_to_cannot_be_removed():
    territory = await make_territory()
    await store_facts(territory.id, every_fact())
    with pytest.raises(BrokenReferenceError):
        await remove_fact(territory.id, StaffMember, "AR")
    await remove_fact(territory.id, InterviewNeed, "KM4821/diagnostic", version=1)
    assert await all_facts(territory.id, InterviewNeed) == ()


async def test_one_wrong_fact_of_a_set_leaves_the_database_as_it_was():
    territory = await make_territory()
    wrong = msgspec.structs.replace(LD, base="nulle-part")
    with pytest.raises(NotFoundError):
        await store_facts(territory.id, FactSet(sites=(BUREAU,), staff=(wrong,)))
    assert await all_facts(territory.id, Site) == ()
    assert (await territory_by_id(territory.id)).facts_revision == 0


async def test_a_meeting_raises_its_sequence_only_when_it_moves_or_people_change():
    territory = await make_territory()
    await store_facts(territory.id, every_fact())
    meeting = await fact(territory.id, Meeting, "equipe")
    renamed = await change_fact(territory.id, msgspec.structs.replace(meeting, title="Équipe"), version=1)
    moved = await change_fact(territory.id, msgspec.structs.replace(renamed, ends_at=at(8, 12)), version=2)
    left = await change_fact(territory.id, msgspec.structs.replace(moved, attendees=("AR",)), version=3)
    back = await change_fact(territory.id, msgspec.structs.replace(left, attendees=("AR", "LD")), version=4)
    assert [one.sequence_number for one in (meeting, renamed, moved, left, back)] == [0, 0, 1, 2, 3]
    assert back.attendees == ("AR", "LD")


async def test_sequences_keep_their_order_and_one_can_be_doubled_or_dropped():
    territory = await make_territory()
    await store_facts(territory.id, every_fact())
    promotion = await fact(territory.id, Promotion, "sas-7")
    info, bilan = promotion.sequences
    doubled = msgspec.structs.replace(info, code="info-2", from_on=on(2))
    wanted = msgspec.structs.replace(promotion, sequences=(bilan, info, doubled))
    assert (await change_fact(territory.id, wanted, version=1)).sequences == (bilan, info, doubled)
    dropped = msgspec.structs.replace(wanted, sequences=(doubled,))
    assert (await change_fact(territory.id, dropped, version=2)).sequences == (doubled,)
