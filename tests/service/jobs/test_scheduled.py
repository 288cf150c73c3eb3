"""What comes by the clock: who is reminded of what, without a word of whom it is about; what is forgotten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import change_fact
from db.queries.facts import all_facts, fact
from db.queries.jobs import end_job, forget_jobs, insert_job, list_jobs, take_job
from db.queries.outbox import mails
from db.records.job import NewJob
from db.records.participant import Path as PersonPath
from db.records.staff import StaffMember
from db.records.territory import Territory
from db.states import JobState
from service.jobs.all_kinds import all_kinds
from service.jobs.local_queue import LocalQueue
from service.jobs.schedule import Scheduled, queue_what_is_due
from service.jobs.scheduled.all_scheduled import SCHEDULED
from service.mail.ask_referents import ask_referents
from service.mail.remind_attendance import remind_attendance
from service.pages.administration.works import JOB_KINDS
from service.settings import Settings, read_settings
from tests.db.assignments import interview, new, territory_with_facts

pytestmark = pytest.mark.usefixtures("database")
WEDNESDAY = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ESCALE_VAR": str(tmp_path)})


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    person = await fact(territory.id, StaffMember, "AR")
    changed = msgspec.structs.replace(person, email="ar@exemple.fr")
    await change_fact(territory.id, changed, version=person.version)
    return territory


def test_every_scheduled_kind_can_be_run_and_has_words(settings: Settings) -> None:
    kinds = all_kinds(settings)
    assert [one.kind for one in SCHEDULED if one.kind not in kinds] == []
    assert [one.kind for one in SCHEDULED if one.kind not in JOB_KINDS] == []
    assert "solve_plan" in JOB_KINDS


async def _fails(_: datetime) -> bool:
    raise ValueError("partners")


async def _holds(_: datetime) -> bool:
    return True


async def test_what_goes_wrong_in_asking_for_one_kind_stops_no_other(settings: Settings) -> None:
    scheduled = (
        Scheduled(kind="waiting", every_minutes=1, needed=_fails),
        Scheduled(kind="mail", every_minutes=1, needed=_holds),
    )
    queue = LocalQueue(all_kinds(settings))
    assert await queue_what_is_due(scheduled, queue, WEDNESDAY) == ["mail"]
    assert [one.kind for one in await list_jobs()] == ["mail"]


async def test_who_has_something_to_tell_is_reminded_once_a_day_by_number_and_link(
    territory: Territory, settings: Settings
) -> None:
    writes = [new(interview(1)), new(interview(1, hour=11)), new(interview(2))]
    await write_assignments(territory.id, writes, Author(at=WEDNESDAY - timedelta(days=10)))
    assert await remind_attendance(settings, WEDNESDAY) == 1
    assert await remind_attendance(settings, WEDNESDAY + timedelta(hours=1)) == 0
    (mail,) = await mails()
    assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == "À renseigner : 2 rendez-vous sont à renseigner"
    assert f"/t/{territory.code}/a-renseigner" in mail.body_text
    assert "KM4821" not in mail.subject + mail.body_text + str(mail)
    assert await remind_attendance(settings, WEDNESDAY + timedelta(days=1)) == 1


async def test_nobody_is_reminded_at_the_week_end_or_of_what_has_its_answer(
    territory: Territory, settings: Settings
) -> None:
    answered = msgspec.structs.replace(interview(1), status="held")
    await write_assignments(territory.id, [new(answered)], Author(at=WEDNESDAY - timedelta(days=10)))
    assert await remind_attendance(settings, WEDNESDAY) == 0
    await write_assignments(territory.id, [new(interview(2))], Author(at=WEDNESDAY))
    assert await remind_attendance(settings, WEDNESDAY + timedelta(days=3)) == 0


async def test_the_referent_of_a_suspended_path_is_asked_once_a_week_until_there_is_an_answer(
    territory: Territory, settings: Settings
) -> None:
    path = next(one for one in await all_facts(territory.id, PersonPath) if one.referent == "AR")
    asked = msgspec.structs.replace(path, state="suspended", asked_referent_at=WEDNESDAY)
    assert await ask_referents(settings, WEDNESDAY) == 0
    changed = await change_fact(territory.id, asked, version=path.version)
    assert await ask_referents(settings, WEDNESDAY) == 1
    assert await ask_referents(settings, WEDNESDAY + timedelta(hours=1)) == 0
    assert await ask_referents(settings, WEDNESDAY + timedelta(days=7)) == 1
    told = " ".join(f"{mail}" for mail in await mails())
    assert path.participant not in told
    assert path.code not in told
    decided = msgspec.structs.replace(changed, state="running", asked_referent_at=None)
    await change_fact(territory.id, decided, version=changed.version)
    assert await ask_referents(settings, WEDNESDAY + timedelta(days=14)) == 0


async def test_jobs_are_forgotten_long_after_their_end_only() -> None:
    now = datetime.now(UTC)
    ended, waiting = await insert_job(NewJob(kind="mail")), await insert_job(NewJob(kind="mail"))
    job = await take_job(ended, "w", now)
    assert job is not None
    await end_job(job, JobState.DONE)
    assert await forget_jobs(before_at=now - timedelta(days=1)) == 0
    assert await forget_jobs(before_at=now + timedelta(days=1)) == 1
    assert [one.id for one in await list_jobs()] == [waiting]
