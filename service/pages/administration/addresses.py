"""Secret addresses of feeds, renewed and revoked, and people's own agendas with their health."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from db.queries.busy_sources import busy_sources
from db.queries.facts import facts_of
from db.queries.feed_tokens import feed_tokens, revoke_feed_token
from db.records.facts import Facts
from db.records.feed import FeedToken
from db.records.territory import Territory
from service.actions.renew_feed_address import renew_feed_address
from service.catalogue import text
from service.french_text import initials
from service.pages.administration.entry import HERE, SHARED, come_in, said
from service.pages.agenda.devices import feed_address, masked
from service.pages.board.history import moment
from service.pages.context import AnyRequest, Visit
from service.pages.rendering import page
from service.promotion_names import promotion_names

FEED_KINDS = {"staff": "équipe", "site": "lieu", "promotion": "promotion", "partner": "partenaire", "free_busy": "places libres", "territory": "territoire"}  # fmt: skip


@get(f"{HERE}/agendas", **SHARED)
async def show_addresses(request: AnyRequest, territory: str) -> Response[str]:
    """Every secret address with its last reading, every own agenda with its health."""
    return await _page(request, await come_in(request, territory, "agendas"))


@post(f"{HERE}/agendas/{{address:uuid}}/renouveler", **SHARED)
async def renew_address(request: AnyRequest, territory: str, address: FromPath[UUID]) -> Response[str]:
    """A new address in the place of the old one, which answers 410 from now on; it is shown this once."""
    visit = await come_in(request, territory, "agendas")
    token, row = await renew_feed_address(visit.territory.id, address)
    request.app.state.feeds.look_again()
    made = feed_address(request.app.state.settings.address, token)
    return await _page(request, visit, {"device": row.device, "address": made, "masked": masked(made)})


@post(f"{HERE}/agendas/{{address:uuid}}", **SHARED)
async def revoke_feed_address(request: AnyRequest, territory: str, address: FromPath[UUID]) -> Redirect:
    """It answers 410 from now on."""
    visit = await come_in(request, territory, "agendas")
    await revoke_feed_token(visit.territory.id, address, at=datetime.now(UTC))
    request.app.state.feeds.look_again()
    return Redirect(f"/t/{territory}/administration/agendas?fait=adresse", status_code=303)


async def _page(request: AnyRequest, visit: Visit, renewed: dict[str, str] | None = None) -> Response[str]:
    words = {
        "renewed": renewed,
        "addresses": await _address_lines(visit.territory),
        "sources": await _agenda_lines(visit.territory),
        "created": lambda one: moment(one.created_at, visit.territory.zone),
        "said": said(request),
    }
    return page("administration/addresses.html", visit.shell, words)


async def _address_lines(territory: Territory) -> list[tuple[FeedToken, str, str, str]]:
    """Each with its kind, of whom or what it is, and when it was last read."""
    subjects = _subjects(await facts_of(territory.id))
    return [
        (
            one,
            text(FEED_KINDS.get(one.kind, one.kind)),
            subjects.get(one.subject_id, ""),
            _when(one.last_used_at, territory.zone),
        )
        for one in await feed_tokens(territory.id)
    ]


async def _agenda_lines(territory: Territory) -> list[tuple[str, str, str, str]]:
    """Whose, its name, when it was last read, and what went wrong since."""
    return [
        (initials(one.staff), one.name, _when(one.last_success_at, territory.zone), one.last_error or "")
        for one in await busy_sources(territory.id)
    ]


def _subjects(facts: Facts) -> dict[UUID, str]:
    named: list[Any] = [*facts.sites, *facts.promotions, *facts.partners]
    cohorts = promotion_names(facts.promotions)
    names = {one.id: one.name for one in named if one.id} | {facts.territory.id: facts.territory.name}
    names |= {one.id: initials(one.code) for one in facts.staff if one.id}
    return names | {one.id: cohorts[one.code] for one in facts.promotions if one.id}


def _when(at: datetime | None, zone: str) -> str:
    return moment(at, zone) if at else text("jamais")


ADDRESS_PAGES = (show_addresses, renew_address, revoke_feed_address)
