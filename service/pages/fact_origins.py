"""Who entered the facts that an explanation names, and when: read from the trail, in a few words."""

from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from db.queries.trail import trail_kind, written_about
from db.records import cadence, participant, site, staff
from db.records.base import Fact as Entered
from db.records.trail import TrailEntry
from planner.problem import Problem
from planner.why.fact import Fact
from service.catalogue import text
from service.french_text import plain_date

MOST = 2
HOUSE = "escale"
"""The author of what was loaded by a command, or with the territory."""


class Source(NamedTuple):
    """The thing of the trail that a fact was entered with; `fields`: only a change of these tells of it."""

    kind: str
    ref: str
    fields: frozenset[str] = frozenset()


Sources = tuple[Source, ...]


def _of(record: type[Entered], ref: str, *fields: str) -> Source:
    return Source(trail_kind(record), ref, frozenset(fields))


def _own(record: type[Entered]) -> Callable[[Fact], Sources]:
    """A fact that is a thing of its own."""
    return lambda fact: (_of(record, fact.about),)


def _site(*fields: str) -> Callable[[Fact], Sources]:
    return lambda fact: (_of(site.Site, fact.site, *fields),)


def _person(*fields: str) -> Callable[[Fact], Sources]:
    return lambda fact: (_of(staff.StaffMember, fact.staff, *fields),)


def _cadence(*fields: str) -> Callable[[Fact], Sources]:
    return lambda fact: (_of(cadence.Cadence, fact.about, *fields),)


def _promotion(*fields: str) -> Callable[[Fact], Sources]:
    return lambda fact: (_of(cadence.Promotion, fact.about.partition("/")[0], *fields),)


def _asked(*fields: str) -> Callable[[Fact], Sources]:
    """A sequence of a promotion; else a cadence, or a need that was typed: one that follows from a rhythm has its code."""

    def sources(fact: Fact) -> Sources:
        if "/" in fact.about:
            return _promotion("sequences")(fact)
        return (_of(participant.InterviewNeed, fact.about, *fields), *_cadence(*fields)(fact))

    return sources


def _limit(fact: Fact) -> Sources:
    return _person(f"max_half_days_{fact.about}")(fact)


SOURCES: dict[str, Callable[[Fact], Sources]] = {
    "absence": _own(staff.Absence),
    "meeting": _own(staff.Meeting),
    "pattern": _person("availability", "active_from_on", "active_until_on"),
    "authorisation": _person("accreditations"),
    "skill": _person("skills"),
    "opening": _site("openings"),
    "opening_hours": _site("openings"),
    "closure": _own(site.Closure),
    "access_notice": _site("access_notice_days"),
    "window": _asked("from_on", "until_on"),
    "hours": lambda fact: (_of(participant.Participant, fact.about, "hours", "any_hour"),),
    "leave_notice": _asked("leave_notice_days"),
    "weekday": _promotion("weekday"),
    "half_day": _promotion("half_day"),
    "spacing": _asked("min_days"),
    "speaker_dates": _promotion("sequences"),
    "room": _site("rooms"),
    "places": _site("interview_places"),
    "partner_places": _cadence("partner_places"),
    "contract": _limit,
    "protected": _person("protected_half_days"),
    "exception": _cadence("exceptions"),
}
"""Of the kinds of fact that somebody enters; what is computed, booked or placed says so itself."""


async def origins(territory_id: UUID, problem: Problem, told: Iterable[tuple[Fact, ...]]) -> tuple[str, ...]:
    """For the facts of each sentence: saisi par A. Martin le 14 octobre 2026; empty where the trail does not know."""
    groups = [tuple(source for fact in facts for source in _sources(fact)) for facts in told]
    every = {source for group in groups for source in group}
    if not every:
        return tuple("" for _ in groups)
    entries = await written_about(territory_id, {one.kind for one in every}, {one.ref for one in every})
    return tuple(_words(group, entries, ZoneInfo(problem.zone)) for group in groups)


def _sources(fact: Fact) -> Sources:
    found = SOURCES.get(fact.kind)
    return found(fact) if found else ()


def _words(sources: Sources, entries: tuple[TrailEntry, ...], zone: ZoneInfo) -> str:
    """What tells of several people or half-days at once: the newest entries of all of them."""
    found = [entry for source in sources if (entry := _entry(source, entries)) is not None]
    newest = sorted(found, key=lambda one: one.at, reverse=True)
    return text(" ; ").join(list(dict.fromkeys(_entered(one, zone) for one in newest))[:MOST])


def _entry(source: Source, entries: tuple[TrailEntry, ...]) -> TrailEntry | None:
    """The last entry that tells of it; of a thing loaded in a crowd the load, when there was only one."""
    own = (one for one in entries if (one.about_kind, one.about_ref) == (source.kind, source.ref))
    named = next((one for one in own if _tells(one, source)), None)
    crowds = (one for one in entries if one.about_kind == source.kind and one.about_ref is None)
    loads = [one for one in crowds if one.action == "added"]
    return named or (loads[0] if len(loads) == 1 else None)


def _tells(entry: TrailEntry, source: Source) -> bool:
    changed = entry.detail.get("fields", ())
    return entry.action == "added" or not source.fields or not source.fields.isdisjoint(changed)


def _entered(entry: TrailEntry, zone: ZoneInfo) -> str:
    day = plain_date(entry.at.astimezone(zone).date())
    if entry.actor_label in (None, HOUSE):
        return text("chargé avec les données du territoire le {day}", day=day)
    if entry.action == "added":
        return text("saisi par {who} le {day}", who=entry.actor_label, day=day)
    return text("changé par {who} le {day}", who=entry.actor_label, day=day)
