"""For the coordination: whom a partner oriented is known under a reference of ours, in the promotion if it was to a seat."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.response import Redirect

from service.actions.enrol_oriented import AlreadyEnrolled, enrol_oriented
from service.actions.unlink_oriented import unlink_oriented
from service.edge.guards import COORDINATORS
from service.errors import NotFound
from service.pages.context import AnyRequest
from service.pages.form_parts import whole_form
from service.pages.forms import read
from service.pages.partner.orientations import REFERENCE, done_at, orientation_page
from service.pages.partner.seat import HERE, sit


@post(f"{HERE}/orientations/{{orientation:uuid}}/inscrire", roles=COORDINATORS, include_in_schema=False)
async def enrol(request: AnyRequest, territory: str, orientation: UUID) -> Response[Any]:
    """Back to the orientation, which then says under which reference."""
    seat = await sit(request, territory, "orientations")
    answers = read((REFERENCE,), await whole_form(request))
    reference = answers.values.get(REFERENCE.name, "").upper()
    try:
        if not answers.problems:
            await enrol_oriented(seat.territory, seat.holder, orientation, reference)
    except (AlreadyEnrolled, NotFound) as error:
        answers = answers.or_else(REFERENCE, error.detail.rstrip("."))
    if answers.problems:
        return await orientation_page(seat, orientation, answers)
    return Redirect(done_at(seat, orientation, "reliee"), status_code=303)


@post(f"{HERE}/orientations/{{orientation:uuid}}/delier", roles=COORDINATORS, include_in_schema=False)
async def unlink(request: AnyRequest, territory: str, orientation: UUID) -> Redirect:
    """Back to the orientation, whose reference can be given again."""
    seat = await sit(request, territory, "orientations")
    await unlink_oriented(seat.territory, seat.holder, orientation)
    return Redirect(done_at(seat, orientation, "deliee"), status_code=303)
