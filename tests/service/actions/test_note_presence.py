"""Two people at one draft: each sees the other and what they hold; who leaves or falls silent is forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.queries.plans import add_draft
from db.records.plan import NewPlan
from service.actions.note_presence import GONE, Present, note_presence
from tests.service.living_territory import make_living

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def draft():
    territory = await make_living()
    wanted = NewPlan(first_on=date(2026, 12, 1), last_on=date(2026, 12, 31), origin="hand")
    return territory, await add_draft(territory.id, wanted)


def present(account, who, **fields):
    return Present(account=account, who=who, **{"seen_at": datetime.now(UTC), **fields})


async def test_each_sees_the_other_and_what_they_hold(draft):
    territory, plan = draft
    assert await note_presence(territory.id, plan.id, present("1", "C.V.")) == ()
    seen = await note_presence(territory.id, plan.id, present("2", "L.D.", holding="permanence:a"))
    assert [one.who for one in seen] == ["C.V."]
    back = await note_presence(territory.id, plan.id, present("1", "C.V."))
    assert [(one.who, one.holding) for one in back] == [("L.D.", "permanence:a")]


async def test_who_leaves_or_falls_silent_is_forgotten(draft):
    territory, plan = draft
    silent = datetime.now(UTC) - GONE - timedelta(seconds=1)
    await note_presence(territory.id, plan.id, present("1", "C.V.", seen_at=silent))
    await note_presence(territory.id, plan.id, present("2", "L.D."), leaves=True)
    assert await note_presence(territory.id, plan.id, present("3", "N.K.")) == ()
