"""How what people do is signed, where colleagues read it: nobody's address, nobody's code of elsewhere."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from db.queries.fact_storing import store_facts
from db.queries.territories import add_territory
from db.records.account import Account, Grant
from db.records.facts import FactSet
from db.records.plan import Plan
from db.records.site import Site
from db.records.staff import StaffMember
from db.states import PlanState
from service.edge.identity import identity_from
from service.pages.board.source import Month
from service.pages.month_board_view import Facts
from service.pages.shell import account_of
from service.pages.version_origin import version_origin
from tests.pages.drawn_december import LABELS
from tests.pages.sample_month import sample_problem
from tests.service.door import account
from tests.service.small_territory import make_territory

BASE = Site(code="b", name="B", kind="bureau")
COORDINATES = Grant(role="coordinator", territory="petite")


@pytest.mark.parametrize(
    ("name", "grant", "signed"),
    [
        ("", COORDINATES, "coordination"),
        ("", Grant(role="partner", territory="petite"), "partenaire"),
        ("Lina D.", COORDINATES, "Lina D."),
        ("Lina D.", Grant(role="staff", territory="petite", staff="LD"), "LD"),
    ],
)
def test_who_has_no_name_signs_with_the_role(name: str, grant: Grant, signed: str) -> None:
    known = Account(id=UUID(int=1), email="lina@petite.fr", name=name)
    shown = account_of(identity_from(known, (grant,)))
    assert shown is not None
    assert shown.name == signed


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("grants", "who"),
    [
        ((COORDINATES,), "par c, "),
        ((COORDINATES, Grant(role="staff", territory="autre", staff="ZZ")), "par c, "),
        ((Grant(role="staff", territory="petite", staff="AR"),), "par A.R."),
    ],
)
async def test_a_version_is_signed_as_its_author_is_known_in_this_territory(
    grants: tuple[Grant, ...], who: str
) -> None:
    territory = await make_territory()
    other = await add_territory(
        code="autre", name="Autre", zone="Europe/Paris", departements=("93",), settings={}
    )
    await store_facts(other.id, FactSet(sites=(BASE,), staff=(StaffMember(code="ZZ", name="ZZ", base="b"),)))
    problem = sample_problem()
    author = await account("c@petite.fr", *grants)
    made = Plan(
        id=UUID(int=1), version=1, territory_id=territory.id, number=1, state=PlanState.READY, origin="solve",
        first_on=problem.first_on, last_on=problem.last_on, created_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
        requested_by=author.id,
    )  # fmt: skip
    facts = Facts(problem=problem, labels=LABELS)
    month = Month(facts=facts, plans=(made,), shown=made, active=None, numbers={made.id: 1})
    assert who in await version_origin(month, territory)
