"""What is sent twice is done once, and what was given up is not done again by sending it anew."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from db.queries.orientations import Oriented, orientations_of
from db.queries.place_hosts import standing_places
from service.actions.cancel_orientation import cancel_orientation
from tests.service.partners.desk import PERSON, desk, said_in
from tests.service.partners.sample import (
    officer,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_what_is_sent_twice_is_done_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        hold = await at.held()
        assert hold == await at.held()
        made = [await at.program("orientations", **PERSON, hold_id=hold) for _ in range(2)]
        assert len({one.json()["id"] for one in made}) == 1
        here = f"orientations/{made[0].json()['id']}"
        for _ in range(2):
            moved = await at.program(f"{here}/move", host_id=str(at.hosts[1]), slot=1)
            assert moved.status_code == 200
        for _ in range(2):
            gone = await at.form(f"{here}/annuler", raison="erreur")
            assert gone.status_code == 303
        states = [one.state for one in await orientations_of(at.territory.id, Oriented())]
        assert states == ["cancelled"]
        assert await standing_places(at.hosts, now=datetime.now(UTC)) == ()


async def test_a_replayed_confirmation_of_a_cancelled_orientation_stays_refused(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        hold = await at.held()
        made = (await at.program("orientations", **PERSON, hold_id=hold)).json()["id"]
        await cancel_orientation(at.territory, officer("spip-93"), UUID(made), "erreur")
        for answer in await at.both_ways(hold, PERSON):
            assert answer.status_code == 409
            assert "plus retenue" in said_in(answer)
        assert await standing_places(at.hosts, now=datetime.now(UTC)) == ()
