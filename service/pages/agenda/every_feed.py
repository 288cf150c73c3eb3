"""Every feed of a territory in one table, by kind: how many addresses read it, and when last."""

from collections import defaultdict
from typing import NamedTuple
from zoneinfo import ZoneInfo

from litestar import Response

from db.queries.busy_sources import busy_sources
from db.queries.facts import facts_of
from db.queries.feed_tokens import feed_tokens
from db.records.facts import Facts
from db.records.feed import FeedToken
from service.actions.read_feeds import Subject, references_allowed, subjects_of
from service.catalogue import text
from service.french_text import initials
from service.pages.agenda.seat import KINDS, WORDS
from service.pages.agenda.subscription import last_use
from service.pages.context import Visit
from service.pages.rendering import page
from service.promotion_names import promotion_names

GROUP_WORDS = {
    "territoire": "Le territoire entier",
    "personne": "Équipe",
    "lieu": "Lieux",
    "promotion": "Promotions",
    "partenaire": "Partenaires",
}


class FeedLine(NamedTuple):
    name: str
    address: str
    readers: int
    used: str


class FollowedLine(NamedTuple):
    """Somebody's own agendas, read into their busy time."""

    name: str
    address: str
    agendas: int
    failing: tuple[str, ...]


class Group(NamedTuple):
    title: str
    words: str
    lines: tuple[FeedLine, ...]


async def every_feed_page(visit: Visit) -> Response[str]:
    facts = await facts_of(visit.territory.id)
    tokens = defaultdict(list)
    for one in await feed_tokens(visit.territory.id):
        if one.revoked_at is None:
            tokens[one.subject_id].append(one)
    zone, groups = ZoneInfo(visit.territory.zone), []
    for path, title in GROUP_WORDS.items():
        subjects = [one for one in subjects_of(facts) if one.kind == KINDS[path]]
        cohorts = promotion_names(facts.promotions) if path == "promotion" else {}
        lines = tuple(
            _line(visit, path, one, tokens[one.id], zone, cohorts.get(one.code)) for one in subjects
        )
        if lines:
            groups.append(Group(text(title), text(WORDS[KINDS[path]]), lines))
    context = {
        "groups": groups,
        "followed": await _followed(visit, facts),
        "references": references_allowed(visit.territory),
    }
    return page("agenda/every_feed.html", visit.shell, context)


def _line(
    visit: Visit, path: str, subject: Subject, read: list[FeedToken], zone: ZoneInfo, known: str | None
) -> FeedLine:
    """`known` is the name where the feed's own title would not tell it apart."""
    latest = max(
        (one for one in read if one.last_used_at), key=lambda one: str(one.last_used_at), default=None
    )
    name = subject.title if subject.kind in ("site", "promotion") else subject.title.partition(" · ")[0]
    return FeedLine(
        name=known or initials(name),
        address=visit.shell.address(f"agendas/{path}/{subject.code}"),
        readers=len(read),
        used=last_use(latest, zone) if latest else "",
    )


async def _followed(visit: Visit, facts: Facts) -> list[FollowedLine]:
    """Of everybody who has some; a reading that fails is named, its last good state holds."""
    found = defaultdict(list)
    for one in await busy_sources(visit.territory.id):
        found[one.staff].append(one)
    return [
        FollowedLine(
            name=initials(person.code),
            address=visit.shell.address(f"je-suis-pris?personne={person.code}#agendas"),
            agendas=len(found[person.code]),
            failing=tuple(one.name for one in found[person.code] if one.last_error is not None),
        )
        for person in facts.staff
        if found[person.code]
    ]
