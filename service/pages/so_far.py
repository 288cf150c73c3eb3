"""The best plan of a month that is still being computed, on the board: to be looked at, nothing is changed there."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.response import Redirect

from service.actions.request_plan import SCENARIO
from service.edge.guards import COORDINATORS
from service.explaining.so_far import SoFar, read_so_far
from service.pages.board.links import Links
from service.pages.board.source import Month, today_in
from service.pages.board.verdict import unplaced_count
from service.pages.context import AnyRequest, Visit, enter
from service.pages.month_board import read_asked_month, read_options
from service.pages.month_board_view import Options, looked_at, month_board
from service.pages.rendering import page


@get("/t/{territory:str}/planning/{month:str}/calcul/tableau", roles=COORDINATORS, include_in_schema=False)
async def show_so_far(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """The page of the computation where there is nothing to look at yet, once it is over, and for a scenario,
    which is no plan of the month."""
    visit = await enter(request, territory, "planning")
    found = await read_asked_month(visit, month)
    own = found.active if found.active is not None and found.active.origin != SCENARIO else None
    so_far = await read_so_far(own) if own is not None else None
    if so_far is None:
        return Redirect(visit.shell.address(f"planning/{month}/calcul"))
    return page("generation/so_far.html", visit.shell, _drawn(visit, found, so_far, read_options(request)))


def _drawn(visit: Visit, found: Month, so_far: SoFar, options: Options) -> dict[str, Any]:
    facts = msgspec.structs.replace(found.facts, problem=so_far.problem, plan=so_far.plan, version=None)
    board, root = month_board(facts, options, base=visit.shell.address("")), visit.shell.address("planning")
    path = f"{root}/{board.first_on:%Y-%m}/calcul"
    links = Links(
        path=f"{path}/tableau",
        root=root,
        options=options,
        first_on=board.first_on,
        shown_on=looked_at(so_far.problem, options.around_on, today_in(visit.territory)),
        answers=False,
    )
    return {
        "board": board,
        "links": links,
        "path": path,
        "unplaced": unplaced_count(so_far.plan),
        "decisions": board.decisions,
    }
