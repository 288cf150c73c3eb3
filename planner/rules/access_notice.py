"""Rule `access_notice`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class AccessNotice:
    name = "access_notice"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
