"""Query parameters of the JSON interface: one that an operation does not know is refused, not passed over.

A filter with a letter too many would answer everything, and look like an answer.
"""

from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from service.edge.identity import Connection
from service.errors import BadInput

INTERFACE = "/api/territories"
KNOWN = "queries"
"""Under which name a handler keeps what it knows."""


def learn_queries(app: Litestar) -> None:
    """Each operation learns the names of its parameters, those of its dependencies among them."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith(INTERFACE):
            for handler, model in route.route_handler_map.values():
                handler.opt[KNOWN] = frozenset(one.field_alias for one in model.expected_query_params)


async def refuse_unknown_queries(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard. Raises `BadInput` naming each parameter that the operation does not have."""
    known: frozenset[str] | None = handler.opt.get(KNOWN)
    if known is None:
        return
    unknown = sorted(set(connection.query_params) - known)
    if unknown:
        listed = ", ".join(sorted(known)) or "—"
        raise BadInput(
            "L’adresse demande ce que cette opération ne connaît pas.",
            invalid=[
                {"field": name[:100], "message": f"unknown parameter; known: {listed}"} for name in unknown
            ],
        )
