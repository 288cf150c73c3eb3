"""Errors become answers here and nowhere else: problem+json, or a French page for who reads pages."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from db.errors import DatabaseError
from service.database import in_our_words
from service.edge.acting import find_references_in_refusal
from service.errors import (
    BadInput,
    ServiceError,
)

NAMED = re.compile(r"(?:([a-z_]+): )|(?:Object (?:contains unknown|missing required) field `([^`]{1,100})`)")
FILTER = "by_"
"""Before the name of a filter's parameter inside: some words mean something else to the framework."""
PROBLEM_JSON = "application/problem+json"
log = structlog.get_logger(__name__)
AnyRequest = Request[Any, Any, Any]

TITLES = {
    400: "Demande illisible",
    401: "Connexion nécessaire",
    403: "Action non permise",
    404: "Introuvable",
    405: "Méthode non permise",
    410: "Adresse révoquée",
    412: "Modifié entre-temps par quelqu’un d’autre",
    413: "Envoi trop volumineux",
    415: "Type de contenu inattendu",
    422: "À corriger",
    429: "Trop de demandes",
    503: "Momentanément indisponible",
    500: "Une erreur de notre fait ; elle est notée",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An error as RFC 9457 describes it. `invalid` names fields of the request that are wrong."""

    type: str
    title: str
    status: int
    detail: str = ""
    invalid: tuple[dict[str, str], ...] = ()


PageRenderer = Callable[[AnyRequest, Problem], Response[Any]]
"""Makes the French page of an error; `app.state.error_page`, absent until pages are wired."""


def service_error(request: AnyRequest, error: ServiceError) -> Response[Any]:
    problem = Problem(
        type=f"/problems/{error.code}", title=error.title, status=error.status, detail=error.detail
    )
    answer = _answer(request, problem, error.fields)
    if "retry_after" in error.fields:
        answer.headers["retry-after"] = str(error.fields["retry_after"])
    return answer


def database_error(request: AnyRequest, error: DatabaseError) -> Response[Any]:
    """What the database refuses, in the service's own words."""
    return service_error(request, in_our_words(error))


def http_error(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Errors of the framework itself: bad path, method, body."""
    status = error.status_code
    title = TITLES.get(status, HTTPStatus(status).phrase)
    invalid = _invalid_fields(error) if isinstance(error, ValidationException) else ()
    detail = "Le corps n’est pas du JSON lisible." if status == HTTPStatus.BAD_REQUEST and not invalid else ""
    problem = Problem(type=f"/problems/{status}", title=title, status=status, detail=detail, invalid=invalid)
    answer = _answer(request, problem, {})
    answer.headers.update(error.headers or {})
    return answer


def too_deep(request: AnyRequest, _: RecursionError) -> Response[Any]:
    """Lists in lists without end: the only recursion there is, the decoder's."""
    return service_error(request, BadInput("Trop de niveaux imbriqués."))


def not_unicode(request: AnyRequest, _: UnicodeDecodeError) -> Response[Any]:
    """Bytes inside a body's text that are no UTF-8: the only decoding there is, the decoder's."""
    return service_error(request, BadInput("Le texte n’est pas de l’UTF-8."))


def own_fault(request: AnyRequest, error: Exception) -> Response[Any]:
    """Anything unexpected: noted with its traceback, told without."""
    log.error("unexpected", route=request.scope.get("path_template", ""), exc_info=error)
    return _answer(request, Problem(type="/problems/500", title=TITLES[500], status=500), {})


def _invalid_fields(error: ValidationException) -> tuple[dict[str, str], ...]:
    """Field and what is wrong with it, without the value that was sent."""
    extra = error.extra if isinstance(error.extra, list) else []
    faults = [(_own_name(one), str(one.get("message", ""))) for one in extra if isinstance(one, dict)]
    told = (fault for fault in faults if fault[0] == "data" or not _is_missing(*fault))
    return tuple(_invalid(key, message) for key, message in told)


def _is_missing(key: str, message: str) -> bool:
    """What the framework says of a value it was not given; also of parts of the address, once it has described them."""
    return message == repr(key)


def _own_name(fault: dict[str, Any]) -> str:
    """As whoever asked knows it: filters have another name inside."""
    key = str(fault.get("key", ""))
    return key.removeprefix(FILTER) if fault.get("source") == "query" else key


def _invalid(key: str, message: str) -> dict[str, str]:
    """What concerns the body as a whole names its field in the message: `name: …`, or between backquotes."""
    if _is_missing(key, message):
        return {"field": "", "message": "a body is needed"}
    if key in ("", "data"):
        found = NAMED.match(message)
        key = next((name for name in found.groups() if name), key) if found else key
    return {"field": key, "message": message}


def _answer(request: AnyRequest, problem: Problem, fields: dict[str, Any]) -> Response[Any]:
    render: PageRenderer | None = request.app.state.get("error_page")
    if render is not None and _reads_pages(request):
        return render(request, problem)
    content = find_references_in_refusal(msgspec.to_builtins(problem) | fields)
    return Response(content, status_code=problem.status, media_type=PROBLEM_JSON)


def _reads_pages(request: AnyRequest) -> bool:
    return not request.url.path.startswith("/api") and "text/html" in request.headers.get("accept", "")
