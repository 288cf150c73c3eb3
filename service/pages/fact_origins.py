"""Who entered the facts that an explanation names, and when: read from the trail, in a few words."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from db.queries.trail import MOST_ABOUT, trail_kind, written_about
from db.records import cadence, participant, site, staff
from db.records.base import Fact as Entered
from db.records.territory import Territory
from db.records.trail import TrailEntry
from planner.plan_keys import sequence_key
from planner.problem import Problem
from planner.why.fact import Fact
from service.catalogue import text
from service.french_text import plain_date
from service.pages.signatures import signed

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
    return lambda fact: (_of(cadence.Promotion, fact.about, *fields),)


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
    "hours": lambda fact: (_of(participant.Participant, fact.about, "hours", "any_hour"),),
    "weekday": _promotion("weekday"),
    "half_day": _promotion("half_day"),
    "room": _site("rooms"),
    "places": _site("interview_places"),
    "partner_places": _cadence("partner_places"),
    "contract": _limit,
    "protected": _person("protected_half_days"),
    "exception": _cadence("exceptions"),
}
"""Of the kinds of fact that somebody enters; what is computed, booked or placed says so itself."""

ASKED: dict[str, tuple[str, ...]] = {
    "window": ("from_on", "until_on"),
    "leave_notice": ("leave_notice_days",),
    "spacing": ("min_days",),
    "speaker_dates": (),
}
"""Of a sequence, a cadence or a need that was typed: the fields of the latter two."""


class Named(NamedTuple):
    """What a problem calls by these names: promotions by the key of each sequence, and cadences."""

    steps: dict[str, str]
    cadences: frozenset[str]


async def origins(
    territory: Territory, problem: Problem, told: Iterable[tuple[Fact, ...]]
) -> tuple[str, ...]:
    """For the facts of each sentence: saisi par A. Martin le 14 octobre 2026; empty where the trail does not know.

    Where there is more than it was asked for, a load may not be the only one.
    """
    named = _named(problem)
    groups = [tuple(source for fact in facts for source in _sources(fact, named)) for facts in told]
    every = {source for group in groups for source in group}
    if not every:
        return tuple("" for _ in groups)
    entries = await _written_about(territory, every)
    if len(entries) == MOST_ABOUT:
        entries = tuple(one for one in entries if one.about_ref is not None or one.action != "added")
    return tuple(_words(group, entries, ZoneInfo(problem.zone)) for group in groups)


async def origin_of(territory: Territory, record: Entered) -> str:
    """The same of one thing: who entered it, or was the last to change it."""
    source = _of(type(record), record.code)
    entries = await _written_about(territory, {source})
    return _words((source,), entries, ZoneInfo(territory.zone))


async def _written_about(territory: Territory, sources: Collection[Source]) -> tuple[TrailEntry, ...]:
    kinds, refs = ({one.kind for one in sources}, {one.ref for one in sources})
    return await signed(await written_about(territory.id, kinds, refs), territory.code)


def _named(problem: Problem) -> Named:
    steps = {sequence_key(one.id, step.id): one.id for one in problem.promotions for step in one.sequences}
    return Named(steps, frozenset(one.id for one in problem.cadences))


def _sources(fact: Fact, named: Named) -> Sources:
    if fact.kind in ASKED:
        return _asked(fact, named)
    found = SOURCES.get(fact.kind)
    return found(fact) if found else ()


def _asked(fact: Fact, named: Named) -> Sources:
    """A sequence is entered with its promotion; a need whose id has parts follows from a rhythm: nobody typed it."""
    if fact.about in named.steps:
        return (_of(cadence.Promotion, named.steps[fact.about], "sequences"),)
    if fact.about in named.cadences:
        return _cadence(*ASKED[fact.kind])(fact)
    return () if "/" in fact.about else (_of(participant.InterviewNeed, fact.about, *ASKED[fact.kind]),)


def _words(sources: Sources, entries: tuple[TrailEntry, ...], zone: ZoneInfo) -> str:
    """What tells of several people or half-days at once: the newest entries of all of them."""
    found = [entry for source in sources if (entry := _entry(source, entries)) is not None]
    newest = sorted(found, key=lambda one: one.at, reverse=True)
    return text(" ; ").join(list(dict.fromkeys(_entered(one, zone) for one in newest))[:MOST])


def _entry(source: Source, entries: tuple[TrailEntry, ...]) -> TrailEntry | None:
    """The last entry that tells of it; of a thing loaded in a crowd the load, when there was only one.

    None when somebody may have changed it later: a change of a crowd names no thing, an old one no list of it.
    """
    loads: list[TrailEntry] = []
    for one in (one for one in entries if one.about_kind == source.kind):
        if one.about_ref == source.ref and _tells(one, source):
            return one
        if _may_tell(one, source):
            return None
        if one.about_ref is None:
            loads.append(one)
    return loads[0] if len(loads) == 1 else None


def _tells(entry: TrailEntry, source: Source) -> bool:
    changed = entry.detail.get("fields", ())
    return entry.action == "added" or not source.fields or not source.fields.isdisjoint(changed)


def _may_tell(entry: TrailEntry, source: Source) -> bool:
    names_it = entry.about_ref in (source.ref, None)
    return names_it and entry.action == "changed" and not entry.detail.get("fields")


def _entered(entry: TrailEntry, zone: ZoneInfo) -> str:
    day = plain_date(entry.at.astimezone(zone).date())
    if entry.actor_label in (None, HOUSE):
        return text("chargé avec les données du territoire le {day}", day=day)
    if entry.action == "added":
        return text("saisi par {who} le {day}", who=entry.actor_label, day=day)
    return text("changé par {who} le {day}", who=entry.actor_label, day=day)
