"""What was decided against a rule and said at publishing does not fall; it is marked while the facts speak against it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import remove_fact, store_facts
from db.queries.facts import facts_of
from db.queries.places import take_place
from db.queries.plan_items import items_of
from db.queries.plans import plan_by_id
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.facts import FactSet
from db.records.participant import InterviewNeed
from db.records.place import PlaceRequest
from db.records.plan import Plan, PlanItem
from db.records.staff import Absence
from db.records.territory import Territory
from service.actions.cancel_today import cancel_today
from service.actions.edit_draft import Edit, edit_draft
from service.actions.publish_plan import publish_plan
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.french_text import day_date, initials
from service.pages.seen import seen_of
from tests.service.door import account, browser, make_app, plain, send, sign_in
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_territory,
    solve_here,
)

MONTH = "/t/petite/planning/2026-12"
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
pytestmark = [pytest.mark.usefixtures("in_november", "database"), pytest.mark.slow]


async def drafted(first_on: date, last_on: date) -> tuple[Plan, list[PlanItem]]:
    """A draft of these dates, and its permanences."""
    territory = await territory_by_code("petite")
    requested = await request_plan(territory, first_on, last_on, OPTIONS, ACTOR, QuietQueue())
    plan = await run_plan(requested.id, QuietWatcher(), solve_here)
    return plan, [one for one in await items_of(plan.id) if one.kind == "permanence"]


async def away(item: PlanItem, code: str = "a") -> None:
    """Whoever holds it is absent that day."""
    begins = datetime.combine(item.held_on, time(7), UTC)
    absences = tuple(
        Absence(
            code=f"{code}{who}-{item.held_on}",
            staff=who,
            starts_at=begins,
            ends_at=begins + timedelta(hours=12),
            kind="leave",
        )
        for who in item.staff_codes
    )
    await store_facts((await territory_by_code("petite")).id, FactSet(absences=absences))


async def decided(first_on: date, last_on: date) -> tuple[Territory, Plan, PlanItem]:
    """A draft in which a person put a permanence back and pinned it, though whoever holds it is absent since."""
    territory = await make_territory()
    item = (await drafted(first_on, last_on))[1][0]
    await away(item)
    plan, (held, *_) = await drafted(first_on, last_on)
    edit = Edit(words="remise", drop=(held.key,), put=(msgspec.structs.replace(item, pinned=True),))
    return territory, await edit_draft(territory, plan.id, edit, version=None), item


@pytest.mark.parametrize("dates", [(FIRST_ON, LAST_ON), DECEMBER], ids=["weeks", "month"])
async def test_what_was_decided_at_publishing_does_not_fall(tmp_path: Path, dates: tuple[date, date]) -> None:
    territory, plan, _item = await decided(*dates)
    assert [one["rule"] for one in plan.overruled] == ["availability"]
    await publish_plan(territory, plan.id, ACTOR)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        shown = plain(await client.get(MONTH))
    assert "ne tien" not in shown


async def test_what_a_draft_supposed_and_was_entered_since_is_not_told_as_unknown_to_it(
    tmp_path: Path,
) -> None:
    territory, _plan, item = await decided(*DECEMBER)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    for who in item.staff_codes:
        await remove_fact(territory.id, Absence, f"a{who}-{item.held_on}")
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        for page in (MONTH, f"{MONTH}/publier"):
            shown = plain(await client.get(page))
            assert "Ce que ce brouillon supposait est maintenant noté" in shown
            assert "n’en tient pas encore compte" not in shown
        await away(item, code="autre")
        shown = plain(await client.get(MONTH))
        assert "Ce que ce brouillon supposait est maintenant noté" not in shown
        assert "n’en tient pas encore compte" in shown


async def test_what_was_published_against_an_absence_is_marked_counted_and_explained_until_it_is_over(
    tmp_path: Path,
) -> None:
    territory, plan, item = await decided(*DECEMBER)
    await publish_plan(territory, plan.id, ACTOR)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        shown = plain(await client.get(MONTH))
        why = plain(await client.get(f"{MONTH}/pourquoi-ici?cle={item.key}"))
        detail = plain(await client.get(f"{MONTH}/detail?cle={item.key}"))
        alerts = plain(await client.get(f"{MONTH}?panneau=alertes"))
        badge = re.search(r'<a class="need against" href="([^"]*)" data-panel title="1 enfreint', shown)
        assert badge
        counted = await client.get(badge[1], follow_redirects=True)
        for absence in (await facts_of(territory.id)).absences:
            await remove_fact(territory.id, Absence, absence.code)
        after = plain(await client.get(MONTH))
    reason = f"{initials(item.staff_codes[0])} : absence le {day_date(item.held_on)}"
    chip = re.search(rf'<span class="chip [^"]*against" title="([^"]*)" data-key="{item.key}"', shown)
    assert chip
    assert chip[1].startswith(reason)
    assert "enfreint une règle (" in shown
    assert reason in plain(counted)
    assert "vérifié, 1 règle enfreinte (décidé ou épinglé)" in shown
    first, _, rest = why.partition(reason)
    assert "Cette place enfreint une règle" in first
    assert "place" in rest
    assert "n’est meilleure" not in why
    assert reason in detail
    assert reason in alerts
    assert "vérifié, aucune règle enfreinte" in after
    assert ' against"' not in after


def free_people(page: str) -> list[str]:
    """How many people are still free, half-day by half-day."""
    return re.findall(r"<td[^>]*>([^<]*)</td>", page.partition("<tfoot>")[2].partition("</tfoot>")[0])


async def test_a_draft_says_which_of_its_things_fall_on_the_board_and_before_publishing(
    tmp_path: Path,
) -> None:
    await make_territory()
    item = (await drafted(*DECEMBER))[1][0]
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        before = plain(await client.get(MONTH))
        await away(item)
        board, asked, people = [
            plain(await client.get(f"{MONTH}{page}")) for page in ("?par=lieu", "/publier", "?par=personne")
        ]
    for said in (board, asked):
        banner = said.partition('class="note is-bad" role="alert"')[2].partition("</details>")[0]
        assert re.search(r"choses? de ce brouillon ne tien\w+ plus avec les données de maintenant", banner)
        assert "n’a plus personne" in banner
        assert "Ce brouillon n’en tient pas encore compte." in said
        assert '<input type="hidden" name="depart" value="publie">' in said
    assert re.search(r"chip perm[^\"]* against\" title=\"[^\"]*absence le", board)
    assert "rendez-vous tombe" in people
    assert ">Congé<" in people
    assert free_people(board) != free_people(before)


async def test_a_draft_of_what_is_no_longer_known_cannot_be_checked_and_is_not_called_clean(
    tmp_path: Path,
) -> None:
    territory = await make_territory()
    await drafted(*DECEMBER)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        before = plain(await client.get(MONTH))
        await remove_fact(territory.id, InterviewNeed, "ZT1002/first")
        after = plain(await client.get(MONTH))
    assert "vérifié, aucune règle enfreinte" in before
    assert "vérifié, aucune règle enfreinte" not in after
    assert "ne peut pas être vérifié avec les données de maintenant" in after


async def test_a_draft_says_beforehand_what_publishing_refuses_of_it_beside_broken_rules(
    tmp_path: Path,
) -> None:
    territory = await make_territory()
    first, (kept, gone) = await drafted(*DECEMBER)
    draft, _ = await drafted(*DECEMBER)
    await publish_plan(territory, first.id, ACTOR)
    standing = {one.key: one.id for one in await assignments_of(territory.id, Wanted())}
    booking = PlaceRequest(
        host_kind="permanence", host_id=standing[kept.key], slot=2, capacity=1, state="booked"
    )
    await take_place(territory.id, booking)
    await cancel_today(territory, standing[gone.key], ACTOR, reason="absence")
    await edit_draft(territory, draft.id, Edit(words="retirée", drop=(kept.key,)), version=None)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        before, _ = [plain(await client.get(f"{MONTH}{page}")) for page in ("", "/publier")]
        sent = {"revision": seen_of(await plan_by_id(territory.id, draft.id))}
        refused = plain(await send(client, f"{MONTH}/publier", page="/reglages", **sent))
    banner = before.partition('class="note is-bad" role="alert"')[2].partition("</details>")[0]
    words = (
        f"{day_date(gone.held_on)}. Pour publier, retirez ce rendez-vous du brouillon",
        "n’a plus cette permanence, où 1 place est tenue par un partenaire. Pour publier, remettez-la",
    )
    for told in words:
        assert told in banner
        assert told in refused
    assert re.search(rf'against" title="annulé depuis[^"]*" data-key="{gone.key}"', before)


async def test_other_places_of_a_draft_are_weighed_by_the_facts_of_now_and_say_so(tmp_path: Path) -> None:
    await make_territory()
    item = (await drafted(*DECEMBER))[1][0]
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        before = plain(await client.get(f"{MONTH}/pourquoi-ici?cle={item.key}"))
        for on in range(1, 32):
            await away(msgspec.structs.replace(item, held_on=date(2026, 12, on)))
        after = plain(await client.get(f"{MONTH}/pourquoi-ici?cle={item.key}"))
    assert "Essayer" in before
    assert "données" not in before
    assert "Essayer" not in after
    assert "Toute autre place enfreindrait une règle" in after
    assert "Avec les données de maintenant" in after
