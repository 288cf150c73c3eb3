"""A territory's calendar: everything published, for those who coordinate it; nothing about participants."""

from calendars import wording
from calendars.booking import (
    Closure,
    HalfDayClosure,
    InterviewBooking,
    MeetingBooking,
    OfficeBooking,
    PermanenceBooking,
    ProtectedTime,
    SessionBooking,
)
from calendars.writer import FeedWriter

TERRITORY = FeedWriter(
    wordings={
        PermanenceBooking: wording.permanence,
        InterviewBooking: wording.interview,
        SessionBooking: wording.session,
        MeetingBooking: wording.meeting,
        OfficeBooking: wording.office,
        ProtectedTime: wording.protected,
        Closure: wording.closure,
        HalfDayClosure: wording.closure,
    }
)
