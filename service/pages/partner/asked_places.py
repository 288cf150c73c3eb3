"""Which places a partner's page or sheet shows: at one site or all, to what, from which day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from db.queries.place_hosts import holds_of
from service.actions.hold_place import shelf_of
from service.actions.read_places import Shelf, Window, read_places, weeks_ahead
from service.catalogue import text
from service.pages.context import AnyRequest
from service.pages.forms import Answers, Field, read
from service.pages.partner.seat import PartnerSeat
from service.partners.places import OfferedPlace

FROM = Field(name="du", label=text("À partir du"), kind="date")
PURPOSES = {"entretien": "Premier entretien", "promotion": "Place en promotion"}


class Asked(NamedTuple):
    """`site` and `purpose` are codes, empty for all of them; both days are shown."""

    site: str
    purpose: str
    from_on: date
    until_on: date

    @property
    def query(self) -> str:
        """What the address keeps of it, but the day."""
        kept = (("lieu", self.site), ("pour", self.purpose))
        return "".join(f"&{name}={value}" for name, value in kept if value)


def asked_of(request: AnyRequest, seat: PartnerSeat, now: datetime) -> tuple[Asked, Answers]:
    """What the address asks for; what it gets wrong is as if it were not there, a wrong day is said at its field."""
    query = request.query_params
    site, purpose = query.get("lieu", ""), query.get("pour", "")
    answers = read((FROM,), {FROM.name: [query.get(FROM.name, "")]})
    window = weeks_ahead(seat.territory, now, answers.values.get(FROM.name))
    asked = Asked(
        site=site if site in seat.facts.opened_to(seat.partner) else "",
        purpose=purpose if purpose in PURPOSES else "",
        from_on=window.from_on,
        until_on=window.until_on,
    )
    return asked, answers


async def shelf_asked(seat: PartnerSeat, asked: Asked, now: datetime) -> Shelf:
    """Only what is asked for."""
    sites = (asked.site,) if asked.site else ()
    window = Window(from_on=asked.from_on, until_on=asked.until_on, sites=sites)
    shelf = await read_places(seat.territory, seat.holder, window, now)
    return msgspec.structs.replace(
        shelf,
        places=() if asked.purpose == "promotion" else shelf.places,
        seats=() if asked.purpose == "entretien" else shelf.seats,
    )


async def own_holds(seat: PartnerSeat, now: datetime) -> Sequence[OfferedPlace]:
    """What this visitor holds, whatever the page shows; the soonest to end first."""
    found = []
    for hold in await holds_of(seat.territory.id, seat.holder.id, now=now):
        shelf = await shelf_of(seat.territory, seat.holder, hold.host_id, now)
        found += [one for one in shelf.at(hold.host_id, hold.slot) if one.mine_id == hold.id]
    return found
