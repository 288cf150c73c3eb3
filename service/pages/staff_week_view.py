"""A person's week in published words: what, when, where; never a draft."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.staff import Meeting
from service.catalogue import counted, text
from service.french_text import clock, day_date, short_period
from service.pages.facts.dated import named_days_off
from service.pages.phone.absence_view import absence_on

KINDS = {"permanence": "perm", "session": "promo", "interview": "office", "office": "office"}
INTERVIEW_WORDS = {"diagnostic": "Premier entretien", "suivi": "Suivi", "bilan": "Bilan"}
MODE_WORDS = {"phone": "au téléphone", "video": "en visio"}
CANCELLED_BY = {"us": "par nous", "site": "par le lieu", "person": "par la personne"}


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a day. `id` is empty for what cannot be called off here; `inside` are hours and people of a half-day."""

    kind: str
    starts: str
    ends: str
    title: str
    place: str
    id: str = ""
    cancelled: bool = False
    inside: tuple[tuple[str, str], ...] = ()


class WeekDay(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    words: str
    today: bool
    events: tuple[Event, ...]
    off: tuple[str, ...] = ()
    """Why one is not awaited: a public holiday, one's own absences."""


class StaffWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A week as it is read today: what is over goes last."""

    title: str
    days: tuple[WeekDay, ...]
    today_on: date
    before_on: date
    after_on: date

    @property
    def coming(self) -> tuple[WeekDay, ...]:
        return tuple(day for day in self.days if day.on >= self.today_on or not self.holds_today)

    @property
    def gone(self) -> tuple[WeekDay, ...]:
        return tuple(day for day in self.days if day.on < self.today_on and self.holds_today)

    @property
    def is_empty(self) -> bool:
        """Nothing is on, whether one is away or not."""
        return not any(day.events for day in self.days)

    @property
    def holds_today(self) -> bool:
        return self.before_on + timedelta(days=7) <= self.today_on < self.after_on


def meetings_of(facts: Facts, staff: str) -> tuple[Meeting, ...]:
    """Those that stand and that the person attends."""
    return tuple(one for one in facts.meetings if staff in one.attendees and one.status == "planned")


def staff_week(
    facts: Facts, staff: str, mine: tuple[Assignment, ...], monday: date, now: datetime
) -> StaffWeek:
    """Monday to Friday, a day of the week-end when something is on; the half-days of the office are told by their interviews.

    `now` is in the territory's zone.
    """
    zone = ZoneInfo(facts.territory.zone)
    shown, meetings = [one for one in mine if one.kind != "office"], meetings_of(facts, staff)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    off = _off(facts, staff, days)
    held = {one.held_on for one in shown} | {one.starts_at.astimezone(zone).date() for one in meetings}
    return StaffWeek(
        title=short_period(monday, monday + timedelta(days=4)),
        days=tuple(
            msgspec.structs.replace(
                _day(facts, zone, on, [one for one in shown if one.held_on == on], meetings, now), off=off[on]
            )
            for on in days
            if on.weekday() < 5 or on in held
        ),
        today_on=now.date(),
        before_on=monday - timedelta(days=7),
        after_on=monday + timedelta(days=7),
    )


def _off(facts: Facts, staff: str, days: list[date]) -> dict[date, tuple[str, ...]]:
    """Of each day its public holiday and the person's own absences, in words."""
    named, zone = named_days_off(facts, days[0], days[-1]), ZoneInfo(facts.territory.zone)
    absences = [one for one in facts.absences if one.staff == staff]
    holidays = {on: (text("Férié : {name}", name=name),) for on, name in named.items()}
    return {
        on: holidays.get(on, ()) + tuple(word for one in absences if (word := absence_on(one, on, zone)))
        for on in days
    }


def _day(
    facts: Facts,
    zone: ZoneInfo,
    on: date,
    own: list[Assignment],
    meetings: tuple[Meeting, ...],
    now: datetime,
) -> WeekDay:
    hosts = {one.id for one in own if one.kind == "permanence"}
    events = [(one.starts_at, _event(facts, now, one, own)) for one in own if one.host_id not in hosts]
    events += [
        (one.starts_at, _meeting(facts, zone, one))
        for one in meetings
        if one.starts_at.astimezone(zone).date() == on
    ]
    words = day_date(on)
    if on == now.date():
        words = text("Aujourd’hui, {day}", day=words)
    ordered = sorted(events, key=lambda pair: pair[0])
    return WeekDay(
        on=on,
        words=words[:1].upper() + words[1:],
        today=on == now.date(),
        events=tuple(event for _, event in ordered),
    )


def _event(facts: Facts, now: datetime, one: Assignment, own: list[Assignment]) -> Event:
    zone = ZoneInfo(facts.territory.zone)
    sites = {site.code: site.name for site in facts.sites}
    place = sites.get(one.site or "", "") or text(MODE_WORDS.get(one.mode or "", "à distance"))
    if one.kind == "permanence":
        taken = sum(other.host_id == one.id and other.status != "cancelled" for other in own)
        booked = counted("{n} créneau pris", "{n} créneaux pris", taken)
        place = f"{place} · {booked} {text('sur {places}', places=one.places)}" if one.places else place
    cancelled = one.status == "cancelled"
    title = title_of(facts, one)
    if cancelled:
        by = text(CANCELLED_BY.get(one.cancelled_by or "us", "par nous"))
        title = text("Annulé {by} : {title}", by=by, title=title)
    return Event(
        kind="cancelled" if cancelled else _kind(one),
        starts=_clock(zone, one.starts_at),
        ends=_clock(zone, one.ends_at),
        title=title,
        place=place,
        id=str(one.id) if one.ends_at > now and not cancelled else "",
        cancelled=cancelled,
        inside=_inside(facts, zone, one, own),
    )


def _inside(
    facts: Facts, zone: ZoneInfo, host: Assignment, own: list[Assignment]
) -> tuple[tuple[str, str], ...]:
    within = [one for one in own if one.host_id == host.id and one.status != "cancelled"]
    return tuple((_clock(zone, one.starts_at), title_of(facts, one)) for one in within)


def _kind(one: Assignment) -> str:
    return "atelier" if one.kind == "session" and one.promotion is None else KINDS[one.kind]


def title_of(facts: Facts, one: Assignment) -> str:
    """Permanence, Gagny; Suivi, KM4821; Promotion 7."""
    sites = {site.code: site.short_name or site.name for site in facts.sites}
    if one.kind == "permanence":
        return text("Permanence, {site}", site=sites.get(one.site or "", ""))
    if one.kind == "session":
        names = {
            **{found.code: found.name for found in facts.cadences},
            **{found.code: found.name for found in facts.promotions},
        }
        return names.get(one.promotion or one.cadence or "", text("Séance"))
    words = text(INTERVIEW_WORDS.get(one.interview_kind or "suivi", "Entretien"))
    return f"{words}, {one.participant}" if one.participant else words


def _meeting(facts: Facts, zone: ZoneInfo, one: Meeting) -> Event:
    sites = {site.code: site.name for site in facts.sites}
    place = sites.get(one.site or "", one.place)
    return Event(
        kind="team",
        starts=_clock(zone, one.starts_at),
        ends=_clock(zone, one.ends_at),
        title=one.title,
        place=place,
    )


def _clock(zone: ZoneInfo, at: datetime) -> str:
    return clock(at.astimezone(zone).time(), padded=True)
