"""Free places as rows of a table: one a half-day of a site, by week."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from service.catalogue import text
from service.french_text import half_day, long_date, short_period, weekday_and_day
from service.partners.opened import PartnerFacts
from service.partners.places import OfferedPlace, merged
from service.partners.when import hour, site_name, when

MARKS = {"free": "", "held": "retenu", "booked": "le vôtre", "taken": "occupé", "closed": "fermé"}


class SlotView(NamedTuple):
    """One hour; `mark` says in a word what it is when it is not free."""

    hour: str
    state: str
    mark: str
    said: str
    host_id: UUID
    slot: int
    free_count: int
    mine_id: UUID | None


class RowView(NamedTuple):
    """`is_full`: nothing in it is free, held or booked by this partner."""

    site: str
    day: str
    slots: tuple[SlotView, ...]
    free_count: int

    @property
    def is_full(self) -> bool:
        return all(slot.state in ("taken", "closed") for slot in self.slots)


class WeekView(NamedTuple):
    title: str
    rows: tuple[RowView, ...]


class SeatView(NamedTuple):
    """Seats of one promotion."""

    code: str
    name: str
    site: str
    begins: str
    free_count: int
    host_id: UUID
    held_id: UUID | None
    booked_count: int


class HeldView(NamedTuple):
    """A place kept for a while: until which hour, and how long that is from now."""

    what: str
    until: str
    seconds_left: int
    id: UUID | None


def weeks(facts: PartnerFacts, places: Iterable[OfferedPlace]) -> list[WeekView]:
    """Weeks that have a half-day, in order."""
    shown = sorted(merged(places), key=lambda one: (one.held_on, one.half_day or "", one.site, one.starts_at))
    found = []
    for first_on, of_week in groupby(
        shown, key=lambda one: one.held_on - timedelta(days=one.held_on.weekday())
    ):
        title = text(
            "Semaine {number}, {period}",
            number=first_on.isocalendar().week,
            period=short_period(first_on, first_on + timedelta(days=4)),
        )
        rows = groupby(of_week, key=lambda one: (one.held_on, one.half_day or "", one.site))
        found.append(WeekView(title, tuple(_row(facts, list(places)) for _, places in rows)))
    return found


def _row(facts: PartnerFacts, places: list[OfferedPlace]) -> RowView:
    first = places[0]
    return RowView(
        site=site_name(facts, first.site),
        day=text("{day}, {half}", day=weekday_and_day(first.held_on), half=half_day(first.half_day or "am")),
        slots=tuple(_slot(facts, one) for one in places),
        free_count=sum(one.free_count for one in places),
    )


def _slot(facts: PartnerFacts, one: OfferedPlace) -> SlotView:
    mark = MARKS[one.state]
    if one.state == "held":
        mark = text("retenu par vous") if one.mine else text("retenu par votre service")
    return SlotView(
        hour=hour(facts, one.starts_at),
        state=one.state,
        mark=text(mark) if mark else "",
        said=when(facts, one),
        host_id=one.host_id,
        slot=one.slot,
        free_count=one.free_count,
        mine_id=one.mine_id if one.mine or one.state == "booked" else None,
    )


def seat_views(facts: PartnerFacts, seats: Iterable[OfferedPlace]) -> list[SeatView]:
    found = []
    for code, of_one in groupby(seats, key=lambda one: one.promotion or ""):
        known = list(of_one)
        left = next((one for one in known if one.mine_id is None), known[0])
        found.append(
            SeatView(
                code=code,
                name=facts.promotions[code].name,
                site=site_name(facts, left.site),
                begins=_begins(left),
                free_count=left.free_count,
                host_id=left.host_id,
                held_id=next((one.mine_id for one in known if one.state == "held" and one.mine), None),
                booked_count=sum(one.state == "booked" for one in known),
            )
        )
    return found


def _begins(seat: OfferedPlace) -> str:
    """A session that is not published yet has no length, and the last day on which it can be."""
    day = long_date(seat.held_on)
    return day if seat.ends_at > seat.starts_at else text("au plus tard {day}", day=day)
