"""The five operations of a kind of fact, made from its declaration: list, read, create, change, remove."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from litestar import Response, delete, get, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter

from db.queries.facts import all_facts, fact
from db.records.base import Fact
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.create_fact import create_fact
from service.actions.land_fact import land_fact
from service.actions.remove_fact import remove_fact
from service.actions.replace_fact import replace_fact
from service.api.dependencies import ActorOf, TerritoryOf
from service.api.facts.filters import FILTERS, chosen
from service.api.facts.resource import Resource, record_from
from service.api.facts.visibility import Viewer, must_show, shown, viewer_of
from service.api.paging import AnyRequest, IfMatch, IfNoneMatch, Limit, Offset, list_tag, no_news
from service.api.signed import answers, body, filters_of, given, signed
from service.edge.etags import etag, expected_version, is_known
from service.schemas.base import Incoming

TAGS = ["facts"]


def handlers_of(resource: Resource) -> Iterable[HTTPRouteHandler]:
    """Every operation of one kind."""
    yield _list(resource)
    yield _read(resource)
    if not resource.own_create:
        yield _create(resource)
    yield _change(resource)
    if resource.removable:
        yield _remove(resource)


def _list(resource: Resource) -> HTTPRouteHandler:
    page = resource.page()

    async def list_facts(
        within: TerritoryOf,
        actor: ActorOf,
        request: AnyRequest,
        if_none_match: IfNoneMatch = None,
        limit: Limit = 100,
        offset: Offset = 0,
        **filters: Any,
    ) -> Response[Any]:
        tag = list_tag(within, actor, request)
        if is_known(tag, if_none_match):
            return no_news(tag)
        viewer = await viewer_of(within, actor, resource)
        found = chosen(await _all(within, resource, viewer), given(filters), ZoneInfo(within.zone))
        more = offset + limit if len(found) > offset + limit else None
        items = tuple(found[offset : offset + limit])
        return Response(page(items=items, total=len(found), next_offset=more), headers={"etag": tag})

    types = {name: FILTERS[name].type for name in resource.filters}
    return get(
        f"/{resource.path}",
        operation_id=f"list_{resource.path}",
        roles=resource.readers,
        errors=(304,),
        tags=TAGS,
        participants=resource.person is not None,
        summary=f"List {resource.path.replace('_', ' ')}",
    )(signed(list_facts, answers(page), **filters_of(types)))


async def _all(within: Territory, resource: Resource, viewer: Viewer) -> tuple[Fact, ...]:
    found = (shown(one, viewer, resource) for one in await all_facts(within.id, resource.record))
    return tuple(one for one in found if one is not None)


def _one(resource: Resource) -> str:
    """The address of one fact; a code with slashes takes the rest of it."""
    return f"/{resource.path}/{{code:{'path' if resource.slashes else 'str'}}}"


def _code_type(resource: Resource) -> Any:
    return Annotated[Path if resource.slashes else str, PathParameter(schema_extra={"format": "code"})]


def _plain(code: str | Path) -> str:
    return code.as_posix().lstrip("/") if isinstance(code, Path) else code


def _read(resource: Resource) -> HTTPRouteHandler:
    async def read_fact(
        within: TerritoryOf, actor: ActorOf, code: Any, if_none_match: IfNoneMatch = None
    ) -> Response[Any]:
        viewer = await viewer_of(within, actor, resource)
        found = must_show(await fact(within.id, resource.record, _plain(code)), viewer, resource)
        tag = etag(found.version)
        if is_known(tag, if_none_match):
            return no_news(tag)
        return Response(found, headers={"etag": tag})

    return get(
        _one(resource),
        operation_id=f"read_{resource.one}",
        roles=resource.readers,
        errors=(304,),
        tags=TAGS,
        participants=resource.person is not None,
        summary=f"One {resource.one.replace('_', ' ')}",
    )(signed(read_fact, answers(resource.record), code=_code_type(resource)))


def _create(resource: Resource) -> HTTPRouteHandler:
    new, kept = resource.new_body(), resource.kept()

    async def create(within: TerritoryOf, actor: ActorOf, data: Any) -> Response[Any]:
        viewer = await viewer_of(within, actor, resource)

        def make(code: str) -> Fact:
            return _own(record_from(resource, data, None, code, datetime.now(UTC)), actor, viewer, resource)

        made = await create_fact(within, make, resource.record, data.code)
        return Response(
            await _answer(within, resource, made), status_code=201, headers={"etag": etag(made.version)}
        )

    return post(
        f"/{resource.path}",
        operation_id=f"create_{resource.one}",
        roles=resource.writers,
        errors=(404, 409),
        tags=TAGS,
        participants=resource.person is not None,
        summary=f"Add a {resource.one.replace('_', ' ')}",
    )(signed(create, answers(kept), data=body(new)))


def _change(resource: Resource) -> HTTPRouteHandler:
    kept = resource.kept()

    async def change(
        within: TerritoryOf, actor: ActorOf, code: Any, data: Incoming, if_match: IfMatch = None
    ) -> Response[Any]:
        viewer = await viewer_of(within, actor, resource)

        def make(present: Fact) -> Fact:
            _own(present, actor, viewer, resource)
            made = record_from(resource, data, present, _plain(code), datetime.now(UTC))
            return _own(made, actor, viewer, resource)

        made = await replace_fact(
            within, resource.record, _plain(code), make, lambda present: expected_version(if_match, present)
        )
        return Response(await _answer(within, resource, made), headers={"etag": etag(made.version)})

    return put(
        _one(resource),
        operation_id=f"change_{resource.one}",
        roles=resource.writers,
        errors=(409, 412, 428),
        tags=TAGS,
        participants=resource.person is not None,
        summary=f"Replace what people decide of a {resource.one.replace('_', ' ')}",
    )(signed(change, answers(kept), code=_code_type(resource), data=body(resource.body)))


def _remove(resource: Resource) -> HTTPRouteHandler:
    async def remove(within: TerritoryOf, actor: ActorOf, code: Any, if_match: IfMatch = None) -> None:
        viewer = await viewer_of(within, actor, resource)
        await remove_fact(
            within,
            resource.record,
            _plain(code),
            lambda present: expected_version(if_match, present),
            lambda present: _own(present, actor, viewer, resource),
        )

    return delete(
        _one(resource),
        operation_id=f"remove_{resource.one}",
        roles=resource.writers,
        errors=(409, 412, 428),
        tags=TAGS,
        participants=resource.person is not None,
        summary=f"Remove a {resource.one.replace('_', ' ')} that nothing refers to",
    )(signed(remove, None, code=_code_type(resource)))


def _own(record: Fact, actor: Actor, viewer: Viewer, resource: Resource) -> Fact:
    """The record, when it is the actor's to write. Raises `NotFound`, `Forbidden`."""
    must_show(record, viewer, resource)
    if resource.owner is not None:
        actor.must_be_for(str(getattr(record, resource.owner)))
    return record


async def _answer(within: Territory, resource: Resource, made: Fact) -> Any:
    if resource.reach is None:
        return made
    landed = await land_fact(within, resource.reach(made, ZoneInfo(within.zone)))
    return resource.kept()(fact=made, landed=landed)
