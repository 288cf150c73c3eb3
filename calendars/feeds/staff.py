"""One staff member's own calendar: their presences and appointments, who with, never a participant's name."""

from calendars import wording
from calendars.booking import (
    InterviewBooking,
    MeetingBooking,
    OfficeBooking,
    PermanenceBooking,
    ProtectedTime,
    SessionBooking,
)
from calendars.writer import FeedWriter

STAFF = FeedWriter(
    wordings={
        PermanenceBooking: wording.permanence,
        InterviewBooking: wording.interview,
        SessionBooking: wording.session,
        MeetingBooking: wording.meeting,
        OfficeBooking: wording.office,
        ProtectedTime: wording.protected,
    },
    may=wording.Permissions(taken_times=True, references=True),
)
