"""A promotion's calendar: its sessions, for those who animate them and for the site."""

from calendars import wording
from calendars.booking import SessionBooking
from calendars.writer import FeedWriter

PROMOTION = FeedWriter(wordings={SessionBooking: wording.session})
