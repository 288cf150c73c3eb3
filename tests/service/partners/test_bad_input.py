"""Too late, twice, not yours, closed: each is told in French with what to do next, on the page and to a program; nothing changes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.fact_storing import add_fact
from db.records.assignment import Write
from db.records.site import Closure
from db.tables.partner import TakenPlace
from service.actions.actor import HOUSE
from service.actions.cancel_today import cancel_today
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from tests.service.partners.desk import PERSON, Desk, desk, said_in
from tests.service.partners.sample import (
    FORM,
    NOW,
    monday,
    officer,
    permanence,
    publish,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


Case = Callable[[Desk], Awaitable[tuple[list[httpx.Response], int, str]]]


async def an_expired_hold(at: Desk) -> tuple[list[httpx.Response], int, str]:
    hold = await at.held()
    await TakenPlace.update({TakenPlace.expires_at: NOW - timedelta(minutes=1)}, force=True).where(
        TakenPlace.id == UUID(hold)
    )
    return (
        await at.both_ways(hold, PERSON),
        409,
        "plus retenue",
    )


async def a_hold_given_back(at: Desk) -> tuple[list[httpx.Response], int, str]:
    hold = await at.held()
    await at.form(f"orienter/{hold}/rendre")
    return (
        await at.both_ways(hold, PERSON),
        409,
        "plus retenue",
    )


async def a_hold_used_for_somebody_else(at: Desk) -> tuple[list[httpx.Response], int, str]:
    hold = await at.held()
    await at.program("orientations", **PERSON, hold_id=hold)
    other = {**PERSON, "label": "93-8"}
    return (
        await at.both_ways(hold, other),
        409,
        "déjà été confirmée",
    )


async def a_place_of_a_stale_page(at: Desk) -> tuple[list[httpx.Response], int, str]:
    await hold_place(at.territory, officer("spip-94"), at.hosts[0], 0)
    return (
        [
            await at.form("places", place=f"{at.hosts[0]}:0"),
            await at.program("holds", host_id=str(at.hosts[0]), slot=0),
        ],
        409,
        "vient d’être prise",
    )


async def a_half_day_called_off(at: Desk) -> tuple[list[httpx.Response], int, str]:
    gone = msgspec.structs.replace(
        content_of(await assignment(at.territory.id, at.hosts[0])), status="cancelled", cancelled_by="us"
    )
    write = Write(id=at.hosts[0], content=gone, what="cancelled")
    await write_assignments(at.territory.id, [write], Author(at=NOW))
    return (
        [
            await at.form("places", place=f"{at.hosts[0]}:0"),
            await at.program("holds", host_id=str(at.hosts[0]), slot=0),
        ],
        409,
        "n’a plus lieu",
    )


async def a_half_day_that_has_begun(at: Desk) -> tuple[list[httpx.Response], int, str]:
    (begun,) = await publish(
        at.territory, permanence(NOW.date(), starts_at=NOW - timedelta(hours=2), ends_at=NOW)
    )
    return (
        [
            await at.form("places", place=f"{begun}:0"),
            await at.program("holds", host_id=str(begun), slot=0),
        ],
        409,
        "a commencé",
    )


async def a_place_at_a_site_of_others(at: Desk) -> tuple[list[httpx.Response], int, str]:
    (elsewhere,) = await publish(
        at.territory, permanence(monday(), "pm", site="fresnes", cadence=None, key="fresnes", staff=("NK",))
    )
    return (
        [
            await at.form("places", place=f"{elsewhere}:0"),
            await at.program("holds", host_id=str(elsewhere), slot=0),
        ],
        404,
        "Choisissez une place de la liste",
    )


async def a_move_to_a_half_day_called_off(at: Desk) -> tuple[list[httpx.Response], int, str]:
    made = await at.oriented(1)
    await cancel_today(at.territory, at.hosts[1], HOUSE, reason="site", by="site")
    return (
        [
            await at.form(f"orientations/{made}/deplacer", place=f"{at.hosts[1]}:0"),
            await at.program(f"orientations/{made}/move", host_id=str(at.hosts[1]), slot=0),
        ],
        409,
        "n’a plus lieu",
    )


async def a_site_that_closed(at: Desk) -> tuple[list[httpx.Response], int, str]:
    await add_fact(at.territory.id, Closure(code="fermé", site="gagny", from_on=monday(), until_on=monday()))
    return (
        [
            await at.form("places", place=f"{at.hosts[0]}:0"),
            await at.program("holds", host_id=str(at.hosts[0]), slot=0),
        ],
        409,
        "ne peut plus être retenue",
    )


async def a_move_of_what_is_cancelled(at: Desk) -> tuple[list[httpx.Response], int, str]:
    made = await at.oriented()
    await at.program(f"orientations/{made}/cancel", reason="erreur")
    return (
        [
            await at.form(f"orientations/{made}/deplacer", place=f"{at.hosts[1]}:0"),
            await at.program(f"orientations/{made}/move", host_id=str(at.hosts[1]), slot=0),
        ],
        409,
        "passée ou annulée",
    )


async def a_move_to_a_place_of_others(at: Desk) -> tuple[list[httpx.Response], int, str]:
    made = await at.oriented()
    await hold_place(at.territory, officer("spip-94"), at.hosts[1], 0)
    return (
        [
            await at.form(f"orientations/{made}/deplacer", place=f"{at.hosts[1]}:0"),
            await at.program(f"orientations/{made}/move", host_id=str(at.hosts[1]), slot=0),
        ],
        409,
        "vient d’être prise",
    )


async def a_reason_that_is_none(at: Desk) -> tuple[list[httpx.Response], int, str]:
    made = await at.oriented()
    return [await at.form(f"orientations/{made}/annuler", raison="xyz")], 422, "Ce choix n’existe pas"


async def a_reason_of_a_program_that_is_none(at: Desk) -> tuple[list[httpx.Response], int, str]:
    made = await at.oriented()
    return [await at.program(f"orientations/{made}/cancel", reason="xyz")], 400, "raison"


async def too_many_holds(at: Desk) -> tuple[list[httpx.Response], int, str]:
    for slot in range(3):
        await at.held(slot)
    return (
        [
            await at.form("places", place=f"{at.hosts[1]}:0"),
            await at.program("holds", host_id=str(at.hosts[1]), slot=0),
        ],
        409,
        "Orientez une personne ou rendez une place",
    )


async def a_hold_of_another_partner(at: Desk) -> tuple[list[httpx.Response], int, str]:
    hold = (await hold_place(at.territory, officer("spip-94"), at.hosts[1], 0)).id
    return (
        [
            *await at.both_ways(str(hold), PERSON),
            await at.form(f"orienter/{hold}/rendre"),
        ],
        404,
        "Cette place n’est pas retenue par vous.",
    )


async def an_orientation_of_another_partner(at: Desk) -> tuple[list[httpx.Response], int, str]:
    who = officer("spip-94")
    made = await orient(at.territory, who, (await hold_place(at.territory, who, at.hosts[1], 0)).id, FORM)
    return (
        [
            await at.form(f"orientations/{made.id}/annuler", raison="erreur"),
            await at.form(f"orientations/{made.id}/deplacer", place=f"{at.hosts[0]}:0"),
            await at.program(f"orientations/{made.id}/cancel", reason="erreur"),
            await at.program(f"orientations/{made.id}/move", host_id=str(at.hosts[0]), slot=0),
        ],
        404,
        "Cette orientation n’existe pas.",
    )


CASES: tuple[Case, ...] = (
    an_expired_hold,
    a_hold_given_back,
    a_hold_used_for_somebody_else,
    a_place_of_a_stale_page,
    a_half_day_called_off,
    a_half_day_that_has_begun,
    a_place_at_a_site_of_others,
    a_move_to_a_half_day_called_off,
    a_site_that_closed,
    a_move_of_what_is_cancelled,
    a_move_to_a_place_of_others,
    a_reason_that_is_none,
    a_reason_of_a_program_that_is_none,
    too_many_holds,
    a_hold_of_another_partner,
    an_orientation_of_another_partner,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_what_cannot_be_is_told_in_french_and_changes_nothing(case: Case, tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        kept: list[tuple[object, object]] = []

        async def remember(*_: object) -> None:
            kept.append(await at.state())

        at.client.event_hooks = {"request": [remember]}
        answers, status, words = await case(at)
        at.client.event_hooks = {}
        after = await at.state()
    assert {one.status_code for one in answers} == {status}
    assert all(words in said_in(one) for one in answers), [said_in(one) for one in answers]
    assert all(state == after for state in kept[-len(answers) :])
