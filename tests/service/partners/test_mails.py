"""What partners, sites and the coordination are mailed: once, to whom it concerns, with what to do next."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.orientations import orientation
from db.queries.outbox import mails
from db.records.account import Grant
from db.records.assignment import Write
from service.actions.actor import HOUSE
from service.actions.cancel_interview import cancel_interview
from service.actions.cancel_orientation import cancel_orientation
from service.actions.cancel_today import cancel_today
from service.actions.hold_place import hold_place
from service.actions.join_waiting_list import join_waiting_list
from service.actions.note_demand import note_demand
from service.actions.orient import orient
from service.actions.read_filling import read_figures
from service.french_text import day_date
from service.jobs.scheduled.all_scheduled import SCHEDULED
from service.mail.offer_places import offer_places
from service.mail.tell_partners import partner_news_wait, tell_partners
from service.mail.warn_of_scarcity import warn_of_scarcity
from service.partners.opened import partner_facts
from service.partners.settings import why_cancelled
from service.settings import Settings, read_settings
from tests.service.door import account
from tests.service.partners.sample import (
    FORM,
    ZONE,
    again,
    make_territory,
    monday,
    officer,
    permanence,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ESCALE_VAR": str(tmp_path), "ESCALE_PUBLIC_ADDRESS": "https://escale.test"})


async def test_whoever_held_or_booked_a_place_that_vanishes_is_told_with_the_nearest_others(
    settings: Settings,
) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(2)))
    me, other = officer(), officer("spip-94")
    await orient(territory, me, (await hold_place(territory, me, hosts[0], 0)).id, FORM)
    await hold_place(territory, other, hosts[0], 1)
    assert not await partner_news_wait(datetime.now(UTC))
    await cancel_today(territory, hosts[0], HOUSE, reason="site", by="site")
    assert await partner_news_wait(datetime.now(UTC))
    assert await tell_partners(settings) == 2
    assert await tell_partners(settings) == 0
    found = {one.to_address: one for one in await mails()}
    assert set(found) == {"spip93@example.fr", "spip94@example.fr"}
    booked, held = found["spip93@example.fr"], found["spip94@example.fr"]
    assert booked.subject.startswith("N’aura pas lieu")
    assert held.subject.startswith("La place que vous reteniez")
    for one in (booked, held):
        assert one.body_text.count("CSL Gagny, mardi") == 3
        assert "https://escale.test/t/essai/places" in one.body_text
        assert "94-1211" not in one.body_text + one.subject
        assert "01 48 00 00 00" in one.body_text


async def test_what_was_told_is_not_told_again_with_what_happens_next(settings: Settings) -> None:
    territory = await make_territory()
    hosts = await publish(territory, *(permanence(monday() + timedelta(days=day)) for day in range(3)))
    me = officer()
    for host in hosts[:2]:
        await hold_place(territory, me, host, 0)
        await cancel_today(territory, host, HOUSE, reason="site", by="site")
        assert await tell_partners(settings) == 1
        assert await tell_partners(settings) == 0
    assert [one.body_text.count("La place que vous reteniez") for one in await mails()] == [1, 1]


async def test_what_is_written_before_another_and_committed_after_it_is_told_too(settings: Settings) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    made = [
        await orient(territory, me, (await hold_place(territory, me, host, slot)).id, FORM) for slot in (0, 1)
    ]
    now = datetime.now(UTC)
    for one, seconds_ago in zip(made, (0, 30), strict=True):
        assert one.interview_id is not None
        interview = content_of(await assignment(territory.id, one.interview_id))
        later = msgspec.structs.replace(interview, starts_at=interview.starts_at + timedelta(minutes=10))
        write = Write(id=one.interview_id, content=later, what="followed")
        await write_assignments(territory.id, [write], Author(at=now - timedelta(seconds=seconds_ago)))
        assert await partner_news_wait(now)
        assert await tell_partners(settings) == 1


async def test_a_partner_is_told_of_what_we_cancel_and_not_of_what_it_did_itself(settings: Settings) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    for slot, who in ((0, me), (1, officer(coordinator=True))):
        made = await orient(territory, me, (await hold_place(territory, me, host, slot)).id, FORM)
        await cancel_orientation(territory, who, made.id, "transfert" if who is me else "absence")
    assert await tell_partners(settings) == 1
    (mail,) = await mails()
    assert "absence dans l’équipe" in mail.body_text


async def test_why_the_team_called_it_off_is_told_in_words(settings: Settings) -> None:
    """By the team's own list of reasons; of one that is in no list any more nothing is told."""
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    held = await hold_place(territory, who := officer(), host, 1)
    made = await orient(territory, who, held.id, FORM)
    assert made.interview_id is not None
    await cancel_interview(await again(territory), made.interview_id, HOUSE, reason="transport", by="us")
    await tell_partners(settings)
    (mail,) = await mails()
    assert "(transport)" in mail.body_text
    assert why_cancelled(territory, "transport") == "Transport"
    assert why_cancelled(territory, "plus-dans-la-liste") == why_cancelled(territory, None) == ""


