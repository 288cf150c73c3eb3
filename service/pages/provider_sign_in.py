"""Sign in by the organisation's provider: away with a secret of ours, back with a proof."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import get
from litestar.response import Redirect

from db.queries.sessions import end_session
from service.accounts.errors import NoProvider, ProviderRefused
from service.accounts.openid import CALLBACK, Journey, address_to_ask, discover, new_journey, prove, same
from service.accounts.origin import origin_of
from service.accounts.sessions import opened_by, session_cookie, start_session
from service.actions.enter_by_provider import enter_by_provider
from service.actions.sign_in import open_door
from service.edge.guards import PUBLIC
from service.edge.identity import identify
from service.pages.context import AnyRequest
from service.settings import Settings

DOOR: dict[str, Any] = {"roles": PUBLIC, "include_in_schema": False}


@get("/connexion/organisation", rate="sign_in", **DOOR)
async def go_to_provider(request: AnyRequest) -> Redirect:
    """A short session without account remembers what was asked."""
    settings = _settings(request)
    if await identify(request) is not None:
        return Redirect("/", status_code=303)
    provider, journey = await discover(settings), new_journey()
    asked: dict[str, Any] = msgspec.structs.asdict(journey)
    secret = await start_session(settings, None, origin_of(request), **asked)
    address = address_to_ask(provider, settings, journey)
    return Redirect(address, status_code=303, cookies=[session_cookie(settings, secret)])


@get(CALLBACK, rate="sign_in", **DOOR)
async def come_back_from_provider(request: AnyRequest) -> Redirect:
    """The answer counts once, in the browser that asked; whatever it says, what was asked is over."""
    settings = _settings(request)
    journey = await _journey(request)
    if not same(request.query_params.get("state", ""), journey.state) or "code" not in request.query_params:
        raise ProviderRefused("Recommencez depuis la page de connexion.")
    proven = await prove(await discover(settings), settings, journey, request.query_params["code"])
    account = await enter_by_provider(proven)
    secret = await open_door(settings, account, origin_of(request))
    return Redirect("/", status_code=303, cookies=[session_cookie(settings, secret)])


async def _journey(request: AnyRequest) -> Journey:
    """What this browser asked, taken once. Raises `ProviderRefused`."""
    opened = await opened_by(request)
    if opened is None or opened.session.account_id is not None or "state" not in opened.session.data:
        raise ProviderRefused("Recommencez depuis la page de connexion.")
    await end_session(opened.session.id, at=datetime.now(UTC))
    data = opened.session.data
    return Journey(state=data["state"], nonce=data["nonce"], verifier=data["verifier"])


def _settings(request: AnyRequest) -> Settings:
    """Raises `NoProvider` while none is set."""
    settings: Settings = request.app.state.settings
    if not settings.oidc_issuer:
        raise NoProvider
    return settings


PROVIDER_PAGES = (go_to_provider, come_back_from_provider)
