"""The words of the sheet of free places that a partner hangs up: hours and counts, nobody's orientation."""

from collections.abc import Sequence

import msgspec

from service.catalogue import counted, text
from service.french_text import capital
from service.pages.partner.grid import RowView, SeatView, SlotView, WeekView


class FreeRow(msgspec.Struct, frozen=True, kw_only=True):
    site: str
    day: str
    hours: str


class FreeWeek(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    rows: tuple[FreeRow, ...]


class FreePlaces(msgspec.Struct, frozen=True, kw_only=True):
    """`none` is said where there is neither an hour nor a seat."""

    title: str
    partner: str
    heads: tuple[str, str, str]
    weeks: tuple[FreeWeek, ...]
    seats: tuple[str, ...]
    seats_head: str
    none: str
    foot: tuple[str, ...]


def free_places(
    partner: str, weeks: Sequence[WeekView], seats: Sequence[SeatView], made: str, call: str
) -> FreePlaces:
    """`made` is the instant in words, `call` whom to ring."""
    shown = tuple(found for week in weeks if (found := _week(week)).rows)
    open_seats = tuple(_seat(one) for one in seats if one.free_count)
    return FreePlaces(
        title=text("Places libres"),
        partner=partner,
        heads=(text("Lieu"), text("Jour"), text("Heures libres")),
        weeks=shown,
        seats=open_seats,
        seats_head=text("Promotions"),
        none="" if shown or open_seats else text("Aucune place libre dans ces semaines."),
        foot=(
            text(
                "Libres {when} ; depuis, une place peut avoir été prise. Pour la retenir : la page « Places libres ».",
                when=made,
            ),
            text("Rien ne convient ? {call}", call=call),
        ),
    )


def _week(week: WeekView) -> FreeWeek:
    rows = tuple(_row(row) for row in week.rows if row.free_count)
    return FreeWeek(title=week.title, rows=rows)


def _row(row: RowView) -> FreeRow:
    hours = [_hour(slot) for slot in row.slots if slot.state == "free"]
    return FreeRow(site=row.site, day=capital(row.day), hours=", ".join(hours))


def _hour(slot: SlotView) -> str:
    if slot.free_count < 2:
        return slot.hour
    return text("{hour} ({n} places)", hour=slot.hour, n=slot.free_count)


def _seat(one: SeatView) -> str:
    places = counted("{n} place libre", "{n} places libres", one.free_count)
    return text(
        "{name}, {site}, première séance {day} : {places}.",
        name=one.name,
        site=one.site,
        day=one.begins,
        places=places,
    )
