"""A site's calendar: who is present when, sessions, closures; nothing about participants."""

from calendars import wording
from calendars.booking import Closure, HalfDayClosure, PermanenceBooking, SessionBooking
from calendars.writer import FeedWriter

SITE = FeedWriter(
    wordings={
        PermanenceBooking: wording.permanence,
        SessionBooking: wording.session,
        Closure: wording.closure,
        HalfDayClosure: wording.closure,
    }
)
