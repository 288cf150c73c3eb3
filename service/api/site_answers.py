"""Accords des sites: what each site said of the dates that it was proposed."""

from datetime import date
from typing import Annotated

from litestar import Response, get, post
from litestar.params import JSONBody, QueryParameter

from db.queries.site_answers import answers_of
from db.records.site_answer import SiteAnswer
from service.actions.note_site_answer import Said, note_site_answer
from service.api.dependencies import ActorOf, TerritoryOf
from service.api.paging import IfNoneMatch, PartOf, part_of, told
from service.api.published import refuse_far
from service.edge.guards import COORDINATORS, TEAM
from service.schemas.site_answers import SiteAnswerBody, SiteAnswerPage

TAGS = ["site answers"]


@get(
    "/site_answers",
    operation_id="list_site_answers",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    summary="What sites said of dates",
)
async def list_site_answers(
    within: TerritoryOf,
    from_on: date,
    until_on: date,
    part: PartOf,
    site: Annotated[str | None, QueryParameter(max_length=100)] = None,
    if_none_match: IfNoneMatch = None,
) -> Response[SiteAnswerPage]:
    """Both dates included, at most 400 days apart."""
    refuse_far(from_on, until_on)
    found = await answers_of(within.id, from_on, until_on, site=site)
    return told(part_of(SiteAnswerPage, found, *part), if_none_match)


@post(
    "/site_answers",
    operation_id="note_site_answer",
    roles=COORDINATORS,
    errors=(404,),
    status_code=200,
    tags=TAGS,
    summary="Note what a site said of a date",
)
async def post_site_answer(within: TerritoryOf, actor: ActorOf, data: JSONBody[SiteAnswerBody]) -> SiteAnswer:
    said = Said(**{name: getattr(data, name) for name in Said.__struct_fields__})
    return await note_site_answer(within, said, actor)


SITE_ANSWERS = (list_site_answers, post_site_answer)
