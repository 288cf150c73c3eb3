"""What has had its time: told first, let go only when asked; the rest stays."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.facts import all_facts
from db.queries.kept_answers import keep_answer
from db.queries.outbox import add_mail, mails
from db.queries.plans import request_plan, step_plan, store_plan_file
from db.queries.territories import change_territory
from db.queries.trail import note, trail
from db.records.answer import KeptAnswer
from db.records.participant import Participant
from db.records.plan import NewPlan
from db.records.trail import TrailEntry
from db.states import PlanState
from db.tables.account import IdempotencyKey, OneTimeLink
from db.tables.participant import Participant as ParticipantTable
from db.tables.partner import Orientation, Partner
from db.tables.plan import Plan, PlanFile
from service.actions.invite_account import make_link
from service.privacy.erasing import remembered
from service.privacy.retention import apply_retention, due_in
from tests.db.assignments import interview, new, territory_with_facts
from tests.db.facts import on
from tests.service.door import account

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
NOW = datetime.now(UTC)


async def long_ago() -> None:
    await ParticipantTable.update({ParticipantTable.created_at: NOW - timedelta(days=900)}, force=True)


async def test_the_dry_run_changes_nothing_and_the_run_does_what_it_told(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    await long_ago()
    due = await due_in(territory, NOW)
    assert due.participants == ("KM4821",)
    assert [one.code for one in await all_facts(territory.id, Participant)] == ["KM4821"]
    memory = tmp_path / "keys" / "erasures.jsonl"
    counts = await apply_retention(NOW, memory)
    assert counts["participants"] == 1
    assert [one.code.startswith("efface-") for one in await all_facts(territory.id, Participant)] == [True]
    assert [one.about_ref for one in remembered(memory)] == ["KM4821"]
    assert (await due_in(territory, NOW)).participants == ()


async def test_who_was_met_since_stays_and_a_longer_lifetime_keeps(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    await long_ago()
    settings = {**territory.settings, "retention": {"participants_months": 36}}
    longer = await change_territory(msgspec.structs.replace(territory, settings=settings))
    assert (await due_in(longer, NOW)).participants == ()
    await write_assignments(territory.id, [new(interview(1))], Author(at=NOW))
    assert (await due_in(territory, NOW)).participants == ()


async def test_labels_go_a_month_after_and_orientations_keep_their_place(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    partner = await Partner.select(Partner.id).first()
    assert partner is not None
    row = Orientation(
        territory=territory.id, partner=partner["id"], code="o1", label="dossier 12", officer="Mme P."
    )
    await Orientation.insert(row)
    assert (await due_in(territory, NOW)).labels == ()
    later = NOW + timedelta(days=31)
    assert len((await due_in(territory, later)).labels) == 1
    await apply_retention(later, tmp_path / "erasures.jsonl")
    (kept,) = await Orientation.select()
    assert (kept["label"], kept["officer"]) == ("", None)


async def test_a_superseded_problem_is_forgotten_and_its_figures_stay(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    plan = await request_plan(territory.id, NewPlan(first_on=on(1), last_on=on(31), origin="solve"))
    await store_plan_file(plan.id, "problem", b"KM4821")
    for before, after in pairwise(
        (PlanState.QUEUED, PlanState.SOLVING, PlanState.READY, PlanState.PUBLISHED, PlanState.SUPERSEDED)
    ):
        await step_plan(plan.id, before, after)
    assert (await due_in(territory, NOW)).problems == ()
    later = NOW + timedelta(days=91)
    assert (await due_in(territory, later)).problems == (plan.id,)
    await apply_retention(later, tmp_path / "erasures.jsonl")
    assert await PlanFile.count() == 0
    assert await Plan.count() == 1


async def test_the_trail_ages_out_by_its_setting(tmp_path: Path) -> None:
    await territory_with_facts()
    old = TrailEntry(
        at=NOW - timedelta(days=400), action="read", about_kind="participant", about_ref="KM4821"
    )
    young = msgspec.structs.replace(old, at=NOW - timedelta(days=300))
    await note(old, young)
    await apply_retention(NOW, tmp_path / "erasures.jsonl")
    assert [one.at for one in await trail() if one.action == "read"] == [young.at]


async def test_mails_and_links_that_had_their_time_are_emptied_and_forgotten(tmp_path: Path) -> None:
    territory = await territory_with_facts()
    made = await account("a@exemple.fr")
    await make_link(made.id, "reset", "")
    row = {
        "territory": territory.id,
        "kind": "today",
        "to_address": "a@exemple.fr",
        "subject": "x",
        "body_text": "y",
    }
    for state in ("sent", "failed", "queued"):
        await add_mail({**row, "state": state})
    await apply_retention(NOW + timedelta(days=300), tmp_path / "erasures.jsonl")
    assert {one.to_address for one in await mails()} == {"a@exemple.fr"}
    assert await OneTimeLink.count() == 0
    counts = await apply_retention(NOW + timedelta(days=400), tmp_path / "erasures.jsonl")
    assert counts["mails"] == 2
    assert {(one.state, one.to_address, one.body_text) for one in await mails()} == {
        ("sent", "", ""),
        ("failed", "", ""),
        ("queued", "a@exemple.fr", "y"),
    }


async def test_answers_kept_for_who_sends_twice_go_after_a_day_though_nobody_sends(tmp_path: Path) -> None:
    kept = KeptAnswer(request_hash="x", sealed=b"sealed")
    await keep_answer("somme", "k", kept, now=NOW)
    await apply_retention(NOW + timedelta(hours=23), tmp_path / "erasures.jsonl")
    assert await IdempotencyKey.count() == 1
    await apply_retention(NOW + timedelta(hours=25), tmp_path / "erasures.jsonl")
    assert await IdempotencyKey.count() == 0
