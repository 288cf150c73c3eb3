"""« Historique » beside the board: the versions of the month, and what was changed by hand in the one shown."""

from datetime import UTC, datetime

import msgspec
import pytest

from db.queries.territories import territory_by_code
from db.records.account import Grant
from service.actions.copy_published import copy_published
from service.actions.edit_draft import MOST_STEPS, Edit, edit_draft, undo_edit
from service.actions.publish_plan import publish_plan
from service.pages.board.history import Event, history
from service.pages.board.source import load_month
from service.pages.signatures import signatures
from tests.service.door import account
from tests.service.small_territory import ACTOR, FIRST_ON, LAST_ON, make_plan, make_territory

pytestmark = pytest.mark.usefixtures("database")
AT = datetime(2026, 11, 24, 13, 12, tzinfo=UTC)


async def told() -> tuple[Event, ...]:
    month = await load_month(await territory_by_code("petite"), FIRST_ON, LAST_ON)
    return history(month, "/p", await signatures((plan.published_by for plan in month.plans), "petite"))


async def test_changes_by_hand_are_listed_under_their_version_newest_first() -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    draft = await copy_published(await territory_by_code("petite"), FIRST_ON, LAST_ON, ACTOR)
    for words, by in (("Gagny, du 3 au 4", "NK"), ("Épinglé : Gagny", "AR"), ("Retiré : Gagny", "")):
        await edit_draft(territory, draft.id, Edit(words=words, by=by, at=AT), version=None)
    await undo_edit(territory, draft.id, version=None)
    shown, published = await told()
    assert [(one.words, one.when) for one in shown.by_hand] == [
        ("Épinglé : Gagny", "A.R., 24 nov. à 14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12"),
        ("Gagny, du 3 au 4", "N.K., 24 nov. à 14\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12"),
    ]
    assert (published.by_hand, shown.has_more) == ((), False)


async def test_of_a_long_series_the_last_are_listed_and_it_is_said() -> None:
    territory = await make_territory()
    draft = await make_plan(territory)
    edit = Edit(words="Épinglé : Gagny", by="NK", at=AT)
    for number in range(MOST_STEPS + 1):
        numbered = msgspec.structs.replace(edit, words=f"{edit.words} {number}")
        await edit_draft(territory, draft.id, numbered, version=None)
    (shown,) = await told()
    assert (len(shown.by_hand), shown.has_more) == (MOST_STEPS, True)
    assert shown.by_hand[0].words.endswith(str(MOST_STEPS))


async def test_drafts_are_named_by_their_number_as_the_board_names_them() -> None:
    territory = await make_territory()
    first, _ = await make_plan(territory), await make_plan(territory)
    assert [one.words for one in await told()] == [
        "Brouillon v1 n°\N{NO-BREAK SPACE}2 calculé",
        "Brouillon v1 calculé",
    ]
    await publish_plan(territory, first.id, ACTOR)
    await copy_published(await territory_by_code("petite"), FIRST_ON, LAST_ON, ACTOR)
    assert [one.words for one in await told()] == [
        "Brouillon v2 fait à la main",
        "Brouillon calculé",
        "Version 1 publiée",
    ]


async def test_each_published_version_says_who_published_it() -> None:
    territory = await make_territory()
    known = await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    publisher = msgspec.structs.replace(ACTOR, account_id=known.id)
    await publish_plan(territory, (await make_plan(territory)).id, publisher)
    await publish_plan(territory, (await make_plan(await territory_by_code("petite"))).id, ACTOR)
    by_the_house, signed = await told()
    assert signed.when.endswith(", publiée par c")
    assert "publiée" not in by_the_house.when
