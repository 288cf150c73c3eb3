"""`escale retention` as it is typed: it says what has had its time, lets it go when asked, and a restore does it again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db import engine
from db.queries.facts import all_facts
from db.queries.outbox import add_mail, mails
from db.queries.territories import change_territory, territory_by_code
from db.queries.trail import Sought, note, trail
from db.records.participant import Participant
from db.records.territory import Territory
from db.records.trail import TrailEntry
from db.tables.mail import OutboxMail
from db.tables.participant import Participant as ParticipantTable
from service.privacy.erasing import memory_beside, remembered
from service.settings import read_settings
from tests.db.assignments import territory_with_facts
from tests.deployment import run_escale

pytestmark = [pytest.mark.slow]
NOW = datetime.now(UTC)
Escale = Callable[..., str]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {"ESCALE_DATABASE_URL": database_url, "ESCALE_VAR": str(tmp_path / "var")}


@pytest.fixture
def escale(settings: dict[str, str]) -> Escale:
    def run(*words: str, **more: str) -> str:
        ended = run_escale(*words, **settings | more)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return run


async def _plant(code: str, **retention: int) -> Territory:
    """Somebody who came long ago, and entries and mails of three ages."""
    made = await territory_with_facts(code)
    settings = {**made.settings, "retention": retention}
    territory = await change_territory(msgspec.structs.replace(made, settings=settings))
    for days in (400, 200, 20):
        at = NOW - timedelta(days=days)
        await note(TrailEntry(at=at, action="read", territory_id=territory.id, about_ref=f"{days}"))
        row = {"territory": territory.id, "kind": "today", "to_address": f"{days}@exemple.fr", "subject": "x"}
        await add_mail({**row, "body_text": "y", "state": "sent"})
        await OutboxMail.update({OutboxMail.created_at: at}).where(
            OutboxMail.to_address == f"{days}@exemple.fr"
        )
    return territory


async def _left(code: str) -> tuple[set[str], set[str | None]]:
    territory = await territory_by_code(code)
    people = {one.code for one in await all_facts(territory.id, Participant)}
    read = await trail(Sought(territory_id=territory.id, actions=("read",)))
    return people, {one.about_ref for one in read}


async def test_it_tells_then_lets_go_by_each_territory_s_own_settings(
    settings: dict[str, str], escale: Escale
) -> None:
    url = settings["ESCALE_DATABASE_URL"]
    async with engine.connected(url):
        await _plant("court", trail_months=6, participants_months=12)
        await _plant("long", trail_months=24, participants_months=60)
        await ParticipantTable.update({ParticipantTable.created_at: NOW - timedelta(days=900)}, force=True)
        before = [await _left("court"), await _left("long")]
    told = escale("retention")
    court, long = told.split("long  (")
    assert "participants to erase: KM4821" in court
    assert "entries of the trail to forget: 2" in court
    assert "mails to empty: 2" in court
    assert "participants to erase: none" in long
    assert "entries of the trail to forget: 0" in long
    assert told.endswith("nothing was changed; --apply lets it go\n")
    async with engine.connected(url):
        assert [await _left("court"), await _left("long")] == before
    assert "gone: participants 1, labels 0, problems 0, trail 2, mails 2" in escale("retention", "--apply")
    async with engine.connected(url):
        people, entries = await _left("court")
        assert [code.startswith("efface-") for code in people] == [True]
        assert entries == {"20"}
        assert await _left("long") == before[1]
        assert len([one for one in await mails() if one.to_address == ""]) == 2
    assert "participants to erase: none" in escale("retention").split("long  (")[0]


async def test_what_it_erased_is_erased_again_by_a_restore(
    settings: dict[str, str], escale: Escale, tmp_path: Path
) -> None:
    url, saved = settings["ESCALE_DATABASE_URL"], tmp_path / "before.backup"
    async with engine.connected(url):
        await _plant("court", participants_months=12)
        await ParticipantTable.update({ParticipantTable.created_at: NOW - timedelta(days=900)}, force=True)
    escale("db", "backup", f"{saved}", "--plain")
    escale("retention", "--apply")
    memory = memory_beside(read_settings(settings).keys_path)
    assert [one.about_ref for one in remembered(memory)] == ["KM4821"]
    other = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    told = escale("db", "restore", f"{saved}", ESCALE_DATABASE_URL=other)
    assert "erased again 1 persons whose erasure was remembered" in told
    async with engine.connected(other):
        people, _ = await _left("court")
    assert [code.startswith("efface-") for code in people] == [True]
