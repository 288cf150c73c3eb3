"""Who beyond the team a publication concerns: places, partners, people whose hour changes; each with who tells them."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.queries.orientations import Oriented, orientations_of
from db.queries.partner_accounts import addresses_of_partner
from db.records.assignment import Content
from db.records.facts import Facts
from db.records.orientation import Orientation
from db.records.site import Site
from db.records.territory import Territory
from service.actions.preview_publication import Difference
from service.catalogue import counted, text
from service.french_text import clock, initials, listed, weekday_and_day
from service.pages.comparison import Change

SHARED = ("permanence", "session")
OWN_PREMISES = "bureau"


class Outsider(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody outside the team: `words` what changes for them, `how` who tells them; `page` below the territory.

    `is_mailed`: the publication itself tells them.
    """

    name: str
    words: str
    how: str = ""
    telephone: str = ""
    page: str = ""
    is_mailed: bool = False


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """People by reference only: names and numbers stand on their own page, for who may see it."""

    sites: tuple[Outsider, ...] = ()
    partners: tuple[Outsider, ...] = ()
    people: tuple[Outsider, ...] = ()

    @property
    def anybody(self) -> bool:
        return bool(self.sites or self.partners or self.people)


async def told_outside(
    territory: Territory, facts: Facts, differences: Iterable[Difference], changes: Iterable[Change]
) -> Outside:
    """By name, people by the hour that was theirs; sites by the `changes` that the page lists."""
    found = tuple(differences)
    return Outside(
        sites=_sites(facts, changes), partners=await _partners(territory, facts, found), people=_people(facts, found)
    )  # fmt: skip


def _sites(facts: Facts, changes: Iterable[Change]) -> tuple[Outsider, ...]:
    """Where a permanence or a session changes; our own premises need not be told."""
    shared = (one for one in changes if one.key.partition(":")[0] in SHARED)
    touched = Counter(site for one in shared for site in one.sites)
    return tuple(
        Outsider(
            name=site.short_name or site.name,
            words=counted("{n} changement", "{n} changements", touched[site.code]),
            how=text("à appeler") if site.phone else text("aucun téléphone noté"),
            telephone=site.phone or "",
            page=f"fiche/lieux/{site.code}",
        )
        for site in sorted(facts.sites, key=_site_name)
        if touched[site.code] and site.kind != OWN_PREMISES
    )


def _site_name(site: Site) -> str:
    return site.short_name or site.name


async def _partners(
    territory: Territory, facts: Facts, differences: Iterable[Difference]
) -> tuple[Outsider, ...]:
    """Whose orientations lie in what moves or goes; they are mailed within a minute where somebody reads."""
    changed = [one for one in differences if one.id is not None and one.before and _elsewhere(one)]
    hosts = tuple(one.id for one in changed if one.id and one.before and one.before.kind != "interview")
    inside = tuple(one.id for one in changed if one.id and one.before and one.before.kind == "interview")
    sent: dict[UUID, Orientation] = {}
    for wanted in (Oriented(host_ids=hosts), Oriented(interview_ids=inside)):
        if wanted.host_ids or wanted.interview_ids:
            sent |= {one.id: one for one in await orientations_of(territory.id, wanted)}
    touched = Counter(one.partner for one in sent.values() if one.state == "planned")
    found = []
    for partner in sorted(facts.partners, key=lambda one: one.name):
        if touched[partner.code]:
            reads = await addresses_of_partner(territory.id, partner.code)
            found.append(
                Outsider(
                    name=partner.name,
                    words=counted("{n} orientation", "{n} orientations", touched[partner.code]),
                    how=text("courriel à la publication") if reads else text("à appeler"),
                    telephone=partner.phone or "",
                    is_mailed=bool(reads),
                )
            )
    return tuple(found)


def _elsewhere(one: Difference) -> bool:
    return one.before is not None and (one.after is None or _spot(one.before) != _spot(one.after))


def _spot(one: Content) -> tuple[object, ...]:
    return one.starts_at, one.site, one.mode


def _people(facts: Facts, differences: Iterable[Difference]) -> tuple[Outsider, ...]:
    """Whose agreed interview is at another hour or place, with somebody else, or gone; a mere proposal binds nobody."""
    zone = ZoneInfo(facts.territory.zone)
    found = [
        (one.before, one.after)
        for one in differences
        if one.before is not None
        and (one.before.kind, one.before.status) == ("interview", "planned")
        and one.before.participant
        and (_elsewhere(one) or (one.after is not None and one.after.staff != one.before.staff))
    ]
    return tuple(
        Outsider(
            name=was.participant or "",
            words=_moved(was, becomes, zone),
            how=text("par {who}", who=listed(initials(code) for code in (becomes or was).staff)),
            page=f"personnes/{was.participant}",
        )
        for was, becomes in sorted(found, key=lambda pair: (pair[0].starts_at, pair[0].key))
    )


def _moved(was: Content, becomes: Content | None, zone: ZoneInfo) -> str:
    before = _when(was, zone)
    if becomes is None:
        return text("{before} : annulé", before=before)
    if _spot(was) == _spot(becomes):
        return text("{before}, avec quelqu’un d’autre", before=before)
    if (was.starts_at, was.mode) == (becomes.starts_at, becomes.mode):
        return text("{before}, dans un autre lieu", before=before)
    return text("{before} : devient {after}", before=before, after=_when(becomes, zone))


def _when(one: Content, zone: ZoneInfo) -> str:
    return f"{weekday_and_day(one.held_on)}, {clock(one.starts_at.astimezone(zone).time())}"
