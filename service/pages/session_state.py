"""Whether the sign-in still holds: asked by a form before it is sent, so that nothing typed is lost to an ended one."""

from litestar import Response, get

from service.edge.csrf import HEADER
from service.edge.guards import PUBLIC
from service.edge.identity import identify
from service.pages.context import AnyRequest, csrf_token
from service.pages.shell import account_of

ACCOUNT = "x-account"


@get("/connexion/etat", roles=PUBLIC, include_in_schema=False)
async def tell_session_state(request: AnyRequest) -> Response[str]:
    """204 while signed in, with whose it is and the token that its forms send; else 401. No words."""
    account = account_of(await identify(request))
    if account is None:
        return Response("", status_code=401, headers={"cache-control": "no-store"})
    headers = {"cache-control": "no-store", HEADER: csrf_token(request), ACCOUNT: str(account.id or "")}
    return Response("", status_code=204, headers=headers)
