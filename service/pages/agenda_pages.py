"""Calendar feeds on pages: one's own, every feed of a territory for its coordination, and what each shows."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.allow_references import allow_references
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.edge.identity import Role
from service.errors import NotFound
from service.pages.agenda.content import content_page
from service.pages.agenda.every_feed import every_feed_page
from service.pages.agenda.seat import FeedSeat, any_seat, own_seat
from service.pages.agenda.subscription import answer_with_address, revoke_address, subscription_page
from service.pages.asking_again import answered, asks_again
from service.pages.context import AnyRequest, enter
from service.pages.forms import Field

READERS: tuple[Role, ...] = ("coordinator", "staff", "partner")
OWN = "/t/{territory:str}/mon-agenda"
ALL = "/t/{territory:str}/agendas"
ONE = f"{ALL}/{{kind:str}}/{{code:str}}"
ALLOWED = Field(name="permises", label=text("Références dans les agendas"), kind="radios", required=True,
                options=(("oui", text("oui")), ("non", text("non"))))  # fmt: skip


@get(OWN, roles=READERS, include_in_schema=False)
async def show_my_agenda(request: AnyRequest, territory: str) -> Response[Any]:
    """The devices that read my feed; an address itself is shown once, when it is made."""
    seat = await own_seat(request, territory)
    return await subscription_page(seat) if seat else Redirect(f"/t/{territory}/agendas")


@post(OWN, roles=READERS, include_in_schema=False)
async def make_my_address(request: AnyRequest, territory: str) -> Response[str]:
    """A new secret address for one device."""
    return await answer_with_address(request, await _own(request, territory))


@post(f"{OWN}/{{token:uuid}}/retirer", roles=READERS, include_in_schema=False)
async def revoke_my_address(request: AnyRequest, territory: str, token: UUID) -> Redirect:
    """The old address stops at once."""
    seat = await _own(request, territory)
    await revoke_address(request, seat, token)
    return Redirect(seat.here + seat.suffix, status_code=303)


@get(f"{OWN}/contenu", roles=READERS, include_in_schema=False)
async def show_my_content(request: AnyRequest, territory: str) -> Response[str]:
    """What my feed shows, as a client would."""
    return await content_page(request, await _own(request, territory))


@get(ALL, roles=COORDINATORS, include_in_schema=False)
async def show_every_feed(request: AnyRequest, territory: str) -> Response[str]:
    """Every feed of the territory, who reads it, and what it shows."""
    return await every_feed_page(await enter(request, territory, "agendas"))


@post(f"{ALL}/references", roles=COORDINATORS, include_in_schema=False)
@asks_again(show_every_feed.fn)
async def keep_references_setting(request: AnyRequest, territory: str) -> Redirect:
    """Whether the territory lets references into feeds whose owners ask for them."""
    visit = await enter(request, territory, "agendas")
    asked = await answered(request, ALLOWED)
    await allow_references(visit.territory, allowed=asked["permises"] == "oui")
    return Redirect(visit.shell.address("agendas"), status_code=303)


@get(ONE, roles=COORDINATORS, include_in_schema=False)
async def show_feed(request: AnyRequest, territory: str, kind: str, code: str) -> Response[str]:
    """The addresses of one feed."""
    return await subscription_page(await any_seat(request, territory, kind, code))


@post(ONE, roles=COORDINATORS, include_in_schema=False)
async def make_any_address(request: AnyRequest, territory: str, kind: str, code: str) -> Response[str]:
    """A new secret address of a site's, a promotion's, a partner's, somebody's or the territory's feed."""
    return await answer_with_address(request, await any_seat(request, territory, kind, code))


@post(f"{ONE}/{{token:uuid}}/retirer", roles=COORDINATORS, include_in_schema=False)
async def revoke_any_address(
    request: AnyRequest, territory: str, kind: str, code: str, token: UUID
) -> Redirect:
    """The old address stops at once."""
    seat = await any_seat(request, territory, kind, code)
    await revoke_address(request, seat, token)
    return Redirect(seat.here, status_code=303)


@get(f"{ONE}/contenu", roles=COORDINATORS, include_in_schema=False)
async def preview_feed(request: AnyRequest, territory: str, kind: str, code: str) -> Response[str]:
    """What a person's, a site's, a promotion's or a partner's feed shows."""
    return await content_page(request, await any_seat(request, territory, kind, code))


async def _own(request: AnyRequest, territory: str) -> FeedSeat:
    seat = await own_seat(request, territory)
    if seat is None:
        raise NotFound(text("Cet agenda n’existe pas ici."))
    return seat


AGENDA_PAGES = (
    show_my_agenda,
    make_my_address,
    revoke_my_address,
    show_my_content,
    show_every_feed,
    keep_references_setting,
    show_feed,
    make_any_address,
    revoke_any_address,
    preview_feed,
)
