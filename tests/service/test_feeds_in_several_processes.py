"""What one process publishes or revokes is in the feeds of every other within five seconds."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from db.queries.assignment_writing import write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.feed_tokens import revoke_feed_token
from db.records.territory import Territory
from service.actions.actor import HOUSE
from service.actions.make_feed_address import make_feed_address
from tests.db.assignments import new, permanence, territory_with_facts
from tests.deployment import Deployment
from tests.servers import wait_until
from tests.service.feed_world import change

pytestmark = [pytest.mark.slow]
SECONDS = 5.0


class World:
    """A territory in a running service, one person's address in it, and every process asked."""

    def __init__(self, deployment: Deployment, code: str) -> None:
        self._deployment = deployment
        self.territory, self.host_id, self.token_id, name = deployment.do(lambda: _made(code))
        self._addresses = [f"{web.url}/feeds/{name}.ics" for web in deployment.webs]

    def answers(self) -> list[httpx.Response]:
        return [httpx.get(address) for address in self._addresses]

    def wait_until_all(self, status: int, *words: bytes) -> None:
        """Each process gives that status and has those words. Raises `TimeoutError` after five seconds."""

        def right() -> bool:
            found = self.answers()
            return all(
                one.status_code == status and all(word in one.content for word in words) for one in found
            )

        wait_until(right, seconds=SECONDS)


async def _made(code: str) -> tuple[Territory, UUID, UUID, str]:
    territory = await territory_with_facts(code)
    host = new(permanence(1))
    await write_assignments(territory.id, [host], HOUSE.author(datetime.now(UTC)))
    person = next(one for one in (await facts_of(territory.id)).staff if one.code == "AR")
    assert person.id is not None
    token, row = await make_feed_address(territory.id, "staff", person.id, "Téléphone")
    return territory, host.id, row.id, token


def test_a_publication_a_change_and_a_revocation_reach_every_process(deployment: Deployment):
    world = World(deployment, f"feeds-{len(deployment.webs)}")
    first = world.answers()
    assert {one.status_code for one in first} == {200}
    assert len({one.content for one in first}) == len({one.headers["etag"] for one in first}) == 1
    second = new(permanence(8))

    async def publish() -> None:
        await write_assignments(world.territory.id, [second], HOUSE.author(datetime.now(UTC)))

    deployment.do(publish)
    world.wait_until_all(200, f"UID:{second.id}@escale".encode())

    async def move() -> date:
        later = permanence(10)
        times = {"starts_at": later.starts_at, "ends_at": later.ends_at, "held_on": later.held_on}
        moved = await change(
            world.territory, world.host_id, datetime.now(UTC) + timedelta(seconds=1), **times
        )
        return moved.held_on

    assert deployment.do(move) == date(2026, 12, 10)
    world.wait_until_all(200, b"DTSTART;TZID=Europe/Paris:20261210T090000", b"SEQUENCE:1")
    assert len({one.content for one in world.answers()}) == 1

    async def revoke() -> int:
        await revoke_feed_token(world.territory.id, world.token_id, at=datetime.now(UTC))
        return len(await assignments_of(world.territory.id, Wanted()))

    assert deployment.do(revoke) == 2
    world.wait_until_all(410)
