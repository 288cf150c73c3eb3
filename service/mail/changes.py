"""What changed for whom: events of published things become lines, and lines become messages.

A person reads only what changes for them. Participants are never named, not even by reference.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from db.records.assignment import AssignmentEvent
from db.records.facts import Facts
from service.catalogue import text
from service.french_text import clock, long_date

SOON = timedelta(hours=24)
KINDS = {
    "permanence": "permanence",
    "session": "séance collective",
    "office": "demi-journée au bureau",
    "interview": "entretien",
}
UNTOLD = frozenset({"attendance", "given", "renumbered"})
"""What happens to an hour that a person holds already: who came, which nameless interview gave its hour."""
NOTICED = ("starts_at", "ends_at", "site", "room", "status", "mode")
GONE = ("cancelled",)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One event as one person sees it. `soon`: within 24 hours of it happening; `site` in the words of the line.

    `was` and `now` are what the line tells of before and after, empty where there is none.
    """

    event: AssignmentEvent
    staff: str
    line: str
    soon: bool
    what: str
    site: str | None = None
    was: str = ""
    now: str = ""


def changes_of(event: AssignmentEvent, facts: Facts) -> list[Change]:
    """For each person that it changes something for, by staff code."""
    if event.what in UNTOLD:
        return []
    before, after = event.before or {}, event.after or {}
    was, now = _people(before), _people(after)
    zone = ZoneInfo(facts.territory.zone)
    was_told, now_told = (told(one, facts, zone) if one else "" for one in (before, after))
    found = []
    for staff in sorted(was | now):
        what = _what(staff in was, staff in now, before, after)
        if what is not None:
            change = Change(
                event=event,
                staff=staff,
                line=text(WORDS[what], now=now_told, was=was_told),
                soon=_soon(event, before, after),
                what=what,
                site=_site(after or before, facts),
                was=was_told,
                now=now_told,
            )
            found.append(change)
    return found


def _people(content: Mapping[str, Any]) -> set[str]:
    return set() if content.get("status") in GONE else set(content.get("staff", ()))


def _what(was: bool, now: bool, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    if now and not was:
        return "new"
    if was and not now:
        return "cancelled" if after.get("status") in GONE else "left"
    changed = any(before.get(name) != after.get(name) for name in NOTICED)
    return "changed" if changed else None


def _soon(event: AssignmentEvent, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    starts = [instant_of(one["starts_at"]) for one in (before, after) if one.get("starts_at")]
    return any(event.at - timedelta(hours=4) <= start <= event.at + SOON for start in starts)


def instant_of(value: Any) -> datetime:
    """An instant of a content, as stored or as it is."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found.astimezone(UTC)


WORDS = {
    "new": "Nouveau : {now}",
    "left": "Ne vous concerne plus : {was}",
    "cancelled": "Annulé : {was}",
    "changed": "Changé : {now} (avant : {was})",
}


def told(content: Mapping[str, Any], facts: Facts, zone: ZoneInfo) -> str:
    """`lundi 14 décembre 2026, 9 h à 12 h, permanence, CSL Gagny`."""
    starts, ends = (instant_of(content[name]).astimezone(zone) for name in ("starts_at", "ends_at"))
    words = [
        long_date(starts.date()),
        f"{clock(starts.time())} à {clock(ends.time())}",
        text(KINDS.get(str(content["kind"]), "rendez-vous")),
    ]
    site = _site(content, facts)
    return ", ".join([*words, site] if site else words)


def _site(content: Mapping[str, Any], facts: Facts) -> str | None:
    return next((one.name for one in facts.sites if one.code == content.get("site")), None)
