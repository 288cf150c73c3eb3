"""The feeds of a territory, written from one reading of what is published."""

from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from calendars.booking import Booking, FreePlace
from calendars.feeds.free_busy import free_busy
from calendars.feeds.partner import PARTNER
from calendars.feeds.promotion import PROMOTION
from calendars.feeds.site import SITE
from calendars.feeds.staff import STAFF
from calendars.feeds.territory import TERRITORY
from calendars.writer import Feed, FeedHead, FeedWriter, Kept
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.feed_facts import event_stamps, meeting_leavers, orientation_events, places_changed_at
from db.queries.places import places_taken
from db.queries.territories import territory_by_id
from db.records.facts import Facts
from db.records.territory import Territory
from db.transaction import snapshot
from service.errors import NotFound
from service.feed_options import PLAIN, FeedOptions
from service.translate.bookings import Bookings, Published
from service.translate.fact_bookings import FactBookings
from service.translate.horizon import AROUND
from service.translate.partner_bookings import HOSTS, PartnerBookings

KINDS = ("staff", "site", "promotion", "territory", "partner", "free_busy")
REFERENCES_SETTING = "feed_references"
"""The territory's setting that lets references into feeds."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed is about: a person, a site, a promotion, or the whole territory."""

    kind: str
    id: UUID
    code: str
    title: str


def subjects_of(facts: Facts) -> list[Subject]:
    """Everything of a territory that has a feed, archived things left out."""
    territory = facts.territory
    found = [
        Subject(kind="staff", id=_id(one.id), code=one.code, title=f"{one.code} · {territory.name}")
        for one in facts.staff
        if one.archived_at is None
    ]
    found += [
        Subject(kind="site", id=_id(one.id), code=one.code, title=one.short_name or one.name)
        for one in facts.sites
        if one.archived_at is None
    ]
    found += [
        Subject(kind="promotion", id=_id(one.id), code=one.code, title=one.name)
        for one in facts.promotions
        if one.archived_at is None
    ]
    for one in facts.partners:
        if one.archived_at is None:
            title = f"{one.name} · {territory.name}"
            found.append(Subject(kind="partner", id=_id(one.id), code=one.code, title=title))
            found.append(Subject(kind="free_busy", id=_id(one.id), code=one.code, title=title))
    return [*found, Subject(kind="territory", id=territory.id, code=territory.code, title=territory.name)]


class Feeds:
    """Every feed of one territory, as read once; bytes depend on `as_of` only where time passes."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._bookings = Bookings(published)
        self._fact_bookings = FactBookings(published)
        self._partner_bookings = PartnerBookings(published)

    @property
    def facts(self) -> Facts:
        return self._published.facts

    def subjects(self) -> list[Subject]:
        """Everything that has a feed, archived things left out."""
        return subjects_of(self._published.facts)

    def subject(self, kind: str, subject_id: UUID) -> Subject:
        """Raises `NotFound`."""
        for one in self.subjects():
            if (one.kind, one.id) == (kind, subject_id):
                return one
        raise NotFound

    def write(
        self, subject: Subject, as_of: datetime, options: FeedOptions = PLAIN, kept: Kept | None = None
    ) -> Feed:
        """The bytes of one feed as read at an instant; `kept` are its events as written before.

        References are shown where the territory allows them too.
        """
        territory = self._published.facts.territory
        allowed = options.references and references_allowed(territory)
        options = msgspec.structs.replace(options, references=allowed)
        head = FeedHead(title=subject.title, zone=territory.zone)
        if subject.kind in ("partner", "free_busy"):
            return self._for_partner(subject, head, as_of, kept, options)
        writer, bookings = self._content(subject, options)
        return writer.write(head, bookings, as_of, kept)

    def _for_partner(
        self, subject: Subject, head: FeedHead, as_of: datetime, kept: Kept | None, options: FeedOptions
    ) -> Feed:
        """Holds that end by themselves make the bytes stale too."""
        partner = next(one for one in self._published.facts.partners if one.id == subject.id)
        bookings = self._partner_bookings.of(partner, as_of, labels=options.references)
        if subject.kind == "free_busy":
            free = [one for one in bookings if isinstance(one, FreePlace)]
            feed = free_busy(head, uuid5(subject.id, "free time"), free, as_of)
        else:
            feed = PARTNER.write(head, bookings, as_of, kept)
        expiry = self._partner_bookings.next_expiry(as_of)
        if expiry is None or expiry >= feed.next_change_at:
            return feed
        return msgspec.structs.replace(feed, next_change_at=expiry)

    def _content(self, subject: Subject, options: FeedOptions) -> tuple[FeedWriter, list[Booking]]:
        held, facts = self._bookings, self._fact_bookings
        if subject.kind == "staff":
            kept_free = facts.protected(subject.code) if options.protected else []
            own = held.of_staff(subject.code, options)
            return STAFF, [*own, *facts.meetings_of(subject.code), *kept_free]
        if subject.kind == "site":
            return SITE, [*held.of_site(subject.code), *facts.closures(subject.code)]
        if subject.kind == "promotion":
            return PROMOTION, held.of_promotion(subject.code)
        return TERRITORY, [*held.of_territory(options), *facts.meetings(), *facts.closures()]


def references_allowed(territory: Territory) -> bool:
    """Whether references of participants may stand in feeds whose owners ask for them."""
    return bool(territory.settings.get(REFERENCES_SETTING, False))


def _id(known: UUID | None) -> UUID:
    assert known is not None
    return known


async def read_feeds(
    territory_id: UUID, now: datetime, address: str | None = None, known: Feeds | None = None
) -> Feeds:
    """Everything published from the beginning of last month on; `address` is that of the territory's pages.

    Facts are taken from an earlier reading while the territory's revision is the same. Raises `NotFoundError`.
    """
    async with snapshot():
        facts = await _facts(territory_id, known.facts if known else None)
        wanted = Wanted(from_on=now.date() - 2 * AROUND)
        assignments = await assignments_of(territory_id, wanted)
        hosts = [one.id for one in assignments if one.kind in HOSTS]
        published = Published(
            facts=facts,
            assignments=assignments,
            taken=await places_taken(hosts, now=now),
            places_changed_at=await places_changed_at(hosts),
            orientations=await orientation_events(territory_id),
            leavers=await meeting_leavers(territory_id),
            stamps=await event_stamps(territory_id),
            address=address,
        )
    return Feeds(published)


async def _facts(territory_id: UUID, known: Facts | None) -> Facts:
    if known is not None:
        found = await territory_by_id(territory_id)
        if (found.facts_revision, found.version) == (known.territory.facts_revision, known.territory.version):
            return known
    return await facts_of(territory_id)
