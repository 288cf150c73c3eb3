"""Whether the sign-in still holds: asked by a form before it is sent, so that nothing typed is lost to an ended one."""

from litestar import Response, get

from service.edge.guards import PUBLIC
from service.edge.identity import identify
from service.pages.context import AnyRequest


@get("/connexion/etat", roles=PUBLIC, include_in_schema=False)
async def tell_session_state(request: AnyRequest) -> Response[str]:
    """204 while signed in, else 401; no words."""
    signed_in = await identify(request) is not None
    return Response("", status_code=204 if signed_in else 401, headers={"cache-control": "no-store"})
