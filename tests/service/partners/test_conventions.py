"""What a convention lets a partner learn, level by level; what a territory sets for all partners, on its page."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from db.queries.assignment_writing import Author, write_assignments
from db.queries.attendance import note_attendance
from db.queries.fact_storing import add_fact, change_fact
from db.queries.facts import fact
from db.queries.followed import Followed
from db.queries.orientations import orientation
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.assignment import Content, Write
from db.records.attendance import NewAttendance
from db.records.orientation import Orientation
from db.records.participant import Participant
from db.records.participant import Path as PathFact
from db.records.partner import Partner
from db.records.territory import Territory
from service.actions.cancel_orientation import cancel_orientation
from service.actions.enrol_oriented import enrol_oriented
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.actions.read_orientations import read_orientation
from service.pages.partner.rules_form import rules_answers, rules_typed, rules_wanted
from service.partners.orientation_words import follow_words
from service.partners.settings import PartnerSettings, partner_settings
from tests.service.door import account, browser, make_app, send, sign_in
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    officer,
    permanence,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


async def known_person(territory: Territory) -> Orientation:
    """Oriented to an interview, and followed since under a reference: honoured, missed, honoured; then the end."""
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    made = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    await add_fact(territory.id, Participant(code="KM4821"))
    await add_fact(
        territory.id,
        PathFact(
            code="km4821-o2r", programme="o2r", participant="KM4821", state="ended", exit_on=date(2027, 3, 3)
        ),
    )
    territory = await again(territory)
    await enrol_oriented(territory, officer(coordinator=True), made.id, "KM4821")
    for days, status in ((-9, "missed"), (1, "honoured"), (2, "missed"), (3, "honoured")):
        await _presence(territory, NOW + timedelta(days=days), status)
    return made


async def _presence(territory: Territory, at: datetime, status: str) -> UUID:
    content = Content(
        kind="interview",
        key=f"interview:{uuid4()}",
        held_on=at.date(),
        starts_at=at,
        ends_at=at + timedelta(minutes=30),
        staff=("NK",),
        site="bureau",
        participant="KM4821",
    )
    write = Write(id=uuid4(), content=content, what="published")
    await write_assignments(territory.id, [write], Author(at=NOW))
    noted = NewAttendance(
        assignment_id=write.id, status=status, participant="KM4821", noted_at=datetime.now(UTC)
    )
    await note_attendance(territory.id, [noted])
    return write.id


async def test_each_level_of_a_convention_tells_its_partner_so_much_and_no_more() -> None:
    territory = await make_territory()
    made = await known_person(territory)
    counts = "Depuis l’orientation\xa0: 2 présences, 1 absence."
    told = {}
    for learns in ("nothing", "first", "presence", "path"):
        partner = await fact(territory.id, Partner, "spip-93")
        changed = msgspec.structs.replace(partner, convention={"learns": learns})
        await change_fact(territory.id, changed, version=partner.version)
        view = await read_orientation(await again(territory), officer(), made.id)
        told[learns] = view.afterwards
    assert told == {
        "nothing": "",
        "first": "",
        "presence": counts,
        "path": f"{counts} Parcours terminé le 3 mars 2027.",
    }


async def test_a_partner_learns_nothing_more_of_whom_it_no_longer_orients() -> None:
    territory = await make_territory()
    made = await known_person(territory)
    partner = await fact(territory.id, Partner, "spip-93")
    changed = msgspec.structs.replace(partner, convention={"learns": "path"})
    await change_fact(territory.id, changed, version=partner.version)
    territory = await again(territory)
    linked = await orientation(territory.id, made.id)
    known = Followed(presences=(), ended_on=date(2027, 3, 3))
    gone = msgspec.structs.replace(linked, state="cancelled")
    assert follow_words(changed, linked, known).endswith("Parcours terminé le 3 mars 2027.")
    assert follow_words(changed, gone, known) == ""
    await cancel_orientation(territory, officer(), made.id, "autre")
    view = await read_orientation(territory, officer(), made.id)
    assert (view.orientation.participant_id, view.afterwards) == (None, "")


async def test_nothing_more_is_told_of_somebody_whom_nobody_linked() -> None:
    territory = await make_territory()
    partner = await fact(territory.id, Partner, "spip-93")
    changed = msgspec.structs.replace(partner, convention={"learns": "path"})
    await change_fact(territory.id, changed, version=partner.version)
    territory = await again(territory)
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    made = await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)
    assert (await read_orientation(territory, me, made.id)).afterwards == ""


@pytest.mark.parametrize(
    ("first", "second", "kept"), [(14, 7, (14, 7, 3)), (10, None, (10, 3)), (None, None, (3,))]
)
def test_messages_beyond_the_two_of_the_form_stay(
    first: int | None, second: int | None, kept: tuple[int, ...]
) -> None:
    before = PartnerSettings(alert_days=(3, 14, 7))
    typed = rules_typed(before)
    assert (typed["first_alert"], typed["second_alert"]) == (("14",), ("7",))
    sent = {name: list(values) for name, values in typed.items()}
    sent |= {"first_alert": [str(first or "")], "second_alert": [str(second or "")]}
    answers = rules_answers(sent)
    assert tuple(rules_wanted(answers, before)["alert_days"]) == kept


FILLED = {
    "hold_minutes": "20",
    "holds_at_once": "2",
    "weeks_ahead": "6",
    "leave_days": "12",
    "first_alert": "5",
    "second_alert": "",
    "contact_name": "Claire",
    "contact_phone": "01 48 00 00 01",
    "contact_email": "coordination@example.org",
    "needs": "Emploi\nMobilité\n",
    "partner_reasons": "La personne ne viendra pas",
    "our_reasons": "Absence dans l’équipe",
}


@pytest.mark.slow
async def test_the_coordination_sets_the_rules_for_all_partners_and_nobody_else_does(tmp_path: Path) -> None:
    await make_territory()
    await account("c@example.org", Grant(role="coordinator", territory="essai"))
    await account("p@example.org", Grant(role="partner", territory="essai", partner="spip-93"))
    app, page = make_app(tmp_path), "/t/essai/partenaires/reglages"
    async with browser(app) as client:
        await sign_in(client, "c@example.org")
        shown = (await client.get(page)).text
        version = shown.partition('name="version" value="')[2].partition('"')[0]
        wrong = await send(client, page, **{**FILLED, "hold_minutes": "0", "version": version})
        assert (wrong.status_code, "Claire" in wrong.text) == (422, True)
        kept = await send(client, page, **FILLED, version=version)
        assert (kept.status_code, kept.headers["location"]) == (303, f"{page}?fait=changement")
        stale = await send(client, page, **FILLED, version=version)
        assert (stale.status_code, "entre-temps" in stale.text) == (412, True)
    settings = partner_settings(await territory_by_code("essai"))
    assert settings == PartnerSettings(
        hold_minutes=20,
        holds_at_once=2,
        weeks_ahead=6,
        leave_days=12,
        alert_days=(5,),
        contact_name="Claire",
        contact_phone="01 48 00 00 01",
        contact_email="coordination@example.org",
        needs={"emploi": "Emploi", "mobilite": "Mobilité"},
        partner_reasons={"personne": "La personne ne viendra pas"},
        our_reasons={"absence": "Absence dans l’équipe"},
    )
    async with browser(app) as client:
        await sign_in(client, "p@example.org")
        assert (await client.get(page)).status_code == 403
