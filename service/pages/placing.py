"""Where a need could go, and adding a permanence by hand in an empty cell."""

import asyncio
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post

from planner.problem import Cadence, Problem
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import BadInput, Conflict
from service.french_text import day_date, half_day, initials
from service.messages.breach_sentence import rule_title
from service.pages.board.kept_scales import scale_of
from service.pages.board.moving import Spot, add_permanence, is_duplicate, site_spots
from service.pages.board.scale import Weight
from service.pages.context import AnyRequest
from service.pages.desk import Desk, asked_spot, open_desk, panel, spot_words
from service.pages.edits import desk_to_edit, is_stale, keep_edit, refuse_stale, sent_fields
from service.pages.explaining import places
from service.pages.repairing import need_asked
from service.pages.weighing import by_group

MONTH = "/t/{territory:str}/planning/{month:str}"
MOST = 12


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """One permanence that could be added, and what it would break or cost."""

    cadence: str
    name: str
    site: str
    on: date
    half: str
    when: str
    person: str
    who: str
    rules: str
    effect: str
    goals: tuple[tuple[str, int], ...]
    """What each of the five goals gains or loses; less is better."""


@get(f"{MONTH}/ou", roles=COORDINATORS, include_in_schema=False)
async def show_where(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The places that would do, best first; of a permanence also those that would break least."""
    desk = await open_desk(request, territory, month)
    need = need_asked(desk, request.query_params.get("besoin", ""))
    kind, _, code = need.key.partition("/")
    cadence = next((one for one in desk.problem.cadences if kind == "cadence" and one.id == code), None)
    if cadence is None or cadence.kind != "permanence":
        fitting = tuple(one for _, one in await asyncio.to_thread(places, desk, need.key))
        return panel(request, desk, "board/fits.html", {"need": need, "fitting": fitting})
    found = await asyncio.to_thread(_best, desk, [cadence], None)
    return panel(request, desk, "board/where.html", {"need": need, "found": found, "title": need.title})


def here_words(spot: Spot, problem: Problem) -> str:
    """Gagny, lundi 8 février, matin; of a row that is no site and nobody, the half-day alone."""
    names = {site.id: site.name for site in problem.sites}
    names |= {person.id: initials(person.id) for person in problem.staff}
    return ", ".join(part for part in (names.get(spot.row), spot_words(spot)) if part)


@get(f"{MONTH}/ajouter", roles=COORDINATORS, include_in_schema=False)
async def ask_to_add(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """What could stand in an empty cell: site, date, half-day and person are already filled."""
    desk = await open_desk(request, territory, month)
    spot = asked_spot(dict(request.query_params))
    people = {person.id for person in desk.problem.staff}
    mine = [
        one
        for one in desk.problem.cadences
        if one.kind == "permanence" and (spot.row in people or one.site == spot.row)
    ]
    found = await asyncio.to_thread(_best, desk, mine, spot)
    title = here_words(spot, desk.problem)
    return panel(request, desk, "board/where.html", {"need": None, "found": found, "title": title})


@post(f"{MONTH}/ajouter", roles=COORDINATORS, include_in_schema=False)
async def add(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Adds the permanence; a rule that it breaks is noted as a decision."""
    desk, sent = await desk_to_edit(request, territory, month), await sent_fields(request)
    spot, person = asked_spot(sent), sent.get("qui", "")
    words = text("permanence ajoutée le {day}, {who}", day=day_date(spot.on), who=initials(person))
    if is_stale(desk, sent):
        return await refuse_stale(request, desk, words)
    return await _add(request, desk, sent.get("cadence", ""), spot, person, words)


async def _add(
    request: AnyRequest, desk: Desk, cadence: str, spot: Spot, person: str, words: str
) -> Response[Any]:
    rewrite = add_permanence(desk.problem, cadence, spot, (person,))
    if rewrite is None or person not in {one.id for one in desk.problem.staff}:
        raise BadInput(text("Le lieu n’ouvre pas à ce moment, ou cette personne n’existe pas."))
    if is_duplicate(desk.items, None, rewrite):
        raise Conflict(text("La même permanence est déjà là."))
    weight = await asyncio.to_thread(lambda: scale_of(desk).weigh(rewrite))
    return await keep_edit(request, desk, rewrite.pinned_if(bool(weight.breaches)), words)


def _best(desk: Desk, cadences: list[Cadence], only: Spot | None) -> list[Addition]:
    """The best additions of these cadences, in one cell or anywhere in the month."""
    scale, names = scale_of(desk), desk.names()
    weighed: list[tuple[Weight, Cadence, Spot, str]] = []
    for cadence in cadences:
        spots = site_spots(desk.problem, cadence.site)
        people = (
            [only.row] if only and only.row != cadence.site else [person.id for person in desk.problem.staff]
        )
        for spot in spots:
            if only is not None and (spot.on, spot.half) != (only.on, only.half):
                continue
            for person in people:
                rewrite = add_permanence(desk.problem, cadence.id, spot, (person,))
                if rewrite is not None and rewrite.put[0].key not in {item.key for item in desk.items}:
                    weighed.append((scale.weigh(rewrite), cadence, spot, person))
    weighed.sort(key=lambda one: (*one[0].order, one[2].on, one[2].half, one[3]))
    return [
        _addition(names, weight, cadence, spot, person) for weight, cadence, spot, person in weighed[:MOST]
    ]


def _addition(names: dict[str, str], weight: Weight, cadence: Cadence, spot: Spot, person: str) -> Addition:
    rules = ", ".join(dict.fromkeys(rule_title(breach.rule).lower() for breach in weight.breaches))
    return Addition(
        cadence=cadence.id,
        name=names.get(cadence.id, cadence.id),
        site=cadence.site,
        on=spot.on,
        half=spot.half,
        when=f"{day_date(spot.on)}, {half_day(spot.half)}",
        person=person,
        who=initials(person),
        rules=rules,
        effect=weight.effect,
        goals=tuple(by_group(weight)),
    )
