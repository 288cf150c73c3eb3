"""Gives a prepared database one of everything that a page can show: people who sign in, links that were mailed, a path that waits.

Writes what only this program knows (ids, secrets) into `walk.json` beside the database.
"""

import asyncio
import json
import re
import sys
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import msgspec

from db.engine import connected
from db.queries.accounts import add_account, set_grants
from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.outbox import mails
from db.queries.territories import change_territory, territory_by_code
from db.records.account import Grant
from db.records.assignment import Content, Write
from db.records.facts import Facts, FactSet
from db.records.staff import Absence, Wish
from db.records.territory import Territory
from service.actions.ask_site import ask_site
from service.actions.hold_place import hold_place, shelf_of, what_is_left
from service.actions.invite_account import invite_account
from service.actions.make_feed_address import make_feed_address
from service.actions.open_mailbox import ask_mailbox_link
from service.actions.orient import orient
from service.actions.send_access_list import send_access_list
from service.settings import read_settings
from tests.cheap_passwords import kept
from tests.pages.sign_people_in import PASSWORD
from tests.service.living_territory import ZONE, just_begun
from tests.service.partners.sample import FORM, officer

ROOT = "http://x"
HERE = "ile-de-france"
SITE, PARTICIPANT, FOLLOWER = "gagny", "DK7152", "AR"
SEATS = {
    "administrator": Grant(role="administrator"),
    "coordinator": Grant(role="coordinator", territory=HERE),
    "staff": Grant(role="staff", territory=HERE, staff=FOLLOWER),
    "partner": Grant(role="partner", territory=HERE, partner="spip-93"),
}
DEVICE = "téléphone"


async def main() -> None:
    settings = read_settings()
    async with connected(settings.database_address):
        before = await territory_by_code(HERE)
        territory = await change_territory(
            msgspec.structs.replace(before, settings={**before.settings, "contacts": True})
        )
        facts = await facts_of(territory.id)
        path = next(one for one in facts.paths if one.referent == FOLLOWER and one.state == "running")
        known = {"path": path.code, "participant": path.participant or ""}
        known |= {"referent": str(next(one.id for one in facts.staff if one.code == FOLLOWER))}
        known |= await _people(territory)
        known |= await _things(territory, known["participant"])
        await _facts(territory, facts, path.code)
        known |= await _links(territory, facts)
        await _fill_seats(territory, UUID(known["series"]))
    (settings.var_path / "walk.json").write_text(json.dumps(known))


async def _people(territory: Territory) -> dict[str, str]:
    password_hash = kept(PASSWORD)
    ids = {}
    for role, grant in SEATS.items():
        made = await add_account(f"{role}@escale.test", role, state="active", password_hash=password_hash)
        await set_grants(made.id, [grant])
        ids[role] = str(made.id)
    guest = await invite_account("invitee@escale.test", "N. K.", (SEATS["staff"],), ROOT)
    return {"account": str(guest.id), "territory_id": str(territory.id)} | ids


async def _things(territory: Territory, participant: str) -> dict[str, str]:
    """Of A.R.: a permanence under way, an interview just over, one tomorrow, places in three weeks."""
    now = datetime.now(ZONE)
    tomorrow, later = now.date() + timedelta(days=1), now.date() + timedelta(days=21 - now.weekday())
    made = {
        "permanence": _permanence(just_begun(), "am"),
        "interview": _interview(now - timedelta(hours=1), participant),
        "reminder": _interview(datetime.combine(tomorrow, time(10), ZONE), participant),
        "host": _permanence(datetime.combine(later, time(9), ZONE), "am"),
    }
    writes = {name: Write(id=uuid4(), content=content) for name, content in made.items()}
    await write_assignments(territory.id, list(writes.values()), Author(at=now, actor_label="test"))
    return {name: str(write.id) for name, write in writes.items()} | {"host_month": f"{later:%Y-%m}"}


def _permanence(starts_at: datetime, half_day: str) -> Content:
    return Content(
        kind="permanence", key=f"permanence:gagny-permanence:{starts_at.date()}:{half_day}", half_day=half_day,
        held_on=starts_at.date(), starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), site=SITE,
        staff=(FOLLOWER,), cadence="gagny-permanence", places=4,
    )  # fmt: skip


def _interview(starts_at: datetime, participant: str) -> Content:
    return Content(
        kind="interview", key=f"interview:walk:{starts_at.date()}", held_on=starts_at.date(), starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45), staff=(FOLLOWER,), site="bureau", participant=participant,
        interview_kind="suivi", mode="on_site",
    )  # fmt: skip


async def _facts(territory: Territory, facts: Facts, waits: str) -> None:
    """A path that waits for its referent, an absence and a wish to come."""
    path = next(one for one in facts.paths if one.code == waits)
    asked = {"state": "suspended", "misses_in_a_row": 2, "missed_on": date(2026, 11, 20)}
    waiting = msgspec.structs.replace(path, asked_referent_at=datetime.now(UTC), **asked)
    begins = datetime.now(UTC) + timedelta(days=40)
    ends = begins + timedelta(days=1)
    absence = Absence(code="a-venir", staff=FOLLOWER, starts_at=begins, ends_at=ends, kind="leave")
    wish = Wish(code="un-souhait", staff=FOLLOWER, half_day="am", wish="prefer", weekday=2)
    await store_facts(territory.id, FactSet(paths=(waiting,), absences=(absence,), wishes=(wish,)))


async def _links(territory: Territory, facts: Facts) -> dict[str, str]:
    """Addresses that were mailed, and one of a feed."""
    later = date(2026, 12, 1)
    await ask_site(territory, SITE, later, ROOT)
    await send_access_list(territory, SITE, later, ROOT, by=None)
    await ask_mailbox_link("spip94@demo.example", ROOT)
    gagny = next(one for one in facts.sites if one.code == SITE)
    _, address = await make_feed_address(territory.id, "site", _id(gagny.id), DEVICE)
    person = next(one for one in facts.staff if one.code == FOLLOWER)
    await make_feed_address(territory.id, "staff", _id(person.id), DEVICE)
    series = next(one for one in facts.promotions if one.open_to_partners)
    bodies = "\n".join(one.body_text for one in await mails())
    found = dict(re.findall(rf"{ROOT}/(\w+)/(\S+)", bodies))
    return found | {"address": str(address.id), "series": str(series.id), "promotion": series.code}


async def _fill_seats(territory: Territory, promotion: UUID) -> None:
    """A colleague has every seat: one can wait for them."""
    colleague = officer()
    seat = what_is_left(await shelf_of(territory, colleague, promotion, datetime.now(UTC)), promotion, 0)
    for number in range(seat.free_count if seat else 0):
        held = await hold_place(territory, colleague, promotion, 0)
        await orient(territory, colleague, held.id, msgspec.structs.replace(FORM, label=f"94-{number}"))


def _id(known: UUID | None) -> UUID:
    assert known is not None
    return known


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
