"""Addresses are read by people and asked of the database: no sign that does not show is taken in one."""

from litestar.handlers import BaseRouteHandler

from service.edge.identity import Connection
from service.errors import BadInput, NotFound
from service.hidden_signs import hidden_sign


async def refuse_hidden_signs(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard. Raises `NotFound` for a path that nothing can have, `BadInput` naming a parameter.

    A page with a search declares `searches=True`: it reads the words that were typed without such signs.
    """
    if any(hidden_sign(str(value)) for value in connection.path_params.values()):
        raise NotFound
    if handler.opt.get("searches"):
        return
    for name, value in connection.query_params.multi_items():
        sign = hidden_sign(name) or hidden_sign(value)
        if sign:
            field = "" if hidden_sign(name) else name
            message = f"signs that do not show ({sign})"
            raise BadInput(
                "L’adresse contient un caractère qui ne s’affiche pas.",
                invalid=[{"field": field, "message": message}],
            )
