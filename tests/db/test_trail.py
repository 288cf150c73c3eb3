"""The audit trail: written once; neither the service nor a hand at the database changes it."""

from datetime import timedelta

import pytest

from db import engine
from db.errors import RefusedError
from db.queries.trail import Sought, age_trail, note, trail
from db.records.trail import TrailEntry
from db.tables.trail import AuditTrail
from db.transaction import transaction
from tests.db.assignments import LATER, NOON
from tests.db.facts import make_territory

pytestmark = pytest.mark.usefixtures("database")

READ = TrailEntry(at=NOON, action="participant.read", about_kind="participant", about_ref="KM4821")
CHANGED = TrailEntry(at=LATER, action="absence.created", detail={"fields": ["starts_at"]})


async def test_entries_come_back_newest_first_and_can_be_chosen():
    territory = await make_territory()
    await note(READ, CHANGED)
    await note(TrailEntry(at=LATER + timedelta(hours=1), action="other", territory_id=territory.id))
    assert [entry.action for entry in await trail()] == ["other", "absence.created", "participant.read"]
    assert await trail(Sought(about=("participant", "KM4821"))) == (READ,)
    assert await trail(Sought(actions=("absence.created",))) == (CHANGED,)
    assert [entry.action for entry in await trail(Sought(territory_id=territory.id))] == ["other"]
    assert await trail(Sought(before_at=LATER)) == (READ,)
    assert len(await trail(limit=1)) == 1


async def test_an_entry_of_a_failed_action_is_not_kept():
    with pytest.raises(RuntimeError):
        await _fail_after_noting()
    assert await trail() == ()


async def _fail_after_noting() -> None:
    async with transaction():
        await note(READ)
        raise RuntimeError


async def test_no_entry_can_be_changed():
    await note(READ)
    with pytest.raises(RefusedError) as caught:
        await AuditTrail.update({AuditTrail.action: "nothing"}, force=True)
    assert caught.value.guard == "audit_trail_append_only"
    assert await trail() == (READ,)


async def test_no_entry_can_be_deleted_by_hand():
    await note(READ)
    with pytest.raises(RefusedError):
        await engine.current().run_sql('DELETE FROM "audit_trail"', [])
    assert await trail() == (READ,)


async def test_postgresql_does_not_empty_the_trail_either(database: engine.Engine):
    await note(READ)
    if database.engine_type == "postgres":
        with pytest.raises(RefusedError):
            await database.run_sql('TRUNCATE "audit_trail"', [])
    assert await trail() == (READ,)


async def test_only_old_entries_age_out_and_the_door_is_shut_behind():
    await note(READ, CHANGED)
    assert await age_trail(before_at=LATER) == 1
    assert await trail() == (CHANGED,)
    with pytest.raises(RefusedError):
        await AuditTrail.delete(force=True)
