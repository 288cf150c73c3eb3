"""From what happens to a place to the message that arrives: the scheduled job and a real SMTP server."""

from datetime import timedelta
from pathlib import Path

import pytest

from service.actions.actor import HOUSE
from service.actions.cancel_today import cancel_today
from service.actions.hold_place import hold_place
from service.mail.offer_places import offer_places
from service.mail.sender import send_due_mails
from service.mail.tell_partners import tell_partners
from service.settings import Settings, read_settings
from tests.mailbox import Mailbox
from tests.service.partners.sample import NOW, make_territory, monday, officer, permanence, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow, pytest.mark.server]


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    return read_settings(
        {
            "ESCALE_VAR": str(tmp_path),
            "ESCALE_PUBLIC_ADDRESS": "https://escale.test",
            "ESCALE_SMTP": f"smtp://127.0.0.1:{mailbox.port}",
        }
    )


async def test_a_held_place_that_vanishes_with_its_half_day_is_told_with_the_nearest_others(
    settings: Settings, mailbox: Mailbox
) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(2)))
    await hold_place(territory, officer(), hosts[0], 1)
    await cancel_today(territory, hosts[0], HOUSE, reason="site", by="site")
    assert await tell_partners(settings) == 1
    await send_due_mails(settings)
    (told,) = [
        one for one, to in zip(mailbox.messages, mailbox.recipients, strict=True) if "spip93@example.fr" in to
    ]
    words = told.get_content().replace("\N{NO-BREAK SPACE}", " ")
    assert told["subject"].startswith("La place que vous reteniez n’existe plus")
    assert words.count("CSL Gagny, mardi") == 3
    assert "https://escale.test/t/essai/places" in words


async def test_the_offer_of_free_places_arrives_once_in_each_partners_mailbox(
    settings: Settings, mailbox: Mailbox
) -> None:
    territory = await make_territory()
    on = (NOW + timedelta(days=7)).date()
    while on.weekday() > 4:
        on += timedelta(days=1)
    await publish(territory, permanence(on))
    morning = NOW + (on - (NOW + timedelta(days=7)).date())
    for _ in range(2):
        await offer_places(settings, morning)
        await send_due_mails(settings)
    assert sorted(to for recipients in mailbox.recipients for to in recipients) == [
        "spip93@example.fr",
        "spip94@example.fr",
    ]
    assert all(
        "3 places libres" in one["subject"].replace("\N{NO-BREAK SPACE}", " ") for one in mailbox.messages
    )
