"""Orientations as rows and as one page: when, where, whose reference, in which state."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from service.actions.read_orientations import OrientationView
from service.catalogue import text
from service.french_text import day_month, long_date, ordinal, short_date
from service.partners.opened import PartnerFacts
from service.partners.orientation_words import STATUS_WORDS
from service.partners.when import hour, local_date, site_name

TAGS = {"planned": "", "honoured": "is-good", "missed": "is-bad", "waiting": "is-warn"}


class OrientationRow(NamedTuple):
    """One orientation in words; `leave_by` is by when the autorisation de sortie is asked."""

    id: UUID
    when: str
    site: str
    label: str
    status: str
    tag: str
    leave_by: str
    is_open: bool
    is_seat: bool
    waits: bool


def row_of(facts: PartnerFacts, view: OrientationView) -> OrientationRow:
    one = view.orientation
    status = text(STATUS_WORDS[view.status])
    if view.rank is not None:
        status = text("{rank} sur la liste", rank=ordinal(view.rank))
    return OrientationRow(
        id=one.id,
        when=_when(facts, view),
        site=facts.promotions[one.promotion].name if one.promotion else site_name(facts, view.site or ""),
        label=one.label or text("effacée"),
        status=status,
        tag=TAGS.get(view.status, ""),
        leave_by=_leave_by(one.leave_by_on) if view.is_open and one.asks_leave else "",
        is_open=view.is_open,
        is_seat=one.promotion is not None,
        waits=view.status == "waiting",
    )


def when_in_full(facts: PartnerFacts, view: OrientationView) -> str:
    """`lundi 30 novembre 2026, 14 h 45`, or what is known instead of a date."""
    if view.orientation.state == "waiting" or view.starts_at is None:
        return _when(facts, view)
    return f"{long_date(local_date(facts, view.starts_at))}, {hour(facts, view.starts_at)}"


def _when(facts: PartnerFacts, view: OrientationView) -> str:
    if view.orientation.state == "waiting":
        return text(
            "en attente depuis le {day}", day=day_month(local_date(facts, view.orientation.created_at))
        )
    if view.starts_at is None:
        return text("première séance à fixer")
    return f"{short_date(local_date(facts, view.starts_at))}, {hour(facts, view.starts_at)}"


def _leave_by(on: date | None) -> str:
    return text("avant le {day}", day=short_date(on)) if on else text("à demander")
