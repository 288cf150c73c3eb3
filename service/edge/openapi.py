"""The description of the interface: roles and errors of every operation, and a page that needs no script."""

from functools import partial
from typing import Any

from litestar import Litestar, Request, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    Reference,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIType
from litestar.status_codes import HTTP_304_NOT_MODIFIED
from markupsafe import escape

from service.edge.guards import PUBLIC, handlers
from service.edge.problem_json import PROBLEM_JSON, TITLES

VERSION = "0.1.0"
CONFLICT_TITLES = {
    304: "Inchangé",
    409: "Impossible dans l’état actuel",
    412: "Modifié entre-temps",
    428: "Version lue nécessaire",
    503: "Momentanément indisponible",
}

_LIST = Schema(type=OpenAPIType.ARRAY, items=Schema(type=OpenAPIType.OBJECT))
PROBLEM = "Problem"
PROBLEM_SCHEMA = Schema(
    type=OpenAPIType.OBJECT,
    title="Problem",
    description="RFC 9457; further members depend on the type.",
    properties={
        "type": Schema(type=OpenAPIType.STRING),
        "title": Schema(type=OpenAPIType.STRING),
        "status": Schema(type=OpenAPIType.INTEGER),
        "detail": Schema(type=OpenAPIType.STRING),
        "invalid": _LIST,
        "changed": _LIST,
        "broken": _LIST,
        "lost": _LIST,
        "used_by": _LIST,
    },
    required=["type", "title", "status"],
)


class OperationsPage(OpenAPIRenderPlugin):
    """The list of operations as plain HTML: framework pages load scripts from other hosts."""

    def __init__(self) -> None:
        super().__init__(path=["/docs", "/"])

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002 - theirs
        rows = [
            f"<tr><td>{method.upper()}<td><code>{escape(path)}</code><td><code>{escape(operation['operationId'])}</code>"
            f"<td>{escape(', '.join(operation.get('x-roles', [])))}<td>{escape(operation.get('summary', ''))}"
            for path, methods in openapi_schema["paths"].items()
            for method, operation in methods.items()
        ]
        head = "<!doctype html><html lang=fr><meta charset=utf-8><title>Interface d’escale</title><h1>Interface d’escale</h1>"
        link = '<p>Description complète : <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).'
        table = "<table><thead><tr><th>Méthode<th>Adresse<th>Opération<th>Rôles<th>Ce qu’elle fait<tbody>"
        return (head + link + table + "".join(rows) + "</table>").encode()


def openapi_config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="escale",
        version=VERSION,
        description="Plans, proves and publishes the month of people who meet others where those are held or live.",
        use_handler_docstrings=True,
        components=Components(schemas={PROBLEM: PROBLEM_SCHEMA}),
        render_plugins=[OperationsPage(), JsonRenderPlugin(path="/openapi.json")],
        openapi_router=Router("/api", route_handlers=[], opt={"roles": PUBLIC}, include_in_schema=False),
    )


def describe_roles_and_errors(app: Litestar) -> None:
    """Gives each operation its `x-roles` and every error it can answer, before the schema is first made."""
    for path, handler in handlers(app):
        if isinstance(handler, HTTPRouteHandler):
            handler.operation_class = partial(_operation, handler, "{" in path)  # type: ignore[assignment]


IDEMPOTENCY_KEY = Parameter(
    name="Idempotency-Key",
    param_in="header",
    description="A write sent again with the same key is done once and answered with the same answer.",
    schema=Schema(type=OpenAPIType.STRING, min_length=1, max_length=200),
)


LATER = (429, 503)
"""Worth sending again, after the seconds that the answer names."""
RETRY_AFTER = OpenAPIHeader(
    description="Seconds.", required=True, schema=Schema(type=OpenAPIType.INTEGER, minimum=1)
)


def writes(handler: HTTPRouteHandler) -> bool:
    """Whether an operation changes something."""
    return not handler.http_methods <= {"GET", "HEAD", "OPTIONS"}


class _RoledOperation(Operation):
    """An operation that tells who may call it."""

    roles: tuple[str, ...] = ()

    def to_schema(self) -> dict[str, Any]:
        return super().to_schema() | {"x-roles": list(self.roles)}


def _operation(handler: HTTPRouteHandler, has_path_values: bool, **fields: Any) -> Operation:
    operation = _RoledOperation(**fields)
    operation.roles = tuple(handler.opt["roles"])
    if writes(handler):
        operation.parameters = [*(operation.parameters or ()), IDEMPOTENCY_KEY]
    responses = dict(operation.responses or {})
    for status in _error_statuses(handler, operation, has_path_values=has_path_values):
        responses[str(status)] = _problem(status)
    operation.responses = responses
    return operation


def _error_statuses(handler: HTTPRouteHandler, operation: Operation, *, has_path_values: bool) -> list[int]:
    statuses = [500, *handler.opt.get("errors", ())]
    if "public" not in handler.opt["roles"]:
        # Whoever signs in is looked up: while the database is away, locked or full that is 503.
        statuses += [401, 403, 429, 503]
    if operation.parameters or operation.request_body:
        statuses.append(400)
    if operation.request_body:
        statuses.append(413)
    if has_path_values:
        statuses.append(404)
    return sorted(set(statuses))


def _problem(status: int) -> OpenAPIResponse:
    description = CONFLICT_TITLES.get(status) or TITLES.get(status, "Erreur")
    if status == HTTP_304_NOT_MODIFIED:
        return OpenAPIResponse(description=description)
    return OpenAPIResponse(
        description=description,
        headers={"Retry-After": RETRY_AFTER} if status in LATER else None,
        content={PROBLEM_JSON: OpenAPIMediaType(schema=Reference(ref=f"#/components/schemas/{PROBLEM}"))},
    )
