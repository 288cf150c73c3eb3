"""What sites say to proposed dates."""

from datetime import date
from typing import Literal

from service.schemas.base import Code, HalfDay, Incoming, Line


class SiteAnswerBody(Incoming, frozen=True, kw_only=True):
    """What a site said of a date, on the telephone or by mail; `said_by`: who."""

    site: Code
    proposed_on: date
    half_day: HalfDay | None = None
    answer: Literal["waiting", "agreed", "impossible"]
    said_by: Line | None = None
