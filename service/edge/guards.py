"""Deny by default: every route says which roles may use it, and a start with one that does not is refused.

A handler or its router declares `roles=("coordinator", "staff")`, or `roles=PUBLIC` when the route is for
anybody (health, static files, feeds whose address is the secret). `everywhere=True` asks for a role in all
territories, not in some.
"""

from collections.abc import Iterator

import structlog
from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.routes import ASGIRoute, HTTPRoute, WebSocketRoute

from service.accounts.api_tokens import scope_needed
from service.edge.acting import say_who_is_refused
from service.edge.identity import Connection, Identity, Role, identify, keep_identity
from service.errors import Forbidden, NotFound, NotSignedIn

log = structlog.get_logger(__name__)
PUBLIC: tuple[Role, ...] = ("public",)
COORDINATORS: tuple[Role, ...] = ("coordinator",)
TEAM: tuple[Role, ...] = ("coordinator", "staff")
SIGNED_IN: tuple[Role, ...] = ("administrator", "coordinator", "staff", "partner")


class UnclassifiedRoute(Exception):
    """Our bug: a route that declares no roles."""


async def require_role(connection: Connection, handler: BaseRouteHandler) -> None:
    """The one guard of the application. Raises 401, 403, or 404 for a territory of others; the trail is told of both."""
    roles = handler.opt.get("roles", ())
    if "public" in roles:
        return
    identity = await identify(connection)
    if identity is None:
        raise NotSignedIn
    try:
        _enter(connection, handler, identity)
    except (Forbidden, NotFound):
        await say_who_is_refused(connection, identity)
        raise


def _enter(connection: Connection, handler: BaseRouteHandler, identity: Identity) -> None:
    """Under the role that the route is for. Raises `Forbidden`, `NotFound`."""
    roles = handler.opt.get("roles", ())
    territory = connection.path_params.get("territory")
    if territory is not None and not identity.may_enter_as_any(territory):
        log.warning("territory of others", route=connection.scope.get("path_template", ""))
        raise NotFound
    identity = identity.acting_as(roles, territory)
    keep_identity(connection, identity)
    if identity.role not in roles:
        raise Forbidden
    if territory is not None and not identity.may_enter(territory):
        raise NotFound
    if handler.opt.get("everywhere") and identity.territories is not None:
        raise Forbidden
    _refuse_beyond_scopes(connection, identity, handler)


def _refuse_beyond_scopes(connection: Connection, identity: Identity, handler: BaseRouteHandler) -> None:
    """A token does what it was given, under the JSON interface. Raises `Forbidden`."""
    if identity.scopes is None:
        return
    needed = scope_needed(str(connection.scope.get("method", "GET")), handler.opt)
    if not connection.url.path.startswith("/api") or not needed <= identity.scopes:
        raise Forbidden("Ce jeton ne permet pas cette action.")


def refuse_unclassified_routes(app: Litestar) -> None:
    """Checks the declarations at start. Raises `UnclassifiedRoute` naming the first route without."""
    for path, handler in handlers(app):
        if not handler.opt.get("roles"):
            raise UnclassifiedRoute(f"{path} ({handler}) declares no roles")


def handlers(app: Litestar) -> Iterator[tuple[str, BaseRouteHandler]]:
    """Every route with its handler, the framework's own OPTIONS answers left out."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            named = [one for one in route.route_handlers if one.fn.__name__ != "options_handler"]
            yield from ((route.path, one) for one in named)
        elif isinstance(route, ASGIRoute | WebSocketRoute):
            yield route.path, route.route_handler
