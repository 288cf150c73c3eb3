"""Whose pages these are: a staff member's own, or one that the coordination looks at."""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response

from db.queries.facts import facts_of
from db.records.facts import Facts
from db.records.staff import StaffMember
from service.actions.actor import Actor
from service.catalogue import text
from service.edge.identity import Identity, identify
from service.errors import NotFound
from service.french_text import clock, initials
from service.pages.context import AnyRequest, Visit, enter
from service.pages.rendering import page

HERE = "/t/{territory:str}"
SHARED: dict[str, Any] = {"participants": True, "include_in_schema": False}


class Seat(NamedTuple):
    """`watched`: a coordinator looks over the person's shoulder, with `?personne=`."""

    visit: Visit
    facts: Facts
    person: StaffMember
    actor: Actor
    watched: bool

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.visit.territory.zone)

    def clock(self, at: datetime) -> str:
        """9 h 30, in the territory's time"""
        return clock(at.astimezone(self.zone).time(), padded=True)

    def address(self, rest: str, *fields: tuple[str, object]) -> str:
        """A page of this person, with the fields of its query."""
        asked = [*fields, ("personne", self.person.code)] if self.watched else list(fields)
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{self.visit.shell.address(rest)}{query}"


async def open_seat(request: AnyRequest, territory: str, place: str) -> Seat:
    """Staff see themselves only; a coordinator whom the query names. Raises `NotFound`."""
    visit = await enter(request, territory, place)
    facts, identity = await facts_of(visit.territory.id), await identify(request)
    own = identity is not None and identity.role == "staff"
    asked = identity.staff_code if identity and own else request.query_params.get("personne")
    known = [one for one in facts.staff if one.archived_at is None and asked in (None, one.code)]
    if not known or (own and asked is None):
        raise NotFound(text("Cette personne n’existe pas ici."))
    actor = _actor(identity, known[0] if own else None)
    return Seat(visit, facts, known[0], actor, not own)


def _actor(identity: Identity | None, staff: StaffMember | None) -> Actor:
    label = staff.name if staff else identity.role if identity else "escale"
    try:
        account_id = UUID(identity.account_id) if identity else None
    except ValueError:
        account_id = None
    return Actor(account_id=account_id, label=label, only_staff=staff.code if staff else None)


def phone_page(
    seat: Seat, template: str, context: dict[str, Any], *, status_code: int = 200
) -> Response[str]:
    """A page of the telephone; `link` makes addresses that stay with the same person."""
    shared = {
        "who": initials(seat.person.code),
        "suffix": f"?personne={seat.person.code}" if seat.watched else "",
        "watched": seat.watched,
        "here": seat.visit.shell.address(""),
        "link": seat.address,
    }
    return page(template, seat.visit.shell, {**shared, **context}, status_code=status_code)