async def test_an_hour_that_changes_is_told_and_another_person_of_the_team_is_not(settings: Settings) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    made = await orient(territory, me, (await hold_place(territory, me, host, 0)).id, FORM)
    assert made.interview_id is not None
    interview = content_of(await assignment(territory.id, made.interview_id))
    for changed in (
        msgspec.structs.replace(interview, staff=("NK",)),
        msgspec.structs.replace(
            interview,
            staff=("NK",),
            starts_at=interview.starts_at + timedelta(minutes=30),
            ends_at=interview.ends_at + timedelta(minutes=30),
        ),
    ):
        write = Write(id=made.interview_id, content=changed, what="followed")
        await write_assignments(territory.id, [write], Author(at=datetime.now(UTC)))
    assert await tell_partners(settings) == 1
    (mail,) = await mails()
    assert mail.subject.startswith("Changé")
    assert "9 h 30" in mail.subject.replace("\N{NO-BREAK SPACE}", " ")


async def test_whoever_waited_for_a_seat_is_told_when_one_is_theirs(settings: Settings) -> None:
    territory, me, other = await make_territory(), officer(), officer("spip-94")
    seat = (await partner_facts(territory)).promotions["sas-7"].id
    assert seat is not None
    seated = [await _seated(territory, me, seat, f"93-{rank}") for rank in range(2)]
    form = msgspec.structs.replace(FORM, label="94-1")
    waiting = await join_waiting_list(territory, other, seat, form)
    assert await tell_partners(settings) == 0
    await cancel_orientation(territory, me, seated[0].id, "transfert")
    assert (await orientation(territory.id, waiting.id)).state == "planned"
    assert await tell_partners(settings) == 1
    (mail,) = await mails()
    assert mail.to_address == "spip94@example.fr"
    assert mail.subject.startswith("Une place s’est libérée")


async def _seated(territory, who, seat, label):
    held = await hold_place(territory, who, seat, 0)
    return await orient(territory, who, held.id, msgspec.structs.replace(FORM, label=label))


def _days_before(days: int) -> datetime:
    return datetime.combine(monday() + timedelta(days=1 - days), time(8, 30), ZONE)


async def test_seven_and_three_days_before_partners_get_one_mail_with_what_is_free(
    settings: Settings,
) -> None:
    territory = await make_territory()
    tuesday = monday() + timedelta(days=1)
    (host, _) = await publish(territory, permanence(tuesday), permanence(tuesday + timedelta(days=1)))
    await hold_place(territory, officer(), host, 1, _days_before(7))
    assert await offer_places(settings, _days_before(8)) == 0
    assert await offer_places(settings, _days_before(7)) == 2
    assert await offer_places(settings, _days_before(7)) == 0
    assert await offer_places(settings, _days_before(3)) == 2
    first = [one for one in await mails() if "2 places" in one.subject]
    day = day_date(tuesday)
    expected = f"2 places libres {day}, 9 h 00 et 11 h 00 : orienter"
    assert {one.subject.replace("\N{NO-BREAK SPACE}", " ") for one in first} == {expected}
    assert all("CSL Gagny" in one.body_text and "/t/essai/places" in one.body_text for one in first)


async def test_a_permanence_that_is_full_is_offered_to_nobody(settings: Settings) -> None:
    territory = await make_territory()
    tuesday = monday() + timedelta(days=1)
    (host,) = await publish(territory, permanence(tuesday))
    for slot in range(3):
        await hold_place(territory, officer(), host, slot, _days_before(7))
    assert await offer_places(settings, _days_before(7)) == 0


async def test_the_coordination_hears_of_scarcity_before_partners_do(settings: Settings) -> None:
    territory = await make_territory()
    await publish(territory, permanence(monday() + timedelta(days=1)))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    for _ in range(8):
        await note_demand(territory, officer(), "gagny", monday(1))
    morning = datetime.combine(monday(2), time(7, 30), ZONE)
    assert await warn_of_scarcity(settings, morning) == 1
    assert await warn_of_scarcity(settings, morning) == 0
    (mail,) = await mails()
    assert (mail.to_address, mail.kind) == ("c@example.fr", "scarcity")
    assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == "Places bientôt rares : CSL Gagny"
    body = mail.body_text.replace("\N{NO-BREAK SPACE}", " ")
    assert "3 places libres en 4 semaines, demande habituelle 4,0," in body
    assert await warn_of_scarcity(settings, morning + timedelta(days=1)) == 0
    figures = await read_figures(territory, morning)
    assert [(one.site, one.places, one.taken) for one in figures.fillings] == [("gagny", 3, 0)]
    assert all(one.kind == "scarcity" for one in SCHEDULED if one.at == time(7, 30))
