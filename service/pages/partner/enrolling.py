"""For the coordination: whom a partner oriented is known under a reference of ours, in the promotion if it was to a seat."""

from uuid import UUID

from litestar import post
from litestar.response import Redirect

from service.actions.enrol_oriented import enrol_oriented
from service.edge.guards import COORDINATORS
from service.pages.context import AnyRequest
from service.pages.form_parts import sent
from service.pages.partner.seat import HERE, sit


@post(f"{HERE}/orientations/{{orientation:uuid}}/inscrire", roles=COORDINATORS, include_in_schema=False)
async def enrol(request: AnyRequest, territory: str, orientation: UUID) -> Redirect:
    """Back to the orientation, which then says under which reference."""
    seat = await sit(request, territory, "orientations")
    (reference,) = await sent(request, "reference")
    await enrol_oriented(seat.territory, seat.holder, orientation, reference.upper())
    return Redirect(seat.address(f"orientations/{orientation}"), status_code=303)
