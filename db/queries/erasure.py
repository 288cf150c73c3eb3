"""One participant, everywhere: what is kept, and its erasure, remembered to be done again.

The row of an erased participant stays, so that past months keep their figures, under a code that
tells nothing; its key is destroyed and its reference is replaced in every text of every table but
the trail, which ages by itself.
"""

import gzip
import hashlib
import json
import zlib
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from db.acting import Mention, mention
from db.bulk import insert_rows
from db.errors import NotFoundError
from db.mentioning import is_about, names_it, texts_of, written_forms
from db.queries.kept_answers import forget_answers_in
from db.queries.territories import raise_facts_revision, raise_published_revision
from db.records.erasure import Erasure
from db.shape import column_of, to_record
from db.tables import TABLES
from db.tables.feed import FeedBody
from db.tables.need import InterviewNeed as NeedTable
from db.tables.participant import Participant, ParticipantHours, ParticipantVault
from db.tables.participant import Path as PathTable
from db.tables.partner import Orientation
from db.tables.plan import Plan, PlanFile
from db.tables.trail import AuditTrail, ErasureMemory
from db.transaction import lock_territory, transaction

_KEPT = (AuditTrail, ErasureMemory)


async def mentions_of(territory_id: UUID, reference: str) -> dict[str, list[dict[str, Any]]]:
    """Every row that is about a participant, by table: by reference in a text or by id. For the person."""
    row = await _row(territory_id, reference)
    found: dict[str, list[dict[str, Any]]] = {"participant": [row]}
    for table in TABLES:
        wanted = is_about(table, territory_id, row["id"], reference)
        if wanted is not None and table is not Participant:
            rows = await table.select().where(wanted)
            if rows:
                found[table._meta.tablename] = rows
    return found


async def _row(territory_id: UUID, reference: str, known_at: datetime | None = None) -> dict[str, Any]:
    row = (
        await Participant.select()
        .where((Participant.territory == territory_id) & (Participant.code == reference))
        .first()
    )
    if row is None or (known_at is not None and row["created_at"] > known_at):
        raise NotFoundError("participant", reference)
    return row


async def erase_participant(
    territory_id: UUID, reference: str, *, at: datetime, asked_by: UUID | None = None
) -> str:
    """Erases and remembers; the code that stands there now. Raises `NotFoundError`.

    Somebody who was given the reference after `at` is another person, and stays.
    """
    async with transaction():
        await lock_territory(territory_id)
        row = await _row(territory_id, reference, known_at=at)
        nobody = f"efface-{uuid4().hex[:10]}"
        await ParticipantVault.update(
            {ParticipantVault.wrapped_key: None, ParticipantVault.sealed: None}
        ).where(ParticipantVault.participant == row["id"])
        await ParticipantHours.delete().where(ParticipantHours.participant == row["id"])
        await _clear(row["id"], at)
        await forget_answers_in(territory_id)
        await _replace_everywhere(territory_id, reference, nobody)
        await _replace_in_files(territory_id, reference, nobody)
        await _forget_feeds(territory_id)
        memory = {"about_kind": "participant", "about_ref": reference, "erased_at": at}
        await insert_rows(ErasureMemory, [{**memory, "territory_id": territory_id, "asked_by": asked_by}])
        mention(Mention(what="erased", kind="participant", ref=reference, territory_id=territory_id))
        await raise_facts_revision(territory_id)
        await raise_published_revision(territory_id)
    return nobody


