"""How long a territory keeps things: its own settings, or these."""

from typing import Annotated

import msgspec

Months = Annotated[int, msgspec.Meta(ge=1, le=120)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class Lifetimes(msgspec.Struct, frozen=True, kw_only=True):
    """`settings["retention"]` of a territory; what it does not say has these defaults."""

    participants_months: Months = 24
    orientations_days: Days = 30
    trail_months: Months = 12
    problems_days: Days = 90


DEFAULTS = Lifetimes()
