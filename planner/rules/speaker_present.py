"""Rule `speaker_present`."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class SpeakerPresent:
    name = "speaker_present"
    codes: tuple[str, ...] = ()

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Not recounted yet."""
        yield from ()
