"""People of a running service: a territory and accounts of their own, and clients that spread over its processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx

from db.records.account import Grant
from db.records.territory import Territory
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from tests.deployment import Deployment
from tests.service.door import account
from tests.service.small_territory import make_territory


class Coordinator:
    """A territory that nobody else uses, its coordinator's address and personal token."""

    def __init__(self, territory: Territory, email: str, token: str) -> None:
        self.territory = territory
        self.email = email
        self.headers = {"authorization": f"Bearer {token}"}
        self.plans = f"/api/territories/{territory.code}/plans"


async def newcomer() -> Coordinator:
    """With the small territory, under a code of its own."""
    return await coordinator_of(await make_territory(f"t{uuid4().hex[:10]}"))


async def coordinator_of(territory: Territory) -> Coordinator:
    code = territory.code
    made = await account(f"{code}@exemple.fr", Grant(role="coordinator", territory=code))
    token = await make_api_token(made.id, "stories", tuple(SCOPES), 1)
    return Coordinator(territory, made.email, token)


@contextmanager
def client(url: str, headers: dict[str, str] | None = None) -> Iterator[httpx.Client]:
    """A connection a request: before several processes each request meets the next one."""
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=url, headers=headers, limits=limits, timeout=90) as made:
        yield made


@contextmanager
def clients(deployment: Deployment, headers: dict[str, str]) -> Iterator[list[httpx.Client]]:
    """Two clients: of two processes one each, of one process both its own."""
    webs = deployment.webs
    with client(webs[0].url, headers) as first, client(webs[-1].url, headers) as second:
        yield [first, second]
