"""Publishing mails each person once, with their changes only; drafts and what nobody wants are silent."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest

from db.queries.accounts import add_account, set_grants
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.feed_tokens import add_feed_token, note_feed_uses
from db.queries.outbox import mails, preferences_of_all, set_preferences
from db.queries.territories import change_territory
from db.queries.trail import trail
from db.records.account import Account, Grant
from db.records.mail import OutboxMail
from db.records.staff import StaffMember
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.copy_published import copy_published
from service.actions.publish_plan import publish_plan
from service.mail.tell_changes import changes_wait, tell_changes
from service.mail.tell_tomorrow import is_evening
from service.pages.reach import Reach, reach_of_version
from service.pages.who_is_told import who_is_told
from service.settings import Settings, read_settings
from tests.service.mail.told_rows import told_of
from tests.service.small_territory import make_plan, make_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
SETTINGS: Settings = read_settings({})
COORDINATOR = Actor(account_id=uuid4(), label="C. Coordinatrice")


@pytest.fixture
async def territory() -> Territory:
    territory = await make_territory()
    for code in ("AR", "NK"):
        person = await fact(territory.id, StaffMember, code)
        changed = msgspec.structs.replace(person, email=f"{code.lower()}@exemple.fr")
        await change_fact(territory.id, changed, version=person.version)
    return territory


async def published(territory: Territory) -> None:
    plan = await make_plan(territory)
    await publish_plan(territory, plan.id, COORDINATOR)


async def sent() -> dict[str, list[OutboxMail]]:
    found: dict[str, list[OutboxMail]] = {}
    for mail in await mails():
        found.setdefault(mail.to_address, []).append(mail)
    return found


async def account_of(territory: Territory, code: str) -> Account:
    made = await add_account(f"{code.lower()}@exemple.fr", code, state="active")
    await set_grants(made.id, (Grant(role="staff", territory=territory.code, staff=code),))
    return made


async def test_each_person_gets_one_message_with_their_own_changes_and_who_was_told_is_kept(
    territory: Territory,
) -> None:
    await published(territory)
    await tell_changes(SETTINGS)
    everything = await assignments_of(territory.id, Wanted())
    for address, messages in (await sent()).items():
        code = address[:2].upper()
        mine = [one for one in everything if code in one.staff]
        assert len(messages) == 1
        assert messages[0].body_text.count("- Nouveau") == len(mine)
        assert f"{sum(one.kind != 'office' for one in mine)} changement" in messages[0].subject
        for one in mine:
            told = [entry for entry in await told_of(one.id) if entry.recipient_label == code]
            assert [(entry.told_by, entry.mail_id) for entry in told] == [
                (COORDINATOR.account_id, messages[0].id)
            ]
            assert told[0].change["line"] in messages[0].body_text
    assert not [mail for mail in await mails() if "KM4821" in mail.body_text + mail.subject]
    assert await tell_changes(SETTINGS) == 0


async def test_a_draft_tells_nobody(territory: Territory) -> None:
    await make_plan(territory)
    assert not await changes_wait(datetime.now(UTC))
    assert await tell_changes(SETTINGS) == 0
    await published(territory)
    await tell_changes(SETTINGS)
    before = len(await mails())
    copied = await make_plan(territory)
    await copy_published(territory, copied.first_on, copied.last_on, COORDINATOR)
    assert await tell_changes(SETTINGS) == 0
    assert len(await mails()) == before


async def test_who_wants_no_message_of_publications_gets_none(territory: Territory) -> None:
    await account_of(territory, "NK")
    made = await account_of(territory, "AR")
    await set_preferences(made.id, {"published": False})
    await published(territory)
    await tell_changes(SETTINGS)
    assert "ar@exemple.fr" not in await sent()


async def test_what_several_chose_is_read_at_once(territory: Territory) -> None:
    nk, ar = [await account_of(territory, code) for code in ("NK", "AR")]
    other = await add_account("autre@exemple.fr", "Autre", state="active")
    await set_preferences(nk.id, {"published": False, "own": True})
    await set_preferences(ar.id, {"tomorrow": False})
    await set_preferences(other.id, {"own": True})
    chosen = await preferences_of_all([nk.id, ar.id, uuid4()])
    assert chosen == {nk.id: {"published": False, "own": True}, ar.id: {"tomorrow": False}}
    assert await preferences_of_all([]) == {}


async def test_ones_own_publication_is_told_only_to_who_asked_for_it(territory: Territory) -> None:
    made = await account_of(territory, "AR")
    plan = await make_plan(territory)
    await publish_plan(territory, plan.id, Actor(account_id=made.id, label="AR"))
    await tell_changes(SETTINGS)
    assert "ar@exemple.fr" not in await sent()


async def test_a_silent_publication_mails_nobody_and_the_trail_says_so(territory: Territory) -> None:
    plan = await make_plan(territory)
    await publish_plan(territory, plan.id, COORDINATOR, silently=True)
    assert await tell_changes(SETTINGS) == 0
    assert await mails() == ()
    noted = await trail()
    assert [one.action for one in noted if one.about_ref == str(plan.id)] == ["publish_silently"]


async def test_what_was_read_before_publishing_is_what_is_sent_to_whom_it_was_said(
    territory: Territory,
) -> None:
    await account_of(territory, "NK")
    plan = await make_plan(territory)
    telling = await who_is_told(territory, plan.id, COORDINATOR.account_id, ())
    await publish_plan(territory, plan.id, COORDINATOR)
    await tell_changes(SETTINGS)
    found = await sent()
    assert {f"{one.name.replace('.', '').lower()}@exemple.fr" for one in telling.told} == set(found)
    for one in telling.told:
        (mail,) = found[f"{one.name.replace('.', '').lower()}@exemple.fr"]
        (message,) = one.messages
        assert mail.subject == message.subject
        assert sorted(line for line in mail.body_text.splitlines() if line.startswith("- ")) == sorted(
            f"- {line}" for line in message.lines
        )


async def test_who_has_no_address_and_no_calendar_or_wants_no_message_is_said_apart(
    territory: Territory,
) -> None:
    made = await account_of(territory, "AR")
    await set_preferences(made.id, {"published": False})
    person = await fact(territory.id, StaffMember, "NK")
    without = msgspec.structs.replace(person, email=None)
    await change_fact(territory.id, without, version=person.version)
    telling = await who_is_told(territory, (await make_plan(territory)).id, COORDINATOR.account_id, ())
    assert telling.told == ()
    assert (telling.unwilling, telling.unreached, telling.by_calendar) == (("A.R.",), ("N.K.",), ())


async def test_who_reads_a_calendar_is_reached_by_it_also_without_a_mail(territory: Territory) -> None:
    people = [await fact(territory.id, StaffMember, code) for code in ("AR", "NK")]
    for person in people:
        without = msgspec.structs.replace(person, email=None)
        await change_fact(territory.id, without, version=person.version)
    tokens = [
        await add_feed_token(
            territory.id, kind="staff", subject_id=one.id, device="téléphone", token_hash=one.code
        )
        for one in people
        if one.id
    ]
    await note_feed_uses([tokens[0].id], at=datetime.now(UTC))
    plan = await make_plan(territory)
    telling = await who_is_told(territory, plan.id, COORDINATOR.account_id, ())
    assert (telling.by_calendar, telling.unreached) == (("A.R.",), ("N.K.",))
    done = await publish_plan(territory, plan.id, COORDINATOR)
    assert await reach_of_version(territory, done.plan) == Reach(by_calendar=("AR",), unreached=("NK",))


async def test_nobody_is_mailed_of_what_was_published_silently(territory: Territory) -> None:
    done = await publish_plan(territory, (await make_plan(territory)).id, COORDINATOR, silently=True)
    reach = await reach_of_version(territory, done.plan)
    assert (reach.mailed, reach.unreached) == ((), ("AR", "NK"))


async def test_eighteen_is_eighteen_where_the_territory_is(territory: Territory) -> None:
    there = await change_territory(msgspec.structs.replace(territory, zone="Indian/Reunion"))
    assert is_evening(there, datetime(2026, 12, 1, 14, 5, tzinfo=UTC))
    assert not is_evening(there, datetime(2026, 12, 1, 17, 5, tzinfo=UTC))
    assert is_evening(territory, datetime(2026, 12, 1, 17, 5, tzinfo=UTC))
