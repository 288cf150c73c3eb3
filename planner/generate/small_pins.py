"""Pins of small months, those that hold and those that break a rule, bookings, and a plan published before."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planner.generate.agenda import Presence, is_open
from planner.generate.chances import (
    HALF_DAYS,
    chance,
    dates,
    hour_of,
    instant,
    minutes_of,
    opening_on,
    slot_starts,
)
from planner.generate.small_needs import Draft
from planner.plan import OfficeHalfDay, Plan, PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import Booked, Cadence, Interview, Pin, Promotion, Sequence, Site
from planner.records import HalfDay


class Needs(NamedTuple):
    """What may be pinned or published."""

    cadences: tuple[Cadence, ...]
    promotions: tuple[Promotion, ...]
    interviews: tuple[Interview, ...]


def draw_pins(draft: Draft, needs: Needs) -> tuple[tuple[Pin, ...], tuple[Booked, ...]]:
    """At most one pinned permanence, perhaps booked by a partner, one session, one or two interviews."""
    dice = draft.dice
    pins: list[Pin] = []
    booked: list[Booked] = []
    if chance(dice, 0.3):
        for pin in _permanences(draft, needs, 1):
            pins.append(pin)
            booked += _booking(draft, pin)
    if chance(dice, 0.15):
        pins += _sessions(draft, needs, 1)
    pins += _interviews(draft, needs, dice.choice((0, 0, 0, 1, 2)))
    return tuple(pins), tuple(booked)


def draw_published(draft: Draft, needs: Needs) -> Plan:
    """A plan made by nobody: whatever was drawn, consistent or not."""
    count = draft.dice.randint(1, 3)
    permanences = {
        (pin.cadence, pin.on, half): _planned_permanence(pin, half)
        for pin in _permanences(draft, needs, count)
        for half in _halves(needs, pin)
    }
    sessions = [_planned_session(draft, needs, pin) for pin in _sessions(draft, needs, 1)]
    interviews = [_planned_interview(draft, needs, pin) for pin in _interviews(draft, needs, count)]
    return Plan(
        permanences=tuple(sorted(permanences.values(), key=lambda one: (one.cadence, one.on, one.half_day))),
        sessions=tuple(sessions),
        office=tuple(_offices(draft, needs, permanences.values(), interviews)),
        interviews=tuple(sorted(interviews, key=lambda one: one.need)),
    )


def _site(draft: Draft, identifier: str) -> Site:
    return next(site for site in draft.sites if site.id == identifier)


def _team(draft: Draft, count: int) -> tuple[str, ...]:
    chosen = draft.dice.sample(draft.staff, min(count, len(draft.staff)))
    return tuple(sorted(one.id for one in chosen))


def _half_days(draft: Draft, site: Site) -> list[Presence]:
    """Open half-days; now and then closed ones too, so that rules are broken."""
    every = [
        Presence(on, half) for on in dates(draft.span.first_on, draft.span.last_on) for half in HALF_DAYS
    ]
    openable = [one for one in every if opening_on(site, *one)]
    return openable if chance(draft.dice, 0.15) else [one for one in openable if is_open(site, one)]


def _permanences(draft: Draft, needs: Needs, count: int) -> list[Pin]:
    fit = [one for one in needs.cadences if one.kind == "permanence" and not one.follows]
    found = []
    for _ in range(count if fit else 0):
        cadence = draft.dice.choice(fit)
        when = [
            one for one in _half_days(draft, _site(draft, cadence.site))
            if cadence.length in ("half", one.half_day) or (cadence.length == "day" and one.half_day == "am")
        ]  # fmt: skip
        if when:
            on, half_day = draft.dice.choice(when)
            staff = _team(draft, cadence.staff_count)
            found.append(Pin(cadence=cadence.id, on=on, half_day=half_day, staff=staff))
    return found


def _halves(needs: Needs, pin: Pin) -> tuple[HalfDay, ...]:
    cadence = next(one for one in needs.cadences if one.id == pin.cadence)
    return HALF_DAYS if cadence.length == "day" else (pin.half_day or "am",)


def _booking(draft: Draft, pin: Pin) -> tuple[Booked, ...]:
    if pin.cadence is None or pin.half_day is None or not chance(draft.dice, 0.5):
        return ()
    slot = draft.dice.choice((0, 1))
    return (Booked(cadence=pin.cadence, on=pin.on, half_day=pin.half_day, slot=slot),)


def _sessions(draft: Draft, needs: Needs, count: int) -> list[Pin]:
    """A step of the promotion, or the first open session of a cadence, at its own hours."""
    steps = [(group, step) for group in needs.promotions for step in group.sequences if not step.done_on]
    open_ones = [one for one in needs.cadences if one.kind == "session" and one.length != "day"]
    found: list[Pin] = []
    if steps and count:
        group, step = draft.dice.choice(steps)
        found += _session_pin(draft, step, group=group)
    elif open_ones and count:
        found += _session_pin(draft, draft.dice.choice(open_ones))
    return found


def _session_pin(draft: Draft, asked: Sequence | Cadence, group: Promotion | None = None) -> Iterator[Pin]:
    at = group.site if group else asked.site if isinstance(asked, Cadence) else ""
    site = _site(draft, at)
    wanted = asked.length if asked.length in HALF_DAYS else None
    when = [one for one in _half_days(draft, site) if one.half_day == (wanted or one.half_day)]
    if asked.length == "day":
        when = [one for one in when if one.half_day == "am" and opening_on(site, one.on, "pm")]
    if not when:
        return
    on, half_day = draft.dice.choice(when)
    opening = opening_on(site, on, half_day)
    start = minutes_of(opening.from_hour) if opening else 0
    yield Pin(
        promotion=group.id if group else None,
        sequence=asked.id if group else None,
        cadence=None if group else asked.id,
        number=None if group else 1,
        on=on,
        start=hour_of(start + (0 if asked.length == "day" else asked.offset_minutes)),
        room=site.rooms[0].id if asked.needs_room and site.rooms else None,
        staff=_team(draft, asked.staff_count),
    )


def _interviews(draft: Draft, needs: Needs, count: int) -> list[Pin]:
    found = []
    for need in draft.dice.sample(needs.interviews, min(len(needs.interviews), count)):
        found += list(_interview_pin(draft, need))
    return found


def _interview_pin(draft: Draft, need: Interview) -> Iterator[Pin]:
    """On a slot of a site the need allows (any office for a call), by the referent or somebody else."""
    dice = draft.dice
    allowed = [
        s for s in draft.sites if (s.id in need.sites if need.mode == "on_site" else s.kind == "bureau")
    ]
    site = dice.choice(allowed) if allowed else None
    when = _half_days(draft, site) if site else []
    inside = [one for one in when if need.from_on <= one.on <= need.until_on]
    when = when if chance(dice, 0.15) else inside
    if site is None or not when:
        return
    on, half_day = dice.choice(when)
    opening = opening_on(site, on, half_day)
    starts = slot_starts(opening) if opening else []
    if len(starts) < need.slots:
        return
    start = starts[dice.randint(0, len(starts) - need.slots)]
    staff = need.referent if need.referent and chance(dice, 0.8) else dice.choice(draft.staff).id
    at = site.id if need.mode == "on_site" else None
    yield Pin(need=need.id, on=on, start=hour_of(start), site=at, staff=(staff,))


def _planned_permanence(pin: Pin, half_day: HalfDay) -> PlannedPermanence:
    return PlannedPermanence(cadence=pin.cadence or "", on=pin.on, half_day=half_day, staff=pin.staff)


def _planned_session(draft: Draft, needs: Needs, pin: Pin) -> PlannedSession:
    steps = {
        (group.id, step.id): (group.site, step) for group in needs.promotions for step in group.sequences
    }
    cadences = {one.id: one for one in needs.cadences}
    asked: Sequence | Cadence
    if pin.promotion:
        site, asked = steps[pin.promotion, pin.sequence or ""]
    else:
        asked = cadences[pin.cadence or ""]
        site = asked.site
    starts_at = instant(draft.span.zone, pin.on, pin.start or "")
    ends_at = starts_at + timedelta(minutes=asked.duration_minutes)
    evening = opening_on(_site(draft, site), pin.on, "pm")
    if asked.length == "day" and evening:
        ends_at = instant(draft.span.zone, pin.on, evening.to_hour)
    return PlannedSession(starts_at=starts_at, ends_at=ends_at, site=site, staff=pin.staff, room=pin.room,
                          promotion=pin.promotion, sequence=pin.sequence, cadence=pin.cadence,
                          number=pin.number)  # fmt: skip


def _planned_interview(draft: Draft, needs: Needs, pin: Pin) -> PlannedInterview:
    need = next(one for one in needs.interviews if one.id == pin.need)
    starts_at = instant(draft.span.zone, pin.on, pin.start or "")
    places = [_site(draft, pin.site)] if pin.site else [one for one in draft.sites if one.kind == "bureau"]
    minutes = next(_lengths(places, pin.on, minutes_of(pin.start or ""), need.slots), 60 * need.slots)
    return PlannedInterview(need=need.id, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes),
                            staff=pin.staff[0], site=pin.site)  # fmt: skip


def _lengths(sites: list[Site], on: date, start: int, slots: int) -> Iterator[int]:
    """Minutes of `slots` slots in a row from `start`, at each site where a slot starts then."""
    for site in sites:
        for half_day in HALF_DAYS:
            opening = opening_on(site, on, half_day)
            if opening and start in slot_starts(opening):
                yield slots * opening.slot_minutes + (slots - 1) * opening.buffer_minutes


def _offices(
    draft: Draft, needs: Needs, permanences: Iterable[PlannedPermanence], interviews: list[PlannedInterview]
) -> list[OfficeHalfDay]:
    """The office half-days of the interviews that no permanence of their staff holds."""
    place = {one.id: one.site for one in needs.cadences}
    held = {(staff, place[one.cadence], one.on, one.half_day) for one in permanences for staff in one.staff}
    found = set()
    for one in interviews:
        if one.site is None or _site(draft, one.site).kind != "bureau":
            continue
        on, hour = one.starts_at.date(), f"{one.starts_at:%H:%M}"
        for half_day in HALF_DAYS:
            opening = opening_on(_site(draft, one.site), on, half_day)
            if opening and opening.from_hour <= hour < opening.to_hour:
                found.add((one.staff, one.site, on, half_day))
    return [OfficeHalfDay(staff=a, site=b, on=c, half_day=d) for a, b, c, d in sorted(found - held)]
