"""The one place that wires everything: settings, database, queue, guards, interface, pages."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from service.api.health import read_health, read_metrics, read_readiness
from service.edge.guards import refuse_unclassified_routes, require_role
from service.edge.headers import add_security_headers
from service.edge.identity import from_this_machine
from service.edge.logs import configure_logs
from service.edge.metrics import measure_requests
from service.edge.openapi import describe_roles_and_errors, openapi_config
from service.edge.problem_json import http_error, own_fault, service_error
from service.errors import ServiceError
from service.settings import Settings


def create_app(settings: Settings) -> Litestar:
    """The application for these settings. Raises `UnclassifiedRoute` when a route says not who may use it."""
    configure_logs(settings)
    app = Litestar(
        route_handlers=[read_health, read_readiness, read_metrics],
        guards=[require_role],
        middleware=[measure_requests],
        exception_handlers={ServiceError: service_error, HTTPException: http_error, Exception: own_fault},
        before_send=[add_security_headers],
        lifespan=[_open_and_close],
        openapi_config=openapi_config(),
        request_max_body_size=settings.max_body_bytes,
        state=State({"settings": settings, "identifiers": _identifiers(settings), "readiness": {}}),
        logging_config=None,
    )
    refuse_unclassified_routes(app)
    describe_roles_and_errors(app)
    return app


def _identifiers(settings: Settings) -> tuple[object, ...]:
    """Sign-in methods in the order in which they are asked."""
    return (from_this_machine,) if settings.demo else ()


@asynccontextmanager
async def _open_and_close(_: Litestar) -> AsyncGenerator[None, None]:
    yield
