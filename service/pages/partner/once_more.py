"""Orient once more a person whose appointment came to nothing: addresses carry the old orientation, never its reference."""

from uuid import UUID

from db.queries.orientations import signed_last
from service.actions.read_orientations import read_orientation
from service.pages.context import AnyRequest
from service.pages.partner.seat import AGAIN, PartnerSeat, sit


async def sit_to_orient(request: AnyRequest, territory: str, current: str = "places") -> PartnerSeat:
    """As `sit`, with the orientation that the address asks to do once more; what is no id is as if it were not there."""
    seat = await sit(request, territory, current)
    try:
        return seat.for_again(UUID(request.query_params[AGAIN]))
    except (KeyError, ValueError):
        return seat


async def label_again(seat: PartnerSeat) -> str:
    """The reference of who is oriented once more; empty for nobody, and once it is erased. Raises `NotFound`."""
    if seat.again is None:
        return ""
    return (await read_orientation(seat.territory, seat.holder, seat.again)).orientation.label


async def begun(seat: PartnerSeat) -> dict[str, str]:
    """What stands in a form that nobody typed in: who is oriented once more, and who signed the last one. Raises `NotFound`."""
    return {**await _signed(seat), **await _person(seat)}


async def _person(seat: PartnerSeat) -> dict[str, str]:
    if seat.again is None:
        return {}
    known = (await read_orientation(seat.territory, seat.holder, seat.again)).orientation
    return {"label": known.label, "need": known.need}


async def _signed(seat: PartnerSeat) -> dict[str, str]:
    """Initials and telephone that this officer's form begins with: those they signed with last.

    Nothing for a coordinator, who writes in the name of whoever called.
    """
    if seat.holder.coordinator:
        return {}
    known = await signed_last(seat.territory.id, seat.holder.id, partner=seat.holder.partner)
    return {} if known is None else {"officer": known[0], "officer_phone": known[1]}
