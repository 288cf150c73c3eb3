"""The page of one participant: who may open it, what is sealed, the copy, the erasure; each leaves its entry."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from litestar import Litestar

from db.engine import current
from db.queries.accounts import all_accounts, set_account
from db.queries.assignment_writing import Author, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import fact
from db.queries.territories import change_territory
from db.queries.trail import Sought, trail
from db.queries.vault import vault_of
from db.records.account import Grant
from db.records.participant import Participant
from db.records.territory import Territory
from db.tables.participant import ParticipantVault
from service.accounts.master_key import read_master_keys
from service.actions.publish_plan import publish_plan
from service.privacy.vault import Contact, open_contact
from service.settings import Settings
from tests.db.assignments import interview, new, territory_with_facts
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.noted import noted
from tests.service.small_territory import ACTOR, make_plan
from tests.service.small_territory import make_territory as small_territory

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PAGE = "/t/somme/personnes/KM4821"
CONTACT = {"name": "Karim B.", "phone": "06 12 34 56 78", "email": "karim@exemple.fr"}


@pytest.fixture
async def territory() -> Territory:
    made = await territory_with_facts()
    return await change_territory(
        msgspec.structs.replace(made, settings={**made.settings, "contacts": True}, version=made.version)
    )


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def client(app: Litestar, territory: Territory) -> AsyncIterator[httpx.AsyncClient]:
    await account("coord@exemple.fr", Grant(role="coordinator", territory="somme"))
    async with browser(app) as client:
        await sign_in(client, "coord@exemple.fr")
        yield client


async def status_for(app: Litestar, code: str) -> int:
    email = f"{code.lower()}@exemple.fr"
    await account(email, Grant(role="staff", territory="somme", staff=code))
    async with browser(app) as client:
        await sign_in(client, email)
        return (await client.get(PAGE)).status_code


async def test_the_referent_sees_the_person_a_colleague_does_not(app: Litestar, territory: Territory) -> None:
    assert await status_for(app, "AR") == 200
    assert await status_for(app, "LD") == 404


async def test_who_holds_the_next_interview_sees_the_person_not_who_holds_a_later_one(
    app: Litestar, territory: Territory
) -> None:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)

    def meeting(days: int, staff: str) -> object:
        starts = now + timedelta(days=days)
        return new(
            interview(
                1,
                key=f"interview/KM4821/{days}",
                held_on=starts.date(),
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                staff=(staff,),
            )
        )

    await write_assignments(territory.id, [meeting(3, "AR"), meeting(9, "LD")], Author(at=now))  # type: ignore[list-item]
    assert await status_for(app, "LD") == 404
    await write_assignments(territory.id, [meeting(2, "LD")], Author(at=now))  # type: ignore[list-item]
    async with browser(app) as client:
        await sign_in(client, "ld@exemple.fr")
        assert (await client.get(PAGE)).status_code == 200
        assert (await client.get(f"{PAGE}/copie")).status_code == 403


async def test_erasing_counts_the_appointments_that_are_to_come(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    assert "à venir" not in (await client.get(f"{PAGE}/effacer")).text
    starts = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    hours = {"held_on": starts.date(), "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    await write_assignments(territory.id, [new(interview(1, **hours))], Author(at=datetime.now(UTC)))
    assert "1 rendez-vous est encore à venir." in (await client.get(f"{PAGE}/effacer")).text.replace(
        "\N{NO-BREAK SPACE}", " "
    )


async def test_an_administrator_and_a_partner_never_see_a_participant(
    app: Litestar, territory: Territory
) -> None:
    for role in ("administrator", "partner"):
        await account(f"{role}@exemple.fr", Grant(role=role, territory="somme"))  # type: ignore[arg-type]
        async with browser(app) as client:
            await sign_in(client, f"{role}@exemple.fr")
            for page in (PAGE, f"{PAGE}/copie", f"{PAGE}/effacer", "/t/somme/personnes"):
                answer = await client.get(page)
                assert (answer.status_code, "KM4821" in answer.text) == (403, False), (role, page)


async def test_contacts_lie_sealed_and_open_for_who_may_see_them(
    client: httpx.AsyncClient, app: Litestar, territory: Territory
) -> None:
    assert (await send(client, f"{PAGE}/coordonnees", PAGE, **CONTACT)).status_code == 303
    page = (await client.get(PAGE)).text
    assert "Karim B." in page
    assert 'href="tel:0612345678"' in page
    (row,) = await ParticipantVault.select()
    assert b"Karim" not in bytes(row["sealed"])
    everything = str(await current().run_sql('SELECT * FROM "audit_trail"', []))
    assert "Karim" not in everything
    entry = (await trail(Sought(about=("participant", "KM4821"), actions=("changed",))))[0]
    assert entry.detail["fields"] == ["name", "phone", "email"]


async def test_a_territory_that_keeps_no_contacts_takes_none(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    await change_territory(msgspec.structs.replace(territory, settings={}))
    assert (await send(client, f"{PAGE}/coordonnees", PAGE, **CONTACT)).status_code == 403
    assert "Coordonnées" not in (await client.get(PAGE)).text
    assert await ParticipantVault.select() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "karim@exemple.fr\r\nBcc: x@exemple.fr"},
        {"email": "a@b.fr, c@d.fr"},
        {"phone": "06<script>"},
        {"name": "x" * 61},
        {"name": "Karim\u2028B"},
    ],
)
async def test_contacts_that_carry_something_else_are_refused(
    client: httpx.AsyncClient, territory: Territory, wrong: dict[str, str]
) -> None:
    answer = await send(client, f"{PAGE}/coordonnees", PAGE, **(CONTACT | wrong))
    assert answer.status_code == 422
    assert await ParticipantVault.select() == []


async def test_a_minor_is_marked_and_gets_neither_mail_nor_sms_unless_agreed(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    person = await fact(territory.id, Participant, "KM4821")
    fields = {"minor": "oui", "informed_on": "2026-11-02", "version": str(person.version)}
    assert (await send(client, PAGE, **fields)).status_code == 303
    await send(client, f"{PAGE}/coordonnees", PAGE, **CONTACT)
    page = (await client.get(PAGE)).text
    assert "personne mineure" in page
    assert "tel:" in page
    assert "sms:" not in page
    await send(client, f"{PAGE}/coordonnees", PAGE, **CONTACT, messages_agreed="oui")
    assert "sms:" in (await client.get(PAGE)).text


async def test_a_stale_form_and_a_telling_note_change_nothing(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    assert (await send(client, PAGE, practical_note="apporter CV", version="99")).status_code == 412
    version = str((await fact(territory.id, Participant, "KM4821")).version)
    assert (await send(client, PAGE, practical_note="sort de prison", version=version)).status_code == 422
    assert (await fact(territory.id, Participant, "KM4821")).practical_note == ""


async def test_the_copy_holds_everything_that_is_kept_and_says_who_read_it(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    (reader,) = [await set_account(one.id, name="") for one in await all_accounts()]
    await write_assignments(territory.id, [new(interview(1))], Author(at=datetime.now(UTC)))
    await send(client, f"{PAGE}/coordonnees", PAGE, **CONTACT)
    await client.get("/t/somme/personnes")
    readable = (await client.get(f"{PAGE}/copie")).text
    for word in ("Karim B.", "karim@exemple.fr", "Rendez-vous publiés", "Heures de venue", "09:00", "a lu"):
        assert word in readable
    assert reader.email not in readable
    copy = json.loads((await client.get(f"{PAGE}/copie.json")).text)
    assert copy["contact"]["phone"] == CONTACT["phone"]
    assert {"participant", "participant_hours", "path", "interview_need", "assignment"} <= copy["kept"].keys()
    assert "wrapped_key" not in json.dumps(copy)
    assert "coordination" in {one["actor_label"] for one in copy["history"]}
    assert reader.email not in json.dumps(copy)
    assert [one.action for one in await trail(Sought(actions=("exported",)))] == ["exported", "exported"]


async def test_erasing_asks_for_the_reference_again_then_destroys_the_key(
    client: httpx.AsyncClient, app: Litestar, territory: Territory
) -> None:
    await send(client, f"{PAGE}/coordonnees", PAGE, **CONTACT)
    person = await fact(territory.id, Participant, "KM4821")
    assert person.id is not None
    kept_in_a_backup = await vault_of(person.id)
    assert (await send(client, f"{PAGE}/effacer", reference="KM4822")).status_code == 422
    assert (await send(client, f"{PAGE}/effacer", reference="KM4821")).status_code == 303
    assert (await client.get(PAGE)).status_code == 404
    (row,) = await ParticipantVault.select()
    assert (row["wrapped_key"], row["sealed"]) == (None, None)
    settings: Settings = app.state.settings
    keys = read_master_keys(settings.keys_path)
    assert kept_in_a_backup is not None
    without_key = msgspec.structs.replace(kept_in_a_backup, wrapped_key=row["wrapped_key"])
    assert open_contact(keys, without_key) == Contact()
    assert "KM4821" in settings.keys_path.with_name("erasures.jsonl").read_text()


async def test_every_page_that_shows_a_participant_leaves_an_entry_with_who_looked(
    client: httpx.AsyncClient, territory: Territory
) -> None:
    for page in (PAGE, "/t/somme/personnes"):
        await client.get(page)
    entries = await noted(Sought(actions=("read",), naming="KM4821"), least=2)
    assert [entry.detail["by"] for entry in entries] == ["show_participants", "show_person"]
    assert {entry.actor_label for entry in entries} == {"coord"}
    assert {entry.address for entry in entries} == {"127.0.0.1"}


async def test_a_printed_sheet_is_noted_with_whom_it_shows(app: Litestar, territory: Territory) -> None:
    small = await small_territory()
    await publish_plan(small, (await make_plan(small)).id, ACTOR)
    met = (await assignments_of(small.id, Wanted(participant="ZT1002")))[0]
    await account("ar@petite.fr", Grant(role="staff", territory="petite", staff=met.staff[0]))
    async with browser(app) as client:
        await sign_in(client, "ar@petite.fr")
        sheet = await client.get(f"/t/petite/ma-journee/{met.held_on}")
    assert sheet.headers["content-type"].startswith("application/pdf"), sheet.text[:500]
    (entry,) = await noted(Sought(actions=("read",), naming="ZT1002"), least=1)
    assert entry.about_kind == "participant"
