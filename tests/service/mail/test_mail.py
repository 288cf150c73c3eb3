"""Messages: who is told of what, once, through a real SMTP server; nothing slips into their heads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.outbox import mails, send_again
from db.records.assignment import Write
from db.records.site import Site
from db.records.staff import StaffMember
from db.records.territory import Territory
from db.tables.mail import OutboxMail
from service.errors import BadInput
from service.mail.outbox import NewMail, queue_mail
from service.mail.sender import DELAYS, send_due_mails
from service.mail.tell_changes import tell_changes
from service.mail.tell_tomorrow import tell_tomorrow
from service.settings import Settings, read_settings
from tests.db.assignments import interview, new, permanence, territory_with_facts
from tests.mailbox import Mailbox
from tests.servers import free_port
from tests.service.mail.told_rows import told_of

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.server]


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    return read_settings({"ESCALE_VAR": str(tmp_path), "ESCALE_SMTP": f"smtp://127.0.0.1:{mailbox.port}"})


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    for code in ("AR", "LD"):
        person = await fact(territory.id, StaffMember, code)
        changed = msgspec.structs.replace(person, email=f"{code.lower()}@exemple.fr")
        await change_fact(territory.id, changed, version=person.version)
    return territory


async def test_a_change_is_told_once_to_whom_it_concerns_without_any_reference(
    territory: Territory, settings: Settings, mailbox: Mailbox
) -> None:
    await write_assignments(territory.id, [new(interview(1))], Author(at=datetime.now(UTC)))
    assert await tell_changes(settings) == 1
    assert await tell_changes(settings) == 0
    assert await send_due_mails(settings) == 1
    (message,) = mailbox.messages
    assert message["to"] == "ar@exemple.fr"
    assert "KM4821" not in message.as_string()
    (found,) = await assignments_of(territory.id, Wanted())
    (told,) = await told_of(found.id)
    assert (told.recipient_label, told.channel) == ("AR", "mail")
    assert told.told_at is not None


async def test_what_changes_within_a_day_is_told_by_itself_with_today_in_front(
    territory: Territory, settings: Settings
) -> None:
    one, two = permanence(1), permanence(1, "pm")
    await write_assignments(territory.id, [new(one), new(two)], Author(at=one.starts_at - timedelta(hours=5)))
    await tell_changes_from(one.starts_at - timedelta(days=1), settings)
    subjects = [mail.subject for mail in await mails()]
    assert len(subjects) == 2
    assert all(subject.startswith("Aujourd’hui\N{NO-BREAK SPACE}:") for subject in subjects)


async def tell_changes_from(since: datetime, settings: Settings) -> None:
    from db.queries.settings import set_house_setting  # noqa: PLC0415 - only these tests move the cursor

    await set_house_setting("mail.changes_until", since.isoformat())
    await tell_changes(settings)


async def test_who_loses_a_permanence_and_who_gets_it_are_told_each_their_own(
    territory: Territory, settings: Settings
) -> None:
    write = new(permanence(1))
    await write_assignments(territory.id, [write], Author(at=datetime.now(UTC)))
    await tell_changes(settings)
    moved = Write(id=write.id, content=msgspec.structs.replace(write.content, staff=("LD",)))
    await write_assignments(territory.id, [moved], Author(at=datetime.now(UTC) + timedelta(seconds=1)))
    await tell_changes(settings)
    told = {(mail.to_address, mail.body_text.split(":")[0].strip()) for mail in await mails()}
    assert ("ar@exemple.fr", "- Ne vous concerne plus") in told
    assert ("ld@exemple.fr", "- Nouveau") in told


async def test_tomorrow_is_told_at_eighteen_once(territory: Territory, settings: Settings) -> None:
    content = permanence(1)
    await write_assignments(territory.id, [new(content)], Author(at=datetime.now(UTC)))
    evening = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)
    assert content.held_on.isoformat() == "2026-12-01"
    assert await tell_tomorrow(settings, evening - timedelta(hours=1)) == 0
    assert await tell_tomorrow(settings, evening) == 1
    assert await tell_tomorrow(settings, evening) == 0
    assert [mail.subject for mail in await mails()] == ["Demain, mardi 1er décembre 2026"]


async def test_a_server_that_refuses_is_tried_again_and_its_failure_is_seen(
    settings: Settings, mailbox: Mailbox
) -> None:
    mailbox.refusals = 1
    await queue_mail(NewMail(kind="link", to="a@exemple.fr", subject="Bonjour", body="secret"))
    assert await send_due_mails(settings) == 0
    (waiting,) = await mails()
    assert (waiting.state, waiting.attempt_count) == ("queued", 1)
    assert "451" in (waiting.last_error or "")
    assert waiting.next_try_at is not None
    assert waiting.next_try_at > datetime.now(UTC)


async def test_a_sent_link_is_not_kept(settings: Settings, mailbox: Mailbox) -> None:
    await queue_mail(NewMail(kind="link", to="a@exemple.fr", subject="Bonjour", body="secret"))
    assert await send_due_mails(settings) == 1
    (sent,) = await mails()
    assert (sent.state, sent.body_text) == ("sent", "(envoyé)")


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("a@exemple.fr\r\nBcc: b@exemple.fr", "Bonjour"),
        ("a@exemple.fr, b@exemple.fr", "Bonjour"),
        ("prénom@exemple.fr", "Bonjour"),
    ],
)
async def test_a_head_that_carries_another_one_is_refused(to: str, subject: str) -> None:
    with pytest.raises(BadInput):
        await queue_mail(NewMail(kind="x", to=to, subject=subject, body=""))
    assert await mails() == ()


@pytest.mark.parametrize("between", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x00"])
async def test_a_name_that_breaks_a_subject_adds_no_head_and_keeps_nobody_s_mail_from_leaving(
    settings: Settings, mailbox: Mailbox, between: str
) -> None:
    subject = f"Changement : Gagny{between}Bcc: b@exemple.fr"
    await queue_mail(NewMail(kind="changed", to="a@exemple.fr", subject=subject, body="Gagny"))
    assert await send_due_mails(settings) == 1
    (message,) = mailbox.messages
    assert (message["bcc"], mailbox.recipients) == (None, [["a@exemple.fr"]])
    assert message["subject"].split() == ["Changement", ":", "Gagny", "Bcc:", "b@exemple.fr"]


async def test_a_long_name_or_a_wrong_address_keeps_nobody_else_s_mail_from_leaving(
    territory: Territory, settings: Settings, mailbox: Mailbox
) -> None:
    site = await fact(territory.id, Site, "gagny")
    await change_fact(territory.id, msgspec.structs.replace(site, name="G" * 200), version=site.version)
    person = await fact(territory.id, StaffMember, "LD")
    wrong = msgspec.structs.replace(person, email="léa@exemple.fr")
    await change_fact(territory.id, wrong, version=person.version)
    both = msgspec.structs.replace(permanence(1), staff=("AR", "LD"))
    await write_assignments(territory.id, [new(both)], Author(at=datetime.now(UTC)))
    assert await tell_changes(settings) == 1
    assert await send_due_mails(settings) == 1
    (message,) = mailbox.messages
    assert message["to"] == "ar@exemple.fr"
    assert message["subject"].endswith("…")
    assert "G" * 200 in message.get_content().replace("\n", "")


async def test_a_mail_that_never_leaves_is_given_up_stays_visible_and_leaves_when_asked_again(
    settings: Settings, mailbox: Mailbox
) -> None:
    nowhere = msgspec.structs.replace(settings, smtp=f"smtp://127.0.0.1:{free_port()}")
    await queue_mail(NewMail(kind="today", to="a@exemple.fr", subject="Aujourd’hui", body="Gagny"))
    tries = 0
    while (await mails())[0].state == "queued":
        await OutboxMail.update({OutboxMail.next_try_at: datetime.now(UTC)}, force=True)
        assert await send_due_mails(nowhere) == 0
        tries += 1
        assert tries < 20
    (given_up,) = await mails(states=("failed",))
    assert given_up.attempt_count == tries == len(DELAYS) + 1
    assert given_up.last_error
    assert await send_due_mails(settings) == 0
    await send_again(given_up.id, at=datetime.now(UTC))
    assert await send_due_mails(settings) == 1
    assert [message["to"] for message in mailbox.messages] == ["a@exemple.fr"]
