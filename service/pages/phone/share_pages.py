"""Ma part: what one carries, one's share by contract, and the range of the team without any name."""

from datetime import date
from typing import Any

import msgspec
from litestar import Response, get

from db.queries.plans import plans_of
from db.states import PlanState
from service.catalogue import text
from service.edge.guards import TEAM
from service.errors import BadInput
from service.french_text import capital, month_title, number, percent, signed
from service.pages.board.cells import Row
from service.pages.board.source import load_month, month_dates, today_in
from service.pages.context import AnyRequest
from service.pages.month_board_view import Options, month_board
from service.pages.phone.seat import HERE, Seat, open_seat, phone_page
from service.versions import MOST

PAGE = "ma-part"
NAMES = ("Permanences", "Lieux éloignés", "Lundis matin, vendredis après-midi", "Séances collectives")


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """One burden: own count, fair share, deviation, and the team's deviations from least to most."""

    name: str
    own: str
    fair: str
    deviation: str
    team: str


@get(f"{HERE}/{PAGE}", roles=TEAM, include_in_schema=False)
async def show_my_share(request: AnyRequest, territory: str) -> Response[str]:
    """Of the published month that the person is in, or that is asked for."""
    seat = await open_seat(request, territory, PAGE)
    month = _asked_month(request.query_params.get("mois"), today_in(seat.visit.territory))
    words = {
        "month": capital(month_title(month_dates(month)[0])),
        "contract": percent(seat.person.etp_percent / 100),
        "before": _shifted(month, -1),
        "after": _shifted(month, 1),
        **await _carried(seat, month),
    }
    return phone_page(seat, "phone/share.html", words)


def _asked_month(asked: str | None, today_on: date) -> str:
    """Raises `BadInput`."""
    try:
        return f"{month_dates(asked)[0]:%Y-%m}" if asked else f"{today_on:%Y-%m}"
    except ValueError:
        raise BadInput(text("Ce mois n’existe pas.")) from None


async def _carried(seat: Seat, month: str) -> dict[str, Any]:
    """What the person carries of that month; the last one that is published where that one is not."""
    rows = await _rows(seat, month)
    mine = next((one for one in rows if one.code == seat.person.code), None)
    return {
        "shares": _shares(mine, rows) if mine else (),
        "load": mine.load if mine else None,
        "latest_on": None if rows else await _latest_published(seat),
    }


async def _rows(seat: Seat, month: str) -> tuple[Row, ...]:
    """The rows of the published month by person; none when nothing is published."""
    first_on, last_on = month_dates(month)
    found = await load_month(seat.visit.territory, first_on, last_on)
    published = next((one for one in found.plans if one.state is PlanState.PUBLISHED), None)
    if published is None:
        return ()
    shown = await load_month(seat.visit.territory, first_on, last_on, number=published.number)
    return month_board(shown.facts, Options(by="personne")).rows


async def _latest_published(seat: Seat) -> date | None:
    published = await plans_of(seat.visit.territory.id, states=(PlanState.PUBLISHED,), limit=MOST)
    return max((one.first_on.replace(day=1) for one in published), default=None)


def _shares(mine: Row, rows: tuple[Row, ...]) -> tuple[Share, ...]:
    return tuple(
        Share(
            name=text(NAMES[index]),
            own=number(count.count),
            fair=number(max(0.0, count.count - count.deviation), 1),
            deviation=_signed(count.deviation),
            team=text(
                "de {least} à {most}",
                least=_signed(min(row.counts[index].deviation for row in rows)),
                most=_signed(max(row.counts[index].deviation for row in rows)),
            ),
        )
        for index, count in enumerate(mine.counts)
    )


def _signed(deviation: float) -> str:
    return signed(deviation, 1) if round(deviation, 1) else number(0)


def _shifted(month: str, months: int) -> str:
    first_on, _ = month_dates(month)
    index = first_on.year * 12 + first_on.month - 1 + months
    return f"{index // 12}-{index % 12 + 1:02d}"
