"""The trail with its filters, for administrators; the history of one thing, for the coordination."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get

from db.queries.trail import Sought, trail
from db.records.territory import Territory
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import BadInput
from service.hidden_signs import without_hidden_signs
from service.pages.administration.entry import HERE, SHARED, administrator, come_in, known_in
from service.pages.context import AnyRequest, enter
from service.pages.rendering import page
from service.pages.trail_words import GROUPS, folded, kind_options, kinds_named, told

MOST = 100
THING = "/t/{territory:str}/historique"


class Asked(NamedTuple):
    """The filters of an address, as typed."""

    who: str
    group: str
    kind: str
    reference: str
    since: str
    until: str
    before: str


@get(f"{HERE}/journal", searches=True, **SHARED)
async def show_trail(request: AnyRequest, territory: str) -> Response[str]:
    """The newest entries that the filters let through, a hundred a page."""
    visit = await come_in(request, territory, "journal")
    people = await known_in(territory, await administrator(request))
    asked = _asked(request)
    names = {str(one.account.id): one.account.name or one.account.email for one in people}
    sought = _sought(asked, visit.territory, tuple(one.account.id for one in people))
    found = await trail(sought, limit=MOST + 1)
    words = {
        "folds": folded(told(one, visit.territory.zone, names) for one in found[:MOST]),
        "asked": asked,
        "people": list(names.items()),
        "groups": [(code, text(name)) for code, (name, _) in GROUPS.items()],
        "kinds": kind_options(),
        "next": _next(request, found[MOST - 1].at) if len(found) > MOST else "",
    }
    return page("administration/journal.html", visit.shell, words)


@get(THING, roles=COORDINATORS, participants=True, include_in_schema=False)
async def show_history(request: AnyRequest, territory: str) -> Response[str]:
    """Who did what to one thing: `?nature=site&code=gagny`."""
    visit = await enter(request, territory, "")
    kind, code = (request.query_params.get(name, "")[:100] for name in ("nature", "code"))
    sought = Sought(territory_id=visit.territory.id, about=(kind, code))
    lines = [told(one, visit.territory.zone) for one in await trail(sought, limit=500)]
    return page("administration/history.html", visit.shell, {"lines": lines, "code": code})


def _asked(request: AnyRequest) -> Asked:
    names = ("qui", "quoi", "nature", "reference", "du", "au", "avant")
    asked = (without_hidden_signs(request.query_params.get(name, "")) for name in names)
    return Asked(*(words.strip()[:100] for words in asked))


def _sought(asked: Asked, territory: Territory, people: tuple[UUID, ...]) -> Sought:
    zone = ZoneInfo(territory.zone)
    until = _day(asked.until, zone)
    before = _instant(asked.before) or (until + timedelta(days=1) if until else None)
    return Sought(
        territory_id=territory.id,
        people=people,
        actor_id=_account(asked.who),
        actions=GROUPS[asked.group][1] if asked.group in GROUPS else (),
        kinds=kinds_named(asked.kind),
        naming=asked.reference or None,
        from_at=_day(asked.since, zone),
        before_at=before,
    )


def _account(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise BadInput("Ce compte n’existe pas.") from None


def _day(typed: str, zone: ZoneInfo) -> datetime | None:
    try:
        on = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadInput("Ce jour n’existe pas.") from None
    return datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC) if on else None


def _instant(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).astimezone(UTC) if typed else None
    except ValueError:
        raise BadInput("Cet instant n’existe pas.") from None


def _next(request: AnyRequest, at: datetime) -> str:
    kept: dict[str, Any] = {name: request.query_params[name] for name in request.query_params}
    return "?" + urlencode(kept | {"avant": at.isoformat()})


JOURNAL_PAGES = (show_trail, show_history)
