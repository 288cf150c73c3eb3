"""What sites say to proposed dates."""

from datetime import date
from typing import Literal

from db.records.site_answer import SiteAnswer
from service.schemas.base import Code, HalfDay, Incoming, Line, Page


class SiteAnswerPage(Page, frozen=True, kw_only=True):
    """By date and site."""

    items: tuple[SiteAnswer, ...]


class SiteAnswerBody(Incoming, frozen=True, kw_only=True):
    """What a site said of a date, on the telephone or by mail; `said_by`: who."""

    site: Code
    proposed_on: date
    half_day: HalfDay | None = None
    answer: Literal["waiting", "agreed", "impossible"]
    said_by: Line | None = None
