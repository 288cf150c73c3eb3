"""Rule `pinned`: what a person fixed stays exactly."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.kept import pin_reference, references
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.problem import Pin


class Pinned:
    """Every pin is met by one assignment with the same date, start or half-day, place and staff;
    a pin of a need with several numbers by any of them.

    Why: a coordinator decided, or a person wrote the appointment down.
    """

    name = "pinned"
    codes: tuple[str, ...] = ("pin_not_kept",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per pin that no assignment meets."""
        known = references(view) if view.problem.pins else {}
        for pin in view.problem.pins:
            if pin_reference(view.territory, pin) not in known:
                yield Breach(
                    self.name,
                    "pin_not_kept",
                    pin_about(pin),
                    pin.on,
                    half_day=pin.half_day,
                    site=pin.site,
                    fact=pin.start or "",
                )


def pin_about(pin: Pin) -> str:
    """What a pin is about, in the words of the assignments: need, cadence, session."""
    if pin.promotion is not None:
        return sequence_key(pin.promotion, pin.sequence or "")
    if pin.number is not None and pin.cadence is not None:
        return f"{pin.cadence}#{pin.number}"
    return pin.need or pin.cadence or ""
