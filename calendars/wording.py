"""How each booking is worded as an event. One function a kind; what a feed may not show is not passed on."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

from calendars.booking import (
    Booking,
    Closure,
    FreePlace,
    HalfDayClosure,
    InterviewBooking,
    MeetingBooking,
    OfficeBooking,
    Orientation,
    PermanenceBooking,
    Place,
    ProtectedTime,
    SessionBooking,
    TakenPlace,
)
from calendars.texts import CANCELLED_BY, EVENT, KIND, LINE, clock


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one event: everything but its identity, its times and its state."""

    summary: str
    lines: tuple[str | None, ...] = ()
    location: str | None = None
    transparent: bool = False


class Permissions(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed lets through. References reach the records only where territory and subscriber agree."""

    taken_times: bool = False
    references: bool = False


def permanence(booking: PermanenceBooking, zone: ZoneInfo, may: Permissions) -> Event:
    place, taken = booking.place, booking.taken
    summary = EVENT["permanence"].format(place=place.shown_name, taken=len(taken), all=booking.places_count)
    times = _taken(taken, zone, references=may.references) if may.taken_times else None
    counted = LINE["count_taken"].format(taken=len(taken), all=booking.places_count)
    with_whom = _people("with" if may.taken_times else "present", booking.staff)
    return Event(
        summary=summary,
        lines=(times or counted, with_whom, *_reaching(place)),
        location=_location(place),
    )


def interview(booking: InterviewBooking, _zone: ZoneInfo, may: Permissions) -> Event:
    minutes = (booking.ends_at - booking.starts_at) // timedelta(minutes=1)
    reference = booking.reference if may.references else None
    return Event(
        summary=EVENT["interview"].format(place=_interview_place(booking)),
        lines=(
            LINE["kind"].format(kind=KIND[booking.kind]),
            LINE["length"].format(minutes=minutes),
            _people("with", booking.staff),
            LINE["reference"].format(reference=reference) if reference else None,
        ),
        location=_location(booking.place) if booking.place and booking.mode == "on_site" else None,
    )


def session(booking: SessionBooking, _zone: ZoneInfo, _may: Permissions) -> Event:
    title = booking.title
    if booking.position and booking.positions_count:
        title = EVENT["session_title"].format(
            position=booking.position, count=booking.positions_count, title=title
        )
    place = booking.place.shown_name if booking.place else ""
    key = "session" if booking.place else "session_elsewhere"
    return Event(
        summary=EVENT[key].format(kind=booking.kind_name, place=place, title=title),
        lines=(
            LINE["room"].format(room=booking.room) if booking.room else None,
            _people("animators", booking.staff),
            LINE["speaker"].format(speaker=booking.speaker) if booking.speaker else None,
            *(_reaching(booking.place) if booking.place else ()),
        ),
        location=_location(booking.place) if booking.place else None,
    )


def meeting(booking: MeetingBooking, _zone: ZoneInfo, _may: Permissions) -> Event:
    where = LINE["place"].format(place=booking.location) if booking.location else None
    return Event(
        summary=booking.title, lines=(where, _people("with", booking.staff)), location=booking.location
    )


def office(booking: OfficeBooking, _zone: ZoneInfo, _may: Permissions) -> Event:
    return Event(
        summary=EVENT["office"],
        lines=(_people("present", booking.staff),),
        location=_location(booking.place),
        transparent=True,
    )


def protected(booking: ProtectedTime, _zone: ZoneInfo, _may: Permissions) -> Event:
    return Event(summary=EVENT["protected"], lines=(_people("present", booking.staff),))


def closure(booking: Closure | HalfDayClosure, _zone: ZoneInfo, _may: Permissions) -> Event:
    summary = EVENT["closure"].format(place=booking.place.shown_name)
    return Event(summary=summary, location=_location(booking.place), transparent=True)


def free_place(booking: FreePlace, _zone: ZoneInfo, _may: Permissions) -> Event:
    return Event(
        summary=EVENT["free_place"].format(place=booking.place.shown_name),
        lines=(LINE["book"],),
        location=_location(booking.place),
        transparent=True,
    )


def orientation(booking: Orientation, _zone: ZoneInfo, may: Permissions) -> Event:
    label = booking.label if may.references else None
    return Event(
        summary=EVENT["orientation"].format(place=booking.place.shown_name),
        lines=(LINE["label"].format(label=label) if label else None, *_reaching(booking.place)),
        location=_location(booking.place),
        transparent=True,
    )


def description(event: Event, booking: Booking) -> str:
    """The lines of the event, why it is cancelled if it is, and the link, one under the other."""
    why = CANCELLED_BY.get(booking.cancelled_by or "") if booking.status == "cancelled" else None
    return "\n".join(line for line in (why, *event.lines, booking.url) if line)


def _taken(taken: Iterable[TakenPlace], zone: ZoneInfo, *, references: bool) -> str:
    ordered = sorted(taken, key=lambda place: (place.starts_at, place.reference or ""))
    times = [
        f"{clock(place.starts_at.astimezone(zone))}{f' {place.reference}' if references and place.reference else ''}"
        for place in ordered
    ]
    return LINE["taken"].format(times=", ".join(times)) if times else LINE["none_taken"]


def _people(key: str, staff: tuple[str, ...]) -> str | None:
    return LINE[key].format(staff=", ".join(staff)) if staff else None


def _reaching(place: Place) -> tuple[str | None, ...]:
    return (
        LINE["phone"].format(phone=place.phone) if place.phone else None,
        LINE["phones_outside"] if place.phones_outside else None,
    )


def _interview_place(booking: InterviewBooking) -> str:
    if booking.mode == "telephone":
        return EVENT["by_telephone"]
    if booking.mode == "video":
        return EVENT["by_video"]
    if booking.place is None:
        return EVENT["somewhere"]
    return EVENT["at_office"] if booking.place.office else booking.place.shown_name


def _location(place: Place) -> str | None:
    return place.address or place.shown_name
