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
from service.pages.asked_days import instant_asked
from service.pages.context import AnyRequest, enter
from service.pages.forms import Answers, Field, read
from service.pages.rendering import page
from service.pages.signatures import signed
from service.pages.trail_words import GROUPS, folded, kind_options, kinds_named, told

MOST = 100
DAYS = (Field(name="du", label=text("Du"), kind="date"), Field(name="au", label=text("Au"), kind="date"))
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

    @property
    def is_filtered(self) -> bool:
        """By more than how far back one has read."""
        return any(self[:-1])


@get(f"{HERE}/journal", searches=True, **SHARED)
async def show_trail(request: AnyRequest, territory: str) -> Response[str]:
    """The newest entries that the filters let through, a hundred a page."""
    visit = await come_in(request, territory, "journal")
    people = await known_in(territory, await administrator(request))
    asked = _asked(request)
    names = {str(one.account.id): one.account.name or one.account.email for one in people}
    answers = read((_who(names), *DAYS), {"qui": [asked.who], "du": [asked.since], "au": [asked.until]})
    sought = _sought(asked, answers, visit.territory, tuple(one.account.id for one in people))
    found = [] if answers.problems else await trail(sought, limit=MOST + 1)
    words = {"asked": asked, "problems": answers.problems, **_choices(names)}
    words["folds"] = folded(told(one, visit.territory.zone, names) for one in found[:MOST])
    words["next"] = _next(request, found[MOST - 1].at) if len(found) > MOST else ""
    status_code = 422 if answers.problems else 200
    return page("administration/journal.html", visit.shell, words, status_code=status_code)


@get(THING, roles=COORDINATORS, participants=True, include_in_schema=False)
async def show_history(request: AnyRequest, territory: str) -> Response[str]:
    """Who did what to one thing: `?nature=site&code=gagny`."""
    visit = await enter(request, territory, "")
    kind, code = (request.query_params.get(name, "")[:100] for name in ("nature", "code"))
    sought = Sought(territory_id=visit.territory.id, about=(kind, code))
    found = await signed(await trail(sought, limit=500), territory)
    lines = [told(one, visit.territory.zone) for one in found]
    return page("administration/history.html", visit.shell, {"lines": lines, "code": code})


def _asked(request: AnyRequest) -> Asked:
    names = ("qui", "quoi", "nature", "reference", "du", "au", "avant")
    asked = (without_hidden_signs(request.query_params.get(name, "")) for name in names)
    return Asked(*(words.strip()[:100] for words in asked))


def _choices(names: dict[str, str]) -> dict[str, Any]:
    """What the filters offer."""
    groups = [(code, text(name)) for code, (name, _) in GROUPS.items()]
    return {"people": list(names.items()), "groups": groups, "kinds": kind_options()}


def _who(names: dict[str, str]) -> Field:
    return Field(name="qui", label=text("Qui"), kind="select", options=tuple(names.items()))


def _sought(asked: Asked, answers: Answers, territory: Territory, people: tuple[UUID, ...]) -> Sought:
    """With what of the filters could be read."""
    zone = ZoneInfo(territory.zone)
    until = _morning(answers.values.get("au"), zone)
    who = answers.values.get("qui")
    before = _instant(asked.before) or (until + timedelta(days=1) if until else None)
    return Sought(
        territory_id=territory.id,
        people=people,
        actor_id=UUID(who) if who else None,
        actions=GROUPS[asked.group][1] if asked.group in GROUPS else (),
        kinds=kinds_named(asked.kind),
        naming=asked.reference or None,
        from_at=_morning(answers.values.get("du"), zone),
        before_at=before,
    )


def _morning(on: date | None, zone: ZoneInfo) -> datetime | None:
    """When that day begins there."""
    return datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC) if on else None


def _instant(typed: str) -> datetime | None:
    try:
        return instant_asked(typed).astimezone(UTC) if typed else None
    except ValueError:
        raise BadInput("Cet instant n’existe pas.") from None


def _next(request: AnyRequest, at: datetime) -> str:
    kept: dict[str, Any] = {name: request.query_params[name] for name in request.query_params}
    return "?" + urlencode(kept | {"avant": at.isoformat()})


JOURNAL_PAGES = (show_trail, show_history)
