"""How somebody looked at the board last: the view everywhere, the filters in each territory; kept a year by their browser."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Response
from litestar.datastructures import Cookie

from service.pages.board.links import query
from service.pages.context import VIEW_COOKIE, AnyRequest
from service.pages.month_board_view import Options

FILTER_COOKIE = "escale-filtre"
FILTERS = ("lieu", "qui", "quoi", "manque", "samedi")
A_YEAR = 31_536_000


def remember(answer: Response[Any], territory: str, options: Options, *, is_chosen: bool) -> None:
    """Filters are of one territory: its sites and people have no meaning elsewhere.

    `is_chosen` says that the address tells the filters, or that there are none: a bare one takes none away.
    """
    pairs = query(options)
    view = urlencode([pair for pair in pairs if pair[0] in ("par", "vue")])
    answer.set_cookie(_kept(VIEW_COOKIE, view, "/"))
    if not is_chosen:
        return
    filters = urlencode([pair for pair in pairs if pair[0] in FILTERS])
    answer.set_cookie(_kept(FILTER_COOKIE, filters, f"/t/{territory}/planning"))


def remembered_view(request: AnyRequest) -> dict[str, str]:
    """`par` and `vue`, as far as they are known."""
    return dict(parse_qsl(request.cookies.get(VIEW_COOKIE, "")))


def remembered_filters(request: AnyRequest) -> str:
    """As the query of an address; empty when nothing was filtered."""
    known = parse_qsl(request.cookies.get(FILTER_COOKIE, ""))
    return urlencode([pair for pair in known if pair[0] in FILTERS])


def _kept(name: str, value: str, path: str) -> Cookie:
    return Cookie(key=name, value=value, path=path, max_age=A_YEAR, httponly=True, samesite="lax")
