"""Needs of small months: cadences, a promotion, interviews, pins that hold and pins that break a rule."""

from datetime import date, timedelta
from random import Random
from typing import Literal, NamedTuple

from planner.generate.chances import HALF_DAYS, chance, dates, opening_on
from planner.generate.team import Span
from planner.problem import (
    Cadence,
    CadenceException,
    HistoryDate,
    Interview,
    Participant,
    Promotion,
    Sequence,
    Site,
    StaffMember,
)
from planner.records import HalfDay


class Draft(NamedTuple):
    """What the needs of a small month are drawn from."""

    dice: Random
    span: Span
    sites: tuple[Site, ...]
    staff: tuple[StaffMember, ...]
    people: tuple[Participant, ...]
    today_on: date

    def day(self) -> date:
        return self.dice.choice(list(dates(self.span.first_on, self.span.last_on)))

    def some_staff(self, probability: float) -> tuple[str, ...]:
        return tuple(one.id for one in self.staff if chance(self.dice, probability))


def draw_promotion(draft: Draft) -> tuple[Promotion, ...]:
    dice, site = draft.dice, draft.dice.choice(draft.sites)
    count = dice.randint(1, 3)
    sequences = tuple(_sequence(draft, index, index == count - 1 and count > 1) for index in range(count))
    return (
        Promotion(
            id="promo",
            site=site.id,
            weekday=draft.day().isoweekday() if chance(dice, 0.15) else None,
            half_day=dice.choice(HALF_DAYS) if chance(dice, 0.4) else None,
            participants=tuple(one.id for one in draft.people if chance(dice, 0.5)),
            seats=dice.choice((2, 6)),
            animators_before=draft.some_staff(0.2),
            sequences=sequences,
        ),
    )


def _sequence(draft: Draft, index: int, last: bool) -> Sequence:
    dice, span = draft.dice, draft.span
    speaker = dice.choice(((), tuple(sorted({draft.day(), draft.day()})))) if chance(dice, 0.2) else None
    done_on = span.first_on - timedelta(days=dice.randint(1, 6)) if index == 0 and chance(dice, 0.3) else None
    return Sequence(
        id=f"seq-{index + 1}",
        title=f"Séquence {index + 1}",
        from_on=span.first_on - timedelta(days=dice.choice((0, 4, 20))),
        until_on=span.last_on + timedelta(days=dice.choice((0, 2, 30)))
        if chance(dice, 0.7)
        else span.last_on,
        length="day" if chance(dice, 0.15) else "half",
        duration_minutes=dice.choice((60, 120, 150)),
        offset_minutes=dice.choice((0, 0, 30)),
        staff_count=dice.choice((1, 1, 2)),
        skills=("atelier",) if chance(dice, 0.3) else (),
        needs_room=chance(dice, 0.5),
        speaker_dates=speaker,
        min_days=dice.choice((0, 1, 2)) if index else 1,
        max_days=dice.choice((3, 9, 31)),
        compulsory=chance(dice, 0.7),
        intervention=last and chance(dice, 0.4),
        done_on=done_on,
    )


def draw_cadences(draft: Draft, count: int, promotions: tuple[Promotion, ...]) -> tuple[Cadence, ...]:
    found = [_cadence(draft, index) for index in range(count)]
    if promotions and chance(draft.dice, 0.5):
        length: HalfDay = draft.dice.choice(HALF_DAYS)
        found.append(Cadence(id="suite", site=promotions[0].site, length=length, follows="promo"))
    return tuple(found)


def _cadence(draft: Draft, index: int) -> Cadence:
    dice = draft.dice
    site = dice.choice(draft.sites)
    kind: Literal["permanence", "session"] = dice.choice(("permanence", "permanence", "session"))
    weekly = chance(dice, 0.4)
    days = tuple(sorted({draft.day().isoweekday(), draft.day().isoweekday()}))
    return Cadence(
        id=f"cadence-{index + 1}",
        site=site.id,
        kind=kind,
        asked=0 if weekly else dice.randint(1, 3),
        up_to=0 if weekly else dice.choice((0, 0, 1)),
        weekdays=days if weekly or chance(dice, 0.2) else (),
        length=dice.choice(("half", "half", "half", "am", "pm", "day")),
        min_days=dice.choice((1, 1, 2, 3)),
        staff_count=dice.choice((1, 1, 1, 2)),
        skills=("sport",) if chance(dice, 0.2) else (),
        usual_staff=draft.some_staff(0.5),
        partner_places=dice.choice((0, 0, 1, 2)) if kind == "permanence" else 0,
        history=_history(draft, site),
        exceptions=_exceptions(draft, days if weekly else ()),
        seats=dice.choice((0, 4)),
        needs_room=kind == "session" and chance(dice, 0.4),
        compulsory=chance(dice, 0.4),
        duration_minutes=dice.choice((60, 90, 120)),
        offset_minutes=dice.choice((0, 0, 30)),
    )


def _history(draft: Draft, site: Site) -> tuple[HistoryDate, ...]:
    if not chance(draft.dice, 0.5):
        return ()
    on = draft.span.first_on - timedelta(days=draft.dice.randint(1, 10))
    half_day: HalfDay = draft.dice.choice(HALF_DAYS)
    return (HistoryDate(on=on, half_day=half_day),) if opening_on(site, on, half_day) else ()


def _exceptions(draft: Draft, weekdays: tuple[int, ...]) -> tuple[CadenceException, ...]:
    on = draft.day()
    if not chance(draft.dice, 0.3) or (weekdays and on.isoweekday() not in weekdays):
        return ()
    return (CadenceException(on=on, to_on=draft.dice.choice((None, draft.day()))),)


def draw_interviews(draft: Draft, count: int) -> tuple[Interview, ...]:
    return tuple(_interview(draft, index) for index in range(count))


def _interview(draft: Draft, index: int) -> Interview:
    dice = draft.dice
    mode: Literal["on_site", "phone", "video"] = dice.choice(("on_site",) * 4 + ("phone", "video"))
    person = dice.choice(draft.people).id if chance(dice, 0.6) else None
    from_on = draft.day() - timedelta(days=dice.choice((0, 0, 3, 8)))
    sites = tuple(site.id for site in draft.sites if chance(dice, 0.7)) or (draft.sites[0].id,)
    return Interview(
        id=f"besoin-{index + 1}",
        participant=person,
        count=dice.choice((1, 2, 3)) if person is None and chance(dice, 0.4) else 1,
        kind=dice.choice(("diagnostic", "suivi", "suivi", "bilan")),
        mode=mode,
        priority=dice.choice(("normal", "normal", "urgent", "flexible")),
        slots=dice.choice((1, 1, 1, 2)),
        from_on=from_on,
        until_on=from_on + timedelta(days=dice.choice((0, 2, 6, 13, 13))),
        sites=sites if mode == "on_site" else (),
        only_in_permanence=mode == "on_site" and chance(dice, 0.3),
        referent=dice.choice(draft.staff).id if chance(dice, 0.8) else None,
        other_staff=chance(dice, 0.5),
        leave_notice_days=dice.choice((0, 0, 0, 0, 2)),
        min_days=dice.choice((0, 0, 1, 3)) if person else 0,
        last_on=from_on - timedelta(days=dice.randint(1, 5)) if person and chance(dice, 0.4) else None,
        misses=dice.choice((0, 0, 1, 2)),
    )
