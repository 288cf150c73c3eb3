"""Two coordinators at one draft: each sees the other's initials in the head, and what they hold in hand."""

from datetime import UTC, datetime

import msgspec
from litestar import post

from db.states import EDITABLE_PLANS
from service.actions.note_presence import Present, note_presence
from service.edge.guards import COORDINATORS
from service.edge.identity import identify
from service.french_text import initials
from service.pages.context import AnyRequest, enter
from service.pages.form_parts import sent
from service.pages.month_board import read_asked_month
from service.pages.seen import seen_of


class Other(msgspec.Struct, frozen=True, kw_only=True):
    who: str
    holding: str


class Others(msgspec.Struct, frozen=True, kw_only=True):
    """`seen`: the version that work goes on with by now, as pages carry it."""

    seen: str
    others: tuple[Other, ...] = ()


@post(
    "/t/{territory:str}/planning/{month:str}/presence",
    roles=COORDINATORS,
    include_in_schema=False,
    status_code=200,
    bookkeeping=True,
)
async def tell_presence(request: AnyRequest, territory: str, month: str) -> Others:
    """Says that I am here, and gives who else is; nobody is at what is published."""
    visit, identity = await enter(request, territory, "planning"), await identify(request)
    plan = (await read_asked_month(visit, month)).shown
    if plan is None or identity is None or visit.shell.account is None or plan.state not in EDITABLE_PLANS:
        return Others(seen=seen_of(plan))
    holding, leaves = await sent(request, "tient", "part")
    who, now = initials(visit.shell.account.initials), datetime.now(UTC)
    me = Present(account=identity.account_id, who=who, seen_at=now, holding=holding[:200])
    found = await note_presence(visit.territory.id, plan.id, me, leaves=leaves == "oui")
    return Others(seen=seen_of(plan), others=tuple(Other(who=one.who, holding=one.holding) for one in found))
