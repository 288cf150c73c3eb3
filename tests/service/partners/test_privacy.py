"""What a partner learns afterwards, and what is forgotten: by convention, by date; nothing judicial on paper or in mail."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.fact_storing import change_fact
from db.queries.facts import fact
from db.queries.orientations import orientation
from db.records.assignment import Write
from db.records.partner import Partner
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.actions.read_feeds import read_feeds
from service.actions.read_orientations import read_orientation
from service.actions.record_attendance import Came, record_attendance
from service.paper.slip import slip
from service.partners.opened import partner_facts
from service.partners.orientation_words import STATUS_WORDS
from service.partners.ready_text import OF_JUSTICE, for_the_person, neutral, ready, ready_text
from service.privacy.retention import apply_retention
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


async def _oriented(territory: Territory, where) -> tuple:
    (host,) = await publish(territory, where)
    me = officer()
    return me, await orient(territory, me, (await hold_place(territory, me, host, 0, NOW)).id, FORM, NOW)


async def _became(territory: Territory, interview_id, status: str) -> None:
    """The interview was yesterday, and somebody noted who came."""
    before = content_of(await assignment(territory.id, interview_id))
    start = datetime.now(UTC) - timedelta(days=1)
    content = msgspec.structs.replace(
        before, status=status, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    write = Write(id=interview_id, content=content, what="attendance")
    await write_assignments(territory.id, [write], Author(at=datetime.now(UTC)))


@pytest.mark.parametrize(
    ("learns", "status", "told"),
    [
        ("first", "held", "honoured"),
        ("first", "missed", "missed"),
        ("first", "excused", "excused"),
        ("first", "planned", "unnoted"),
        ("first", "confirmed", "unnoted"),
        ("nothing", "missed", "past"),
    ],
)
async def test_a_partner_learns_what_its_convention_says(learns: str, status: str, told: str) -> None:
    territory = await make_territory()
    partner = await fact(territory.id, Partner, "spip-93")
    await change_fact(
        territory.id,
        msgspec.structs.replace(partner, convention={"learns": learns}),
        version=partner.version,
    )
    territory = await again(territory)
    me, made = await _oriented(territory, permanence(monday()))
    assert (await read_orientation(territory, me, made.id)).status == "planned"
    await _became(territory, made.interview_id, status)
    assert (await read_orientation(territory, me, made.id)).status == told


@pytest.mark.parametrize("where", [permanence, office])
async def test_who_came_is_noted_by_the_team_as_for_any_interview_and_told_in_the_spips_words(where) -> None:
    territory = await make_territory()
    me, made = await _oriented(territory, where(monday()))
    await _became(territory, made.interview_id, "planned")
    await record_attendance(territory, made.interview_id, (Came(status="missed"),), HOUSE)
    view = await read_orientation(territory, me, made.id)
    assert STATUS_WORDS[view.status] == "Manqué"
    assert not view.is_open


async def test_a_label_and_who_signed_are_erased_thirty_days_after_the_appointment(tmp_path: Path) -> None:
    territory = await make_territory()
    _, made = await _oriented(territory, permanence(monday()))
    after = permanence(monday()).ends_at
    await apply_retention(after + timedelta(days=29), tmp_path / "memory")
    assert (await orientation(territory.id, made.id)).label == "94-1211"
    await apply_retention(after + timedelta(days=31), tmp_path / "memory")
    gone = await orientation(territory.id, made.id)
    assert (gone.label, gone.officer, gone.officer_phone) == ("", None, None)
    assert gone.state == "planned"


async def test_a_seats_label_stays_until_the_promotion_has_begun(tmp_path: Path) -> None:
    territory, me = await make_territory(), officer()
    seat = (await partner_facts(territory)).promotions["sas-7"].id
    assert seat is not None
    made = await orient(territory, me, (await hold_place(territory, me, seat, 0, NOW)).id, FORM, NOW)
    memory = tmp_path / "memory"
    await apply_retention(NOW + timedelta(days=90), memory)
    assert (await orientation(territory.id, made.id)).label == "94-1211"
    first = permanence(
        monday(4), kind="session", key="session:sas-7:info", cadence=None, promotion="sas-7", sequence="info"
    )
    await publish(territory, first)
    await apply_retention(first.ends_at + timedelta(days=29), memory)
    assert (await orientation(territory.id, made.id)).label == "94-1211"
    await apply_retention(first.ends_at + timedelta(days=31), memory)
    assert (await orientation(territory.id, made.id)).label == ""


async def test_the_partners_own_feed_shows_its_orientation_and_no_other_feed_its_label() -> None:
    territory = await make_territory()
    _, made = await _oriented(territory, office(monday()))
    feeds = await read_feeds(territory.id, datetime.now(UTC))
    bodies = {
        (one.kind, one.code): feeds.write(one, datetime.now(UTC)).body.decode() for one in feeds.subjects()
    }
    assert f"UID:{made.interview_id}" in bodies["partner", "spip-93"]
    assert str(made.interview_id) not in bodies["partner", "spip-94"]
    assert str(made.interview_id) in bodies["staff", "NK"]
    assert not [key for key, body in bodies.items() if "94-1211" in body]


async def test_a_staff_feed_tells_a_place_of_a_partner_once_and_as_taken() -> None:
    territory = await make_territory()
    await _oriented(territory, permanence(monday()))
    feeds = await read_feeds(territory.id, datetime.now(UTC))
    (subject,) = [one for one in feeds.subjects() if (one.kind, one.code) == ("staff", "AR")]
    unfolded = feeds.write(subject, datetime.now(UTC)).body.decode().replace("\r\n ", "")
    assert "1 sur 3" in unfolded or "1/3" in unfolded


async def test_the_slip_says_no_word_of_justice_and_the_ready_text_all_that_is_needed() -> None:
    territory = await make_territory()
    facts = await partner_facts(territory)
    at = permanence(monday()).starts_at
    text = ready_text(ready(facts, "gagny", at))
    for needed in ("9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00", "1 rue de la Gare", "RER E", "01 48 00 00 00"):
        assert needed in text
    for site in facts.sites:
        words = msgspec.json.encode(slip(for_the_person(facts, site, at))).decode()
        assert not OF_JUSTICE.search(words), site
    assert neutral("SPIP 93, 3 rue des Lilas, entrée du CSL") == "3 rue des Lilas"
