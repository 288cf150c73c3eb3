"""Promotions as the timeline shows them."""

from datetime import date

import msgspec

from db.records.cadence import Promotion, Sequence
from db.records.facts import Facts
from service.catalogue import counted, text
from service.french_text import half_day, plain_date, short_period, weekday_named
from service.pages.facts.dated import Dated
from service.pages.facts.step_form import step_question
from service.promotion_names import promotion_names


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A session of a promotion on the timeline, in percent of its width."""

    left: float
    width: float
    words: str
    done: bool


class PromotionLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    where: str
    seats: str
    steps: tuple[Dated, ...]
    bars: tuple[Bar, ...]


def promotions(facts: Facts, first_on: date, last_on: date) -> tuple[PromotionLine, ...]:
    """The timeline of the promotions that touch a period, both dates included."""
    names = {site.code: site.name for site in facts.sites}
    alive = [one for one in facts.promotions if one.archived_at is None]
    cohorts = promotion_names(alive)
    lines = [_promotion(one, names, first_on, last_on) for one in alive]
    return tuple(msgspec.structs.replace(line, name=cohorts[line.code]) for line in lines)


def _promotion(promotion: Promotion, names: dict[str, str], first_on: date, last_on: date) -> PromotionLine:
    when = [weekday_named(promotion.weekday)] if promotion.weekday else []
    when += [half_day(promotion.half_day)] if promotion.half_day else []
    span = (last_on - first_on).days + 1
    bars = []
    for rank, step in enumerate(promotion.sequences, 1):
        start, end = max(step.done_on or step.from_on, first_on), min(step.done_on or step.until_on, last_on)
        if start <= end:
            words = text("{rank}. {title}", rank=rank, title=step.title)
            width = max(0.8, 100 * ((end - start).days + 1) / span)
            bars.append(
                Bar(
                    left=100 * (start - first_on).days / span,
                    width=width,
                    words=words,
                    done=step.done_on is not None,
                )
            )
    return PromotionLine(
        code=promotion.code,
        name=promotion.name,
        where=", ".join(
            [names.get(promotion.site, promotion.site), " ".join(when)]
            if when
            else [names.get(promotion.site, "")]
        ),
        seats=counted("{n} personne", "{n} personnes", len(promotion.participants))
        + text(" pour {seats} places", seats=promotion.seats),
        steps=tuple(_step(promotion, step) for step in promotion.sequences),
        bars=tuple(bars),
    )


def _step(promotion: Promotion, step: Sequence) -> Dated:
    when = (
        text("tenue le {day}", day=plain_date(step.done_on))
        if step.done_on
        else short_period(step.from_on, step.until_on)
    )
    with_whom = text(", avec {who}", who=step.speaker_name) if step.speaker_name else ""
    return Dated(code=step_question(promotion, step), words=f"{step.title}, {when}{with_whom}")
