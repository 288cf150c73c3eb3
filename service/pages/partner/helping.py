"""The partners' help: what is done here, in which order, and what each refusal means."""

from litestar import Response, get

from service.edge.holders import USERS
from service.pages.context import AnyRequest
from service.pages.partner.seat import HERE, sit
from service.partners.form import LONGEST_LABEL
from service.partners.settings import partner_settings


@get(f"{HERE}/aide", roles=USERS, include_in_schema=False)
async def show_help(request: AnyRequest, territory: str) -> Response[str]:
    """With the delays that hold for whoever reads it."""
    seat = await sit(request, territory, "aide")
    words = {
        "settings": partner_settings(seat.territory),
        "longest_label": LONGEST_LABEL,
        "lead_hours": seat.partner.lead_hours,
        "cut_off_hours": seat.partner.cut_off_hours,
    }
    return seat.page("partner/help.html", words)
