"""Rule `accreditation`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class Accreditation:
    name = "accreditation"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
