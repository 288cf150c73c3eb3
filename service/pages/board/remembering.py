"""How somebody looked at the board last: the view everywhere, the filters in each territory, kept a year by their browser.

Which month they looked at is kept until the browser closes: pages of facts lead back to it.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Response
from litestar.datastructures import Cookie

from service.pages.board.links import query
from service.pages.context import MONTH_COOKIE, VIEW_COOKIE, AnyRequest
from service.pages.month_board_view import Options

FILTER_COOKIE = "escale-filtre"
FILTERS = ("lieu", "qui", "quoi", "manque", "samedi")
A_YEAR = 31_536_000


def remember(
    request: AnyRequest, answer: Response[Any], territory: str, month: str, options: Options
) -> None:
    """Filters are of one territory: its sites and people have no meaning elsewhere.

    An address with `par` tells the filters, or that there are none: a bare one takes none away.
    """
    pairs, secure = query(options), bool(request.app.state.settings.secure_cookies)
    view = urlencode([pair for pair in pairs if pair[0] in ("par", "vue")])
    answer.set_cookie(_kept(VIEW_COOKIE, view, "/", secure=secure))
    answer.set_cookie(_kept(MONTH_COOKIE, month, f"/t/{territory}", secure=secure, seconds=None))
    if "par" not in request.query_params:
        return
    filters = urlencode([pair for pair in pairs if pair[0] in FILTERS])
    answer.set_cookie(_kept(FILTER_COOKIE, filters, f"/t/{territory}/planning", secure=secure))


def remembered_view(request: AnyRequest) -> dict[str, str]:
    """`par` and `vue`, as far as they are known."""
    return dict(parse_qsl(request.cookies.get(VIEW_COOKIE, "")))


def remembered_filters(request: AnyRequest) -> str:
    """As the query of an address; empty when nothing was filtered."""
    known = parse_qsl(request.cookies.get(FILTER_COOKIE, ""))
    return urlencode([pair for pair in known if pair[0] in FILTERS])


def _kept(name: str, value: str, path: str, *, secure: bool, seconds: int | None = A_YEAR) -> Cookie:
    return Cookie(
        key=name, value=value, path=path, max_age=seconds, secure=secure, httponly=True, samesite="lax"
    )
