"""Gives a prepared database accounts, a morning under way and an interview just over: for stories of who is signed in."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec

from db.engine import connected
from db.queries.accounts import add_account, set_grants
from db.queries.assignment_writing import Author, write_assignments
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.assignment import Content, Write
from service.settings import read_settings
from tests.cheap_passwords import kept
from tests.service.living_territory import ZONE, just_begun

PASSWORD = "quatre chaises bleues"
PEOPLE = {
    "coordination": Grant(role="coordinator"),
    "cv": Grant(role="coordinator", staff="CV"),
    "ar": Grant(role="staff", staff="AR"),
    "spip": Grant(role="partner", partner="spip-93"),
}


async def main() -> None:
    async with connected(read_settings().database_address):
        territory = await territory_by_code("ile-de-france")
        password_hash = kept(PASSWORD)
        for name, grant in PEOPLE.items():
            made = await add_account(f"{name}@escale.test", name, state="active", password_hash=password_hash)
            await set_grants(made.id, [msgspec.structs.replace(grant, territory=territory.code)])
        writes = [Write(id=uuid4(), content=content) for content in _today()]
        author = Author(at=datetime.now(UTC), actor_label="test")
        await write_assignments(territory.id, writes, author)


def _today() -> tuple[Content, ...]:
    now = datetime.now(ZONE)
    began, over = just_begun(), now - timedelta(hours=1)
    permanence = Content(
        kind="permanence", key=f"permanence:gagny-permanence:{began.date()}:am", held_on=began.date(), half_day="am",
        starts_at=began, ends_at=began + timedelta(hours=3), staff=("AR",), site="gagny",
        cadence="gagny-permanence", places=4,
    )  # fmt: skip
    interview = Content(
        kind="interview", key="interview:story:1", held_on=over.date(), starts_at=over, staff=("AR",),
        ends_at=over + timedelta(minutes=45), site="bureau", participant=PARTICIPANT, interview_kind="suivi",
        mode="on_site",
    )  # fmt: skip
    ahead = next(on for on in (now + timedelta(days=n) for n in (1, 2, 3)) if on.weekday() < 5)
    coming = msgspec.structs.replace(
        interview, key="interview:story:2", held_on=ahead.date(), participant=REMINDED,
        starts_at=ahead.replace(hour=10, minute=0), ends_at=ahead.replace(hour=10, minute=45),
    )  # fmt: skip
    return permanence, interview, coming


PARTICIPANT, REMINDED = "DK7152", "BX3306"

if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
