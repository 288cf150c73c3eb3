"""Partners and what is opened to them."""

from datetime import date
from typing import Any

import msgspec

from db.records.base import Fact, Instant, Record


class PartnerSite(Record, frozen=True, kw_only=True):
    """Null hours: those of the partner."""

    site: str
    lead_hours: int | None = None
    cut_off_hours: int | None = None
    from_on: date | None = None
    until_on: date | None = None


class Partner(Fact, frozen=True, kw_only=True):
    name: str
    kind: str = "spip"
    email: str | None = None
    phone: str | None = None
    convention: dict[str, Any] = msgspec.field(default_factory=dict)
    lead_hours: int = 24
    cut_off_hours: int = 0
    archived_at: Instant | None = None
    sites: tuple[PartnerSite, ...] = ()
