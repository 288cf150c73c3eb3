"""`Idempotency-Key`: a write sent twice is done once, and answered twice with the same answer.

The answer is kept in the transaction of the write itself: both are there or neither. What was refused
is not kept, and is tried anew. A kept answer is given behind the guards alone, to the account that asked,
while its rights are what they were; it lies sealed under the key that was sent, which is kept nowhere.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPRequestEvent, HTTPScope, Message, Receive, Scope, Send

from db.acting import acting_now
from db.queries.kept_answers import keep_answer, kept_answer
from db.records.answer import KeptAnswer
from db.transaction import transaction
from service.accounts.master_key import NotOpened, open_with, seal_with
from service.edge.csrf import SAFE
from service.edge.identity import Identity, identify
from service.errors import BadInput, Conflict

HEADER = b"idempotency-key"
LONGEST = 200
KEPT_HEADERS = frozenset({"content-type", "etag", "location"})
_ASKED = "escale_asked_once"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it left."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Asked(msgspec.Struct, kw_only=True):
    """A write with a key: whose it is, what was sent, what was answered to it before."""

    key: str
    owner: str
    place: str
    digest: str
    kept: KeptAnswer | None = None

    @property
    def name(self) -> str:
        """What the answer is found by: tells neither the account, nor the address, nor the key."""
        return hashlib.sha256(f"{self.owner} {self.place} {self.key}".encode()).hexdigest()

    @property
    def territory(self) -> str:
        """Where it writes, so that an erasure there forgets the answer."""
        parts = self.place.split("/")
        return parts[3][:100] if len(parts) > 3 and parts[2] == "territories" else ""

    def _secret(self, identity: Identity) -> bytes:
        return hashlib.sha256(f"{self.key} {rights_of(identity)}".encode()).digest()

    def sealed(self, answer: Answer, identity: Identity) -> bytes:
        return seal_with(self._secret(identity), msgspec.json.encode(answer), self.name)

    def opened(self, identity: Identity) -> Answer:
        """Raises `BadInput` for another demand under the same key, `Conflict` when the rights have changed since."""
        assert self.kept is not None
        if self.kept.request_hash != self.digest:
            raise BadInput("Idempotency-Key: cette clé a servi à une autre demande")
        try:
            return msgspec.json.decode(
                open_with(self._secret(identity), self.kept.sealed, self.name), type=Answer
            )
        except NotOpened as error:
            raise Conflict(
                "Cette demande est déjà faite, et vos droits ont changé depuis : relisez ce qu’elle a changé."
            ) from error


def rights_of(identity: Identity) -> str:
    """Everything an account, or its token, may do, as one text."""
    scopes = "every" if identity.scopes is None else sorted(identity.scopes)
    return f"{identity.account_id} {scopes} {sorted(map(str, identity.grants))}"


def answer_once(app: ASGIApp) -> ASGIApp:
    """Middleware of the JSON interface's writes."""

    async def once(scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        identity = None if key is None else await identify(ASGIConnection(scope, receive))
        if key is None or identity is None or scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        body = await _Body.read(receive, scope["litestar_app"].state.settings.max_body_bytes)
        place = f"{scope['method']}{scope['path']}"
        digest = hashlib.sha256(scope["query_string"] + body.digest.encode()).hexdigest()
        asked = _Asked(key=key, owner=identity.account_id, place=place, digest=digest)
        for message in await _answered(app, scope, body, asked):
            await send(message)

    return once


def _key(scope: Scope) -> str | None:
    """The key of a write under `/api`. Raises `BadInput` on one that is none."""
    if scope["type"] != ScopeType.HTTP or scope["method"] in SAFE or not scope["path"].startswith("/api/"):
        return None
    found = [value for name, value in scope["headers"] if name == HEADER]
    if not found:
        return None
    key = found[0].decode("latin-1")
    if not 1 <= len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        raise BadInput(f"Idempotency-Key: 1 à {LONGEST} caractères lisibles")
    return key


class _Refused(Exception):
    """Takes a transaction back whose answer is no success."""


async def _answered(app: ASGIApp, scope: HTTPScope, body: "_Body", asked: _Asked) -> Sequence[Message]:
    messages: list[Message] = []

    async def remember(message: Message) -> None:
        messages.append(message)

    try:
        async with transaction():
            asked.kept = await kept_answer(asked.territory, asked.name)
            scope["state"][_ASKED] = asked
            await app(scope, body.receive, remember)
            answer = _answer(messages)
            if answer.status >= 400:
                raise _Refused
            if asked.kept is None:
                await _keep(asked, answer, await identify(ASGIConnection(scope)))
    except _Refused:
        pass
    return messages


async def _keep(asked: _Asked, answer: Answer, identity: Identity | None) -> None:
    if identity is not None:
        sealed = KeptAnswer(request_hash=asked.digest, sealed=asked.sealed(answer, identity))
        await keep_answer(asked.territory, asked.name, sealed, now=datetime.now(UTC))


async def give_kept_answer(request: Request[Any, Any, Any]) -> Response[bytes] | None:
    """A `before_request` hook: the guards have let this request in, its handler was not asked yet."""
    asked: _Asked | None = request.scope["state"].get(_ASKED)
    identity = await identify(request) if asked is not None and asked.kept is not None else None
    if asked is None or identity is None:
        return None
    answer, acting = asked.opened(identity), acting_now()
    if acting is not None:
        acting.noted = True
    headers = {name: value for name, value in answer.headers.items() if name != "content-type"}
    return Response(
        answer.body,
        status_code=answer.status,
        headers=headers | {"idempotency-replayed": "true"},
        media_type=answer.headers.get("content-type"),
    )


def _answer(messages: Sequence[Message]) -> Answer:
    status, headers, content = 500, {}, b""
    for message in messages:
        if message["type"] == "http.response.start":
            status = message["status"]
            pairs = [
                (name.decode("latin-1").lower(), value.decode("latin-1"))
                for name, value in message["headers"]
            ]
            headers = {name: value for name, value in pairs if name in KEPT_HEADERS}
        elif message["type"] == "http.response.body":
            content += message["body"]
    return Answer(status=status, headers=headers, body=content)


class _Body:
    """A body read whole, up to a byte too many, so that it can be hashed and given on."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.digest = hashlib.sha256(content).hexdigest()

    @classmethod
    async def read(cls, receive: Receive, most: int) -> "_Body":
        content, more = b"", True
        while more and len(content) <= most:
            message = await receive()
            if message["type"] != "http.request":
                break
            content, more = content + message["body"], message["more_body"]
        return cls(content)

    async def receive(self) -> HTTPRequestEvent:
        return {"type": "http.request", "body": self._content, "more_body": False}
