"""What partners asked for and got is counted where and when the appointment is; scarce is what would not be enough."""

from datetime import datetime, time
from pathlib import Path

import pytest

from db.queries.partner_demand import count_demand
from db.records.account import Grant
from db.records.territory import Territory
from service.actions.cancel_orientation import cancel_orientation
from service.actions.hold_place import hold_place
from service.actions.note_demand import note_demand
from service.actions.orient import orient
from service.actions.read_filling import PartnerFigures, read_figures
from service.mail.warn_of_scarcity import scarcity_lines
from tests.service.door import account, browser, make_app, sign_in
from tests.service.partners.sample import (
    FORM,
    NOW,
    ZONE,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
MORNING = datetime.combine(monday(2), time(7, 30), ZONE)
"""A Monday of the weeks to come: the demand of `monday(1)` is usual by then."""


async def usual(territory: Territory, site: str, count: int) -> None:
    for _ in range(count):
        await note_demand(territory, officer(), site, monday(1))


def lines(figures: PartnerFigures) -> list[str]:
    return [one.replace("\N{NO-BREAK SPACE}", " ") for one in scarcity_lines(figures)]


async def test_what_was_asked_today_for_a_week_to_come_is_counted_today(tmp_path: Path) -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    me = officer()
    await orient(territory, me, (await hold_place(territory, me, host, 0)).id, FORM)
    await note_demand(territory, me, "gagny", monday())
    (one,) = (await read_figures(territory, NOW)).demand
    assert (one.partner, one.site, one.week_on) == ("spip-93", "gagny", monday())
    assert (one.asked_count, one.got_count) == (2, 1)
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@example.fr")
        shown = (await client.get("/t/essai/partenaires/remplissage")).text
    assert "SPIP de Seine-Saint-Denis" in shown
    assert '<td class="num">2</td><td class="num">1</td>' in shown


async def test_places_at_an_office_are_places() -> None:
    territory = await make_territory()
    await usual(territory, "bureau", 4)
    assert lines(await read_figures(territory, MORNING)) == [
        "- Bureau : 0 place libre en 4 semaines, demande habituelle 2,0, 0 déjà placée"
    ]
    await publish(territory, office(monday()))
    assert lines(await read_figures(territory, MORNING)) == []


async def test_who_already_has_a_place_in_the_coming_weeks_is_not_waited_for_again() -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await usual(territory, "gagny", 6)
    assert lines(await read_figures(territory, MORNING)) == []
    for slot, still_free in ((0, 2), (1, 1), (2, 0)):
        me = officer()
        await orient(territory, me, (await hold_place(territory, me, host, slot)).id, FORM)
        (one,) = (await read_figures(territory, MORNING)).scarcity
        assert (one.free, one.usual, one.placed) == (still_free, 3.0, slot + 1)
        assert one.is_scarce == (still_free == 0)


async def test_seats_of_promotions_and_what_was_cancelled_are_no_hours_that_are_placed() -> None:
    territory = await make_territory()
    (host,) = await publish(territory, permanence(monday()))
    await usual(territory, "gagny", 10)
    await count_demand(territory.id, "spip-93", "gagny", monday(3), got=8)
    me = officer()
    made = [
        await orient(territory, me, (await hold_place(territory, me, host, slot)).id, FORM) for slot in (0, 1)
    ]
    (one,) = (await read_figures(territory, MORNING)).scarcity
    assert (one.free, one.usual, one.placed, one.is_scarce) == (1, 5.0, 2, True)
    await cancel_orientation(territory, me, made[0].id, "autre")
    (one,) = (await read_figures(territory, MORNING)).scarcity
    assert (one.free, one.placed) == (2, 1)
