"""What is never changed afterwards: the audit trail, erasures, sealed reports."""

from piccolo.columns import UUID
from piccolo.table import Table

from db.tables.columns import Kept, instant, json, label


class AuditTrail(Kept, Table):
    """Who did or read what, when, from where: by reference, without personal values.

    The database refuses to change a row, and to delete one that is not released by `TrailAging`.
    """

    at = instant(index=True)
    territory_id = UUID(default=None, null=True, index=True)
    actor_id = UUID(default=None, null=True, index=True)
    actor_label = label(null=True)
    action = label()
    about_kind = label(null=True)
    about_ref = label(null=True, index=True)
    address = label(null=True)
    detail = json()


class TrailAging(Kept, Table):
    """While a row stands here, rows of the trail older than `before_at` may be deleted."""

    before_at = instant()


class ErasureMemory(Kept, Table):
    """An erasure, remembered so that it is done again after a restore."""

    territory_id = UUID(default=None, null=True)
    about_kind = label()
    about_ref = label()
    erased_at = instant()
    asked_by = UUID(default=None, null=True)
