"""Published assignments: identity for ever, revisions and history, last guards, old holders."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from db.errors import AlreadyThereError, NotFoundError, RefusedError
from db.queries.assignment_writing import content_of
from db.queries.assignments import Wanted, assignment, assignments_of, events_of
from db.queries.territories import territory_by_code, territory_by_id
from db.records.assignment import Content, Write
from tests.db.assignments import (
    LATER,
    NOON,
    interview,
    new,
    permanence,
    publish,
    session,
    territory_with_facts,
)
from tests.db.facts import at, make_territory, on

pytestmark = pytest.mark.usefixtures("database")


def _becomes(write: Write, **changes: object) -> Write:
    return Write(id=write.id, content=msgspec.structs.replace(write.content, **changes), what="moved")


async def test_what_was_written_is_what_is_read():
    territory = await territory_with_facts()
    writes = [new(permanence(1)), new(session(2)), new(interview(3))]
    written = await publish(territory, *writes)
    assert set(written.created) == {write.id for write in writes}
    found = await assignments_of(territory.id, Wanted())
    assert [(one.id, content_of(one)) for one in found] == [(write.id, write.content) for write in writes]
    assert {(one.revision, one.sequence_number, one.last_modified_at) for one in found} == {(1, 0, NOON)}


async def test_what_is_written_again_unchanged_stays_untouched():
    territory = await territory_with_facts()
    write = new(permanence())
    await publish(territory, write)
    before = await assignment(territory.id, write.id)
    revision = (await territory_by_id(territory.id)).published_revision
    assert (await publish(territory, write, when=LATER)).unchanged == (write.id,)
    assert await assignment(territory.id, write.id) == before
    assert (await territory_by_id(territory.id)).published_revision == revision


async def test_a_move_keeps_the_identity_raises_the_sequence_and_remembers_the_former_time():
    territory = await territory_with_facts()
    write = new(permanence(1))
    await publish(territory, write)
    moved = permanence(3)
    await publish(territory, Write(id=write.id, content=moved, what="moved"), when=LATER)
    found = await assignment(territory.id, write.id)
    assert content_of(found) == moved
    assert (found.revision, found.sequence_number, found.created_at) == (2, 1, NOON)
    assert (found.changed_at, found.former_starts_at) == (LATER, write.content.starts_at)


async def test_a_change_that_nobody_must_notice_keeps_the_sequence():
    territory = await territory_with_facts()
    write = new(permanence())
    await publish(territory, write)
    await publish(territory, _becomes(write, places=6), when=LATER)
    found = await assignment(territory.id, write.id)
    assert (found.revision, found.sequence_number, found.changed_at) == (2, 0, None)
    assert found.last_modified_at == LATER


async def test_who_is_replaced_keeps_a_trace_and_may_come_back():
    territory = await territory_with_facts()
    write = new(permanence())
    await publish(territory, write)
    await publish(territory, _becomes(write, staff=("LD",)), when=LATER)
    replaced = await assignment(territory.id, write.id)
    assert replaced.staff == ("LD",)
    assert [(one.staff, one.left_at, one.sequence_number) for one in replaced.former_staff] == [
        ("AR", LATER, 1)
    ]
    assert [one.id for one in await assignments_of(territory.id, Wanted(staff="AR"))] == [write.id]
    await publish(territory, write, when=LATER + timedelta(hours=1))
    back = await assignment(territory.id, write.id)
    assert (back.staff, back.sequence_number) == (("AR",), 2)
    assert [one.staff for one in back.former_staff] == ["LD"]


async def test_the_history_of_a_thing_says_what_when_and_by_whom():
    territory = await territory_with_facts()
    write = new(permanence())
    await publish(territory, write)
    await publish(territory, _becomes(write, status="cancelled", cancelled_by="site"), when=LATER)
    made, cancelled = await events_of(write.id)
    assert (made.what, made.before, made.actor_label) == ("published", None, "C. Coordinatrice")
    assert (cancelled.at, cancelled.revision) == (LATER, 2)
    assert msgspec.convert(cancelled.before, Content) == write.content
    assert cancelled.after is not None
    assert cancelled.after["cancelled_by"] == "site"


async def test_nobody_is_published_twice_in_a_half_day():
    territory = await territory_with_facts()
    await publish(territory, new(permanence(1)))
    second = new(permanence(1, key="other", cadence=None))
    with pytest.raises(AlreadyThereError) as caught:
        await publish(territory, second)
    assert caught.value.table == "staff_presence"
    assert len(await assignments_of(territory.id, Wanted())) == 1


async def test_a_whole_day_takes_both_half_days():
    territory = await territory_with_facts()
    await publish(territory, new(session(1)))
    for half_day in ("am", "pm"):
        with pytest.raises(AlreadyThereError):
            await publish(territory, new(permanence(1, half_day, staff=("LD",))))


async def test_what_a_coordinator_overruled_stands_beside_the_other_and_stays_so():
    territory = await territory_with_facts()
    await publish(territory, new(permanence(1)))
    second = new(permanence(1, key="other"), overruled=({"rule": "one_place_at_a_time"},))
    await publish(territory, second)
    await publish(territory, _becomes(second, status="held"), when=LATER)
    assert len(await assignments_of(territory.id, Wanted(staff="AR"))) == 2
    assert (await events_of(second.id))[0].overruled == ({"rule": "one_place_at_a_time"},)


async def test_interviews_of_one_person_touch_but_never_overlap():
    territory = await territory_with_facts()
    await publish(territory, new(interview(1, 9)), new(interview(1, 10)))
    with pytest.raises(RefusedError) as caught:
        await publish(territory, new(interview(1, 9, 30)))
    assert caught.value.guard == "staff_interview_overlap"
    await publish(territory, new(interview(1, 9, 30, staff=("LD",))))


async def test_a_cancelled_thing_leaves_its_half_day_its_hours_and_its_key():
    territory = await territory_with_facts()
    first, talk = new(permanence(1)), new(interview(1, 9))
    await publish(territory, first, talk)
    await publish(
        territory,
        _becomes(first, status="cancelled", cancelled_by="us"),
        _becomes(talk, status="cancelled", cancelled_by="us"),
    )
    await publish(territory, new(permanence(1)), new(interview(1, 9)))
    assert len(await assignments_of(territory.id, Wanted(statuses=("planned",)))) == 2


async def test_two_things_exchange_dates_staff_and_keys_in_one_writing():
    territory = await territory_with_facts()
    one, two = new(permanence(1)), new(permanence(3))
    await publish(territory, one, two)
    await publish(
        territory, Write(id=one.id, content=two.content), Write(id=two.id, content=one.content), when=LATER
    )
    found = {one.id: one.held_on for one in await assignments_of(territory.id, Wanted())}
    assert found == {one.id: on(3), two.id: on(1)}


async def test_one_wrong_thing_leaves_everything_as_it_was():
    territory = await territory_with_facts()
    good = new(permanence(1))
    with pytest.raises(NotFoundError):
        await publish(territory, good, new(permanence(3, staff=("ZZ",))))
    with pytest.raises(NotFoundError):
        await publish(territory, good, new(session(2, room="nulle-part")))
    assert await assignments_of(territory.id, Wanted()) == ()
    assert (await territory_by_id(territory.id)).published_revision == 0


async def test_assignments_of_another_territory_are_not_found():
    territory = await territory_with_facts()
    write = new(permanence(1))
    await publish(territory, write)
    other = await make_territory("var")
    assert await assignments_of(other.id, Wanted(ids=(write.id,))) == ()
    with pytest.raises(NotFoundError):
        await assignment(other.id, write.id)


async def test_assignments_are_chosen_by_date_site_kind_and_host():
    territory = await territory_with_facts()
    host = uuid4()
    writes = [
        new(permanence(1)),
        new(permanence(8)),
        new(interview(8, 9, host_id=host)),
        new(interview(9, 9, site="bureau")),
    ]
    await publish(territory, *writes)
    ids = [write.id for write in writes]

    async def chosen(**wanted: object) -> list[int]:
        found = await assignments_of(territory.id, msgspec.convert(wanted, Wanted))
        return sorted(ids.index(one.id) for one in found)

    assert await chosen(from_on=on(2), until_on=on(8)) == [1, 2]
    assert await chosen(sites=("bureau",)) == [3]
    assert await chosen(kinds=("permanence",)) == [0, 1]
    assert await chosen(host_ids=(host,)) == [2]
    assert await chosen(participant="KM4821", until_on=on(8)) == [2]


async def test_two_publications_at_once_never_put_a_person_twice():
    territory = await territory_with_facts()

    async def attempt(number: int) -> bool:
        try:
            await publish(territory, new(permanence(1, key=f"attempt {number}")))
        except AlreadyThereError:
            return False
        return True

    won = await asyncio.gather(*(attempt(number) for number in range(20)))
    assert sum(won) == 1


async def test_a_month_of_four_hundred_interviews_is_written_as_one():
    territory = await territory_with_facts()
    before = (await territory_by_code(territory.code)).published_revision
    writes = [
        new(
            interview(
                1 + n // 20,
                8,
                key=f"n{n}",
                starts_at=at(1, 0) + timedelta(hours=n),
                ends_at=at(1, 1) + timedelta(hours=n),
            )
        )
        for n in range(400)
    ] + [new(permanence(1 + n // 2, ("am", "pm")[n % 2])) for n in range(60)]
    await publish(territory, *writes)
    found = await assignments_of(territory.id, Wanted())
    assert {one.id for one in found} == {write.id for write in writes}
    assert (await territory_by_code(territory.code)).published_revision == before + 1
