"""A partner's calendar: free places at its sites and its own orientations, neither of which blocks its agenda."""

from calendars import wording
from calendars.booking import FreePlace, Orientation
from calendars.writer import FeedWriter

PARTNER = FeedWriter(
    wordings={FreePlace: wording.free_place, Orientation: wording.orientation},
    may=wording.Permissions(references=True),
)
