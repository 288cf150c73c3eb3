"""Who beyond the team a publication concerns: only what somebody agreed to, each with who tells them."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import msgspec
import pytest

from db.queries.accounts import add_account, set_grants
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.orientations import add_orientation
from db.records.account import Grant
from db.records.assignment import Content
from db.records.facts import FactSet
from db.records.orientation import Orientation
from db.records.partner import Partner
from db.records.territory import Territory
from service.actions.preview_publication import Difference
from service.pages.comparison import Change
from service.pages.told_outside import Outside, told_outside
from tests.service.living_territory import host, make_living, nameless, publish

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
PARTNER = Partner(code="spip-93", name="SPIP 93", phone="01 99 00 00 93")


@pytest.fixture
async def territory() -> Territory:
    made = await make_living()
    await store_facts(made.id, FactSet(partners=(PARTNER,)))
    return made


def agreed(hour: int, **fields: object) -> Content:
    usual = nameless(3, hour, 1, uuid4())
    return msgspec.structs.replace(
        usual, status="planned", participant="KM4821", need=None, host_id=None, **fields
    )


async def outside_of(territory: Territory, *found: Difference) -> Outside:
    return await told_outside(territory, await facts_of(territory.id), found, ())


async def test_a_moved_hour_is_told_with_both_hours_and_by_whom(territory: Territory) -> None:
    moved = Difference(id=uuid4(), before=agreed(9), after=agreed(10, staff=("NK",)))
    (one,) = (await outside_of(territory, moved)).people
    assert (one.name, one.how, one.page) == ("KM4821", "par N.K.", "personnes/KM4821")
    assert "9\N{NO-BREAK SPACE}h" in one.words
    assert "devient" in one.words
    assert "10\N{NO-BREAK SPACE}h" in one.words


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (None, "annulé"),
        ({"staff": ("NK",)}, "avec quelqu’un d’autre"),
        ({"site": "gagny"}, "dans un autre lieu"),
    ],
)
async def test_what_becomes_of_an_agreed_hour_is_said(
    territory: Territory, after: dict[str, object] | None, said: str
) -> None:
    before = agreed(9)
    changed = None if after is None else msgspec.structs.replace(before, **after)
    (one,) = (await outside_of(territory, Difference(id=uuid4(), before=before, after=changed))).people
    assert said in one.words


async def test_a_proposal_nobody_agreed_to_and_what_is_new_concern_no_person(territory: Territory) -> None:
    proposed = msgspec.structs.replace(agreed(9), status="to_confirm")
    found = await outside_of(
        territory,
        Difference(id=uuid4(), before=proposed, after=agreed(10)),
        Difference(id=None, before=None, after=agreed(11)),
        Difference(id=uuid4(), before=agreed(9), after=agreed(9, number=2)),
    )
    assert not found.anybody


async def test_a_place_is_told_the_changes_that_the_page_lists_and_our_own_office_never(
    territory: Territory,
) -> None:
    """Another number within its cadence is no change: a workshop takes it when one before it moves."""
    held = host(6, site="gagny")
    renumbered = Difference(id=uuid4(), before=held, after=msgspec.structs.replace(held, number=2))
    listed = [
        Change(
            people=("AR",), what="Gagny", where="Gagny", before="lundi", after="mardi", on=date(2027, 1, 5),
            starts=time(9), key=key, sites=frozenset(sites),
        )
        for key, *sites in (
            ("permanence:gagny:2027-01-05:am", "gagny"), ("session:sport:2027-01-07:09:00", "gagny"),
            ("session:sport:2027-01-09:09:00", "bureau"), ("interview:n/1:1", "gagny"),
        )
    ]  # fmt: skip
    found = await told_outside(territory, await facts_of(territory.id), (renumbered,), listed)
    (gagny,) = found.sites
    assert (gagny.name, gagny.words, gagny.how) == (
        "Gagny", "2 changements", "aucun téléphone noté",
    )  # fmt: skip


async def test_a_partner_whose_places_move_is_mailed_or_else_rung(territory: Territory) -> None:
    (event,) = await publish(territory, host(3, site="gagny"))
    sent = Orientation(
        id=uuid4(), code="O-1", partner="spip-93", label="dossier 12", need="emploi", state="planned",
        created_at=datetime.now(UTC), host_id=event, slot=0, place=0,
    )  # fmt: skip
    await add_orientation(territory.id, sent)
    moved = Difference(id=event, before=host(3, site="gagny"), after=host(4, site="gagny"))
    (one,) = (await outside_of(territory, moved)).partners
    assert (one.name, one.words, one.how) == ("SPIP 93", "1 orientation", "à appeler")
    assert one.telephone == "01 99 00 00 93"
    reader = await add_account("spip@exemple.fr", "spip", state="active", password_hash=None)
    await set_grants(reader.id, [Grant(role="partner", territory="vivante", partner="spip-93")])
    (one,) = (await outside_of(territory, moved)).partners
    assert one.how == "courriel à la publication"
    stays = msgspec.structs.replace(host(3, site="gagny"), staff=("NK",))
    same = Difference(id=event, before=host(3, site="gagny"), after=stays)
    assert (await outside_of(territory, same)).partners == ()
