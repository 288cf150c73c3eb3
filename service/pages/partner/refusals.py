"""A place that cannot be had: one sentence, three others as buttons, and what was typed goes along."""

from collections.abc import Mapping

from litestar import Response

from service.pages.partner.seat import PartnerSeat
from service.partners.errors import PlaceRefused, TooManyHolds
from service.partners.when import when


def refused_page(
    seat: PartnerSeat,
    error: PlaceRefused | TooManyHolds,
    *,
    target: str,
    typed: Mapping[str, str] | None = None,
) -> Response[str]:
    """409. The buttons post to `target` with the fields typed so far."""
    found = error.alternatives if isinstance(error, PlaceRefused) else ()
    words = {
        "title": error.title,
        "detail": error.detail,
        "waits_for": error.waits_for if isinstance(error, PlaceRefused) else None,
        "alternatives": [(f"{one.host_id}:{one.slot}", when(seat.facts, one)) for one in found],
        "target": target,
        "typed": typed or {},
    }
    return seat.page("partner/refused.html", words, status_code=error.status)
