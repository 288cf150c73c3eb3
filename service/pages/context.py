"""What a handler of a page starts with: the territory asked for, and the frame of the page."""

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from litestar import Request

from db.errors import NotFoundError
from db.queries.territories import all_territories
from db.records.territory import Territory
from service.edge.csrf import form_token
from service.edge.guards import COORDINATORS
from service.edge.identity import Identity, identify
from service.edge.whose_territory import territory_at
from service.errors import NotFound
from service.pages.asked_days import month_asked
from service.pages.forms import NOTHING_TYPED
from service.pages.shell import MAINLAND, Shell, account_of

AnyRequest = Request[Any, Any, Any]
LOOK_COOKIE = "escale-apparence"
VIEW_COOKIE = "escale-vue"
MONTH_COOKIE = "escale-mois"
WRONG_ANSWERS = "escale_wrong_answers"
"""Where a request keeps the answers of a form that was refused, for the page that shows it again."""
ENTERED = "escale_entered"
"""Where a request keeps the territory whose door it passed, for the page of an error."""


class Visit(NamedTuple):
    """A territory as somebody visits it."""

    territory: Territory
    shell: Shell


async def enter(request: AnyRequest, code: str, current: str) -> Visit:
    """The territory with that code and the frame of a page in it. Raises `NotFound`."""
    try:
        territory = await territory_at(request, code)
    except NotFoundError as error:
        raise NotFound("Ce territoire n’existe pas.") from error
    request.scope["state"][ENTERED] = territory.code
    return Visit(territory, await frame(request, territory, current))


async def frame(request: AnyRequest, territory: Territory | None = None, current: str = "") -> Shell:
    """The frame for whoever asks; without a territory there is no navigation."""
    identity = await identify(request)
    known = await all_territories()
    mine = [(one.code, one.name) for one in known if identity is not None and identity.may_enter(one.code)]
    look = dict(parse_qsl(request.cookies.get(LOOK_COOKIE, "")))
    return Shell(
        territory=territory.code if territory else "",
        territory_name=territory.name if territory else "",
        zone=territory.zone if territory else MAINLAND,
        account=account_of(identity),
        current=current,
        csrf_token=csrf_token(request),
        territories=tuple(mine),
        opens_territories=identity is not None and may_open_territories(identity),
        theme=_one_of(look.get("theme"), "light", "dark"),
        contrast=_one_of(look.get("contraste"), "more"),
        cells=_one_of(look.get("cases"), "large"),
        single_keys=look.get("touches") != "non",
        month_on=_month_looked_at(request, identity),
        wrong=request.scope["state"].get(WRONG_ANSWERS, NOTHING_TYPED),
    )


async def own_frame(request: AnyRequest) -> Shell:
    """The frame of a page about oneself: the way back is into the first territory that is theirs."""
    identity = await identify(request)
    known = await all_territories()
    mine = [one for one in known if identity is not None and identity.may_enter(one.code)]
    return await frame(request, mine[0] if mine else None)


def may_open_territories(identity: Identity) -> bool:
    """Only who administers all of them."""
    return identity.role == "administrator" and identity.territories is None


def csrf_token(request: AnyRequest) -> str:
    """The token that forms must send back."""
    return form_token(request)


def is_fragment(request: AnyRequest) -> bool:
    """Whether a script asks for a part of a page, to put into the one that is shown."""
    return "x-fragment" in request.headers or "hx-request" in request.headers


def _month_looked_at(request: AnyRequest, identity: Identity | None) -> date | None:
    """Of who has a board: somebody else may have signed in since, in the same browser."""
    if identity is None or identity.role not in COORDINATORS:
        return None
    try:
        return month_asked(request.cookies.get(MONTH_COOKIE, ""))
    except ValueError:
        return None


def _one_of(value: str | None, *allowed: str) -> str:
    return value if value in allowed else ""
