"""Promotions as the timeline shows them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from service.catalogue import counted, text
from service.french_text import day_date, half_day, plain_date, short_day_month, short_period, weekday_named
from service.pages.facts.dated import Dated
from service.pages.facts.step_form import step_question
from service.promotion_names import promotion_names

DOT = 0.8
"""The least width of what is drawn, in percent of the line."""


class Dating(NamedTuple):
    """When a session is, in a published plan or in the newest draft."""

    on: date
    published: bool


Dates = Mapping[tuple[str, str], Dating]
"""By promotion and step."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A session on the timeline, in percent of its width: the window in which it may be placed, and its date when it has one."""

    left: float
    width: float
    words: str
    done: bool
    dated: float | None = None
    """Where its date is."""
    published: bool = False
    """Whether that date stands in a published plan, or is only fixed."""

    @property
    def side(self) -> str:
        """Where its words have room: `after` the bar, `before` it, or `over` it."""
        if self.left + self.width <= 60:
            return "after"
        return "before" if self.left >= 40 else "over"


class PromotionLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    where: str
    seats: str
    steps: tuple[Dated, ...]
    bars: tuple[Bar, ...]


class Span(NamedTuple):
    """The period that the timeline shows, both dates included, and today."""

    first_on: date
    last_on: date
    today_on: date

    def at(self, on: date) -> float:
        return 100 * (on - self.first_on).days / ((self.last_on - self.first_on).days + 1)


def promotions(facts: Facts, span: Span, dates: Dates) -> tuple[PromotionLine, ...]:
    names = {site.code: site.name for site in facts.sites}
    alive = [one for one in facts.promotions if one.archived_at is None]
    cohorts = promotion_names(alive)
    lines = [_promotion(one, names, span, dates) for one in alive]
    return tuple(msgspec.structs.replace(line, name=cohorts[line.code]) for line in lines)


def _promotion(promotion: Promotion, names: dict[str, str], span: Span, dates: Dates) -> PromotionLine:
    when = [weekday_named(promotion.weekday)] if promotion.weekday else []
    when += [half_day(promotion.half_day)] if promotion.half_day else []
    bars = [
        _bar(rank, step, dates.get((promotion.code, step.code)), span)
        for rank, step in enumerate(promotion.sequences, 1)
    ]
    return PromotionLine(
        code=promotion.code,
        name=promotion.name,
        where=", ".join(part for part in (names.get(promotion.site, promotion.site), " ".join(when)) if part),
        seats=counted("{n} personne", "{n} personnes", len(promotion.participants))
        + counted(" pour {n} place", " pour {n} places", promotion.seats),
        steps=tuple(
            _step(promotion, step, dates.get((promotion.code, step.code)), span.today_on)
            for step in promotion.sequences
        ),
        bars=tuple(bar for bar in bars if bar is not None),
    )


def _bar(rank: int, step: Sequence, planned: Dating | None, span: Span) -> Bar | None:
    """None for what lies outside of the period."""
    on = _date_of(step, planned, span.today_on)
    start, end = (
        max(step.done_on or step.from_on, span.first_on),
        min(step.done_on or step.until_on, span.last_on),
    )
    if start > end:
        return None
    told = short_day_month(on) if on else short_period(step.from_on, step.until_on)
    return Bar(
        left=span.at(start),
        width=max(DOT, span.at(end + timedelta(days=1)) - span.at(start)),
        words=text("{rank}. {title}, {when}", rank=rank, title=step.title, when=told),
        done=_is_held(step, span.today_on),
        dated=span.at(on) if on and span.first_on <= on <= span.last_on else None,
        published=planned is not None and planned.published,
    )


def _date_of(step: Sequence, planned: Dating | None, today_on: date) -> date | None:
    """When it was held, else when it is published, else when it is fixed, else when a draft has it."""
    if _is_held(step, today_on) or not planned:
        return step.done_on
    return planned.on if planned.published else step.done_on or planned.on


def _is_held(step: Sequence, today_on: date) -> bool:
    """A month told ahead begins after sessions that are fixed and still to come: these are not held."""
    return step.done_on is not None and step.done_on <= today_on


def _step(promotion: Promotion, step: Sequence, planned: Dating | None, today_on: date) -> Dated:
    on = _date_of(step, planned, today_on)
    if on is None:
        when = short_period(step.from_on, step.until_on)
    elif _is_held(step, today_on):
        when = text("tenue le {day}", day=plain_date(on))
    elif planned and planned.published:
        when = text("publiée le {day}", day=day_date(on))
    elif step.done_on:
        when = text("prévue le {day}, pas encore publiée", day=plain_date(on))
    else:
        when = text("en brouillon le {day}, pas encore publiée", day=day_date(on))
    with_whom = text(", avec {who}", who=step.speaker_name) if step.speaker_name else ""
    return Dated(code=step_question(promotion, step), words=f"{step.title}, {when}{with_whom}")
