"""Territories: those one may enter, their settings, travel times and holidays."""

from typing import Any

import msgspec
from litestar import Response, get, post, put
from litestar.datastructures import State
from litestar.params import JSONBody

from db.queries.territories import all_territories
from db.records.facts import FactSet
from db.records.site import Travel
from db.records.territory import HolidayOverride
from service.actions.edit_territory import edit_territory
from service.actions.open_territory import open_territory
from service.actions.replace_whole import mark_of, replace_whole, whole
from service.api.dependencies import TerritoryOf
from service.api.paging import AnyRequest, IfMatch, IfNoneMatch, Limit, Offset, no_news, part_of, told
from service.edge.etags import etag, expected_version, is_known
from service.edge.guards import COORDINATORS, TEAM
from service.edge.identity import identify
from service.schemas.territories import (
    HolidayList,
    NewTerritoryBody,
    SettingsBody,
    SettingsView,
    TerritoryBody,
    TerritoryPage,
    TerritoryView,
    TravelList,
    settings_view,
    territory_view,
)

TAGS = ["territories"]
STALE = (412, 428)


@get(
    "/api/territories",
    operation_id="list_territories",
    roles=("administrator", *TEAM),
    errors=(304,),
    tags=TAGS,
    summary="Those one may enter",
)
async def list_territories(
    request: AnyRequest, limit: Limit = 100, offset: Offset = 0, if_none_match: IfNoneMatch = None
) -> Response[TerritoryPage]:
    """By code."""
    identity = await identify(request)
    found = [one for one in await all_territories() if identity and identity.may_enter_as_any(one.code)]
    views = [territory_view(one) for one in found if one.archived_at is None]
    return told(part_of(TerritoryPage, views, limit, offset), if_none_match)


@post(
    "/api/territories",
    operation_id="create_territory",
    roles=("administrator",),
    errors=(409,),
    tags=TAGS,
    summary="Open a territory from ten answers",
)
async def post_territory(state: State, data: JSONBody[NewTerritoryBody]) -> TerritoryView:
    opened = await open_territory(data.answers(), state.settings.address)
    return territory_view(opened.territory)


@get("/", operation_id="read_territory", roles=TEAM, errors=(304,), tags=TAGS, summary="One territory")
async def read_territory(within: TerritoryOf, if_none_match: IfNoneMatch = None) -> Response[TerritoryView]:
    """Its ETag changes with its own fields; the revisions tell of the rest."""
    tag = etag(within.version)
    if is_known(tag, if_none_match):
        return no_news(tag)
    return Response(territory_view(within), headers={"etag": tag})


@put(
    "/",
    operation_id="change_territory",
    roles=COORDINATORS,
    errors=STALE,
    tags=TAGS,
    summary="Its name, zone, départements",
)
async def put_territory(
    within: TerritoryOf, data: JSONBody[TerritoryBody], if_match: IfMatch = None
) -> Response[TerritoryView]:
    changed = await edit_territory(
        within,
        lambda present: expected_version(if_match, present),
        settings={},
        **msgspec.structs.asdict(data),
    )
    return Response(territory_view(changed), headers={"etag": etag(changed.version)})


@get(
    "/settings",
    operation_id="read_settings",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    summary="How it plans and lives",
)
async def read_settings(within: TerritoryOf, if_none_match: IfNoneMatch = None) -> Response[SettingsView]:
    tag = etag(within.version)
    if is_known(tag, if_none_match):
        return no_news(tag)
    return Response(settings_view(within), headers={"etag": tag})


@put(
    "/settings",
    operation_id="change_settings",
    roles=COORDINATORS,
    errors=STALE,
    tags=TAGS,
    summary="Set how it plans and lives",
)
async def put_settings(
    within: TerritoryOf, data: JSONBody[SettingsBody], if_match: IfMatch = None
) -> Response[SettingsView]:
    """Other settings of the territory (lifetimes, partners) stay as they are."""
    settings = msgspec.to_builtins(data)
    changed = await edit_territory(
        within, lambda present: expected_version(if_match, present), settings=settings
    )
    return Response(settings_view(changed), headers={"etag": etag(changed.version)})


def _list(kind: type[Any], items: tuple[Any, ...], tag: str) -> Response[Any]:
    content = msgspec.convert({"items": items}, kind, from_attributes=True)
    return Response(content, headers={"etag": tag})


@get("/travel", operation_id="list_travel", roles=TEAM, errors=(304,), tags=TAGS, summary="Travel times")
async def read_travel(within: TerritoryOf, if_none_match: IfNoneMatch = None) -> Response[TravelList]:
    found = await whole(within, "travel")
    tag = f'"{mark_of(found)}"'
    return no_news(tag) if is_known(tag, if_none_match) else _list(TravelList, found, tag)


@put(
    "/travel",
    operation_id="change_travel",
    roles=COORDINATORS,
    errors=STALE,
    tags=TAGS,
    summary="Replace the travel times",
)
async def put_travel(
    within: TerritoryOf, data: JSONBody[TravelList], if_match: IfMatch = None
) -> Response[TravelList]:
    wanted = msgspec.convert(data.items, tuple[Travel, ...], from_attributes=True)
    found = await replace_whole(within, FactSet(travel=wanted), "travel", if_match)
    return _list(TravelList, found, f'"{mark_of(found)}"')


@get(
    "/holidays",
    operation_id="list_holidays",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    summary="Days that differ from the calendar",
)
async def read_holidays(within: TerritoryOf, if_none_match: IfNoneMatch = None) -> Response[HolidayList]:
    found = await whole(within, "holidays")
    tag = f'"{mark_of(found)}"'
    return no_news(tag) if is_known(tag, if_none_match) else _list(HolidayList, found, tag)


@put(
    "/holidays",
    operation_id="change_holidays",
    roles=COORDINATORS,
    errors=STALE,
    tags=TAGS,
    summary="Replace these days",
)
async def put_holidays(
    within: TerritoryOf, data: JSONBody[HolidayList], if_match: IfMatch = None
) -> Response[HolidayList]:
    wanted = msgspec.convert(data.items, tuple[HolidayOverride, ...], from_attributes=True)
    found = await replace_whole(within, FactSet(holidays=wanted), "holidays", if_match)
    return _list(HolidayList, found, f'"{mark_of(found)}"')


TERRITORIES = (list_territories, post_territory)
OF_ONE = (
    read_territory,
    put_territory,
    read_settings,
    put_settings,
    read_travel,
    put_travel,
    read_holidays,
    put_holidays,
)
"""Under the address of one territory."""