async def _clear(participant_id: UUID, at: datetime) -> None:
    values: dict[Any, Any] = {
        Participant.practical_note: "",
        Participant.minor: False,
        Participant.informed_on: None,
        Participant.charter_on: None,
        Participant.last_contact_on: None,
        Participant.any_hour: True,
        Participant.erased_at: at,
        Participant.version: Participant.version + 1,
    }
    await Participant.update(values).where(Participant.id == participant_id)
    ended: dict[Any, Any] = {
        PathTable.state: "ended",
        PathTable.exit_on: at.date(),
        PathTable.version: PathTable.version + 1,
    }
    running = PathTable.participant == participant_id
    await PathTable.update(ended).where(running & (PathTable.state != "ended"))
    asked = (NeedTable.participant == participant_id) & (NeedTable.state == "open")
    await NeedTable.update({NeedTable.state: "closed", NeedTable.version: NeedTable.version + 1}).where(asked)
    await Orientation.update(
        {
            Orientation.label: "",
            Orientation.officer: None,
            Orientation.officer_phone: None,
            Orientation.label_erased_at: at,
        }
    ).where(Orientation.participant_id == participant_id)


async def _replace_everywhere(territory_id: UUID, reference: str, nobody: str) -> None:
    """In every text of every row of the territory."""
    for table in TABLES:
        wanted = names_it(table, territory_id, reference)
        if wanted is None or table in _KEPT:
            continue
        columns = {name: column_of(table, name) for name in texts_of(table)}
        for row in await table.select(column_of(table, "id"), *columns.values()).where(wanted):
            values = {column: _without(row[name], reference, nobody) for name, column in columns.items()}
            await table.update(values).where(column_of(table, "id") == row["id"])


def _without(value: str | None, reference: str, nobody: str) -> str | None:
    for word in written_forms(reference):
        value = value and value.replace(word, nobody)
    return value


async def _replace_in_files(territory_id: UUID, reference: str, nobody: str) -> None:
    """In stored problems and plans, whose fingerprints follow: nothing kept in memory is found under them again."""
    rows = await PlanFile.select(PlanFile.plan, PlanFile.id, PlanFile.kind, PlanFile.body).where(
        PlanFile.plan.territory == territory_id
    )
    fingerprints: dict[UUID, tuple[bytes, bytes]] = {}
    for row in sorted(rows, key=lambda row: str(row["kind"]) != "problem"):
        body, unpacked = row["body"], _unpacked(row["body"])
        replaced = unpacked
        for word in written_forms(reference):
            replaced = replaced.replace(word.encode(), nobody.encode())
        if row["kind"] == "problem" and replaced != unpacked:
            fingerprints[row["plan"]] = _fingerprint(unpacked).encode(), _fingerprint(replaced).encode()
        elif row["plan"] in fingerprints:
            replaced = replaced.replace(*fingerprints[row["plan"]])
        if replaced != unpacked:
            values: dict[Any, Any] = {
                PlanFile.body: _packed_like(body, replaced),
                PlanFile.sha256: hashlib.sha256(replaced).hexdigest(),
            }
            await PlanFile.update(values).where(PlanFile.id == row["id"])
    for plan_id, (_, after) in fingerprints.items():
        made_for: dict[Any, Any] = {Plan.problem_sha256: after.decode(), Plan.version: Plan.version + 1}
        await Plan.update(made_for).where(Plan.id == plan_id)


def _fingerprint(problem: bytes) -> str:
    """That by which a plan names the problem it was made for, as the planner counts it."""
    text = json.dumps(json.loads(problem), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _unpacked(body: bytes) -> bytes:
    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    try:
        return zlib.decompress(body)
    except zlib.error:
        return body


def _packed_like(before: bytes, content: bytes) -> bytes:
    if before[:2] == b"\x1f\x8b":
        return gzip.compress(content, mtime=0)
    return zlib.compress(content) if before[:1] == b"\x78" else content


async def _forget_feeds(territory_id: UUID) -> None:
    await FeedBody.delete().where(FeedBody.territory == territory_id)


async def erasures() -> tuple[Erasure, ...]:
    """Every erasure that is remembered."""
    rows = await ErasureMemory.select().order_by(ErasureMemory.erased_at)
    return tuple(to_record(Erasure, ErasureMemory, row, {}) for row in rows)
