"""Calendar feeds out, busy time in."""

from piccolo.columns import UUID, Bytea, Integer
from piccolo.table import Table

from db.tables.columns import Edited, Kept, date, instant, json, label, part_of, text
from db.tables.staff import StaffMember
from db.tables.territory import Territory


class FeedToken(Kept, Table):
    """One secret address: a feed for one device; the token itself is stored nowhere."""

    territory = part_of(Territory)
    token_hash = label()
    kind = label()
    subject_id = UUID(default=None, null=True, index=True)
    device = label()
    options = json()
    made_by = UUID(default=None, null=True)
    last_used_at = instant(null=True)
    revoked_at = instant(null=True)


class FeedBody(Kept, Table):
    """The bytes of a feed as made from one `revision` of what is published, on one day."""

    territory = part_of(Territory)
    kind = label()
    subject_id = UUID(default=None)
    variant = label()
    revision = Integer(default=0)
    made_on = date(null=True)
    stale_at = instant(null=True)
    etag = label()
    last_modified_at = instant()
    body = Bytea(default=b"")


class BusySource(Edited, Table):
    """A person's own agenda: where it comes from, how the last reading went."""

    staff = part_of(StaffMember)
    kind = label()
    name = label()
    address_sealed = Bytea(default=None, null=True)
    etag = label(null=True)
    last_modified = label(null=True)
    last_tried_at = instant(null=True)
    last_success_at = instant(null=True)
    last_error = text(null=True)
    last_error_at = instant(null=True)
    warnings = json(default="[]")
    removed_at = instant(null=True)


class BusyInterval(Kept, Table):
    """Times only, no titles."""

    source = part_of(BusySource)
    starts_at = instant(index=True)
    ends_at = instant()
