"""Rule `partner_places`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class PartnerPlaces:
    name = "partner_places"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
