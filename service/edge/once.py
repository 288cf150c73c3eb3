"""`Idempotency-Key`: a write sent twice is done once, and answered twice with the same answer.

The answer is kept in the transaction of the write itself: both are there or neither. What was refused
is not kept, and is tried anew.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPRequestEvent, HTTPScope, Message, Receive, Scope, Send

from db.queries.kept_answers import keep_answer, kept_answer
from db.records.answer import KeptAnswer
from db.transaction import transaction
from service.edge.csrf import SAFE
from service.edge.identity import identify
from service.errors import BadInput

HEADER = b"idempotency-key"
LONGEST = 200
KEPT_HEADERS = frozenset({"content-type", "etag", "location"})
REPLAYED = (b"idempotency-replayed", b"true")


class _Refused(Exception):
    """Takes a transaction back whose answer is no success."""


def answer_once(app: ASGIApp) -> ASGIApp:
    """Middleware of the JSON interface's writes."""

    async def once(scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        identity = None if key is None else await identify(ASGIConnection(scope, receive))
        if key is None or identity is None or scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        body = await _Body.read(receive, scope["litestar_app"].state.settings.max_body_bytes)
        name = f"{identity.account_id} {scope['method']} {scope['path']}"
        for message in await _answered(app, scope, body, (name[:500], key)):
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


async def _answered(
    app: ASGIApp, scope: HTTPScope, body: "_Body", about: tuple[str, str]
) -> Sequence[Message]:
    messages: list[Message] = []

    async def remember(message: Message) -> None:
        messages.append(message)

    try:
        async with transaction():
            kept = await kept_answer(*about)
            if kept is not None:
                return _replayed(kept, body)
            await app(scope, body.receive, remember)
            answer = _answer(messages, body)
            if answer.status >= 400:
                raise _Refused
            await keep_answer(*about, answer, now=datetime.now(UTC))
    except _Refused:
        pass
    return messages


def _replayed(kept: KeptAnswer, body: "_Body") -> list[Message]:
    if kept.request_hash != body.digest:
        raise BadInput("Idempotency-Key: cette clé a servi à une autre demande")
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept.headers.items()]
    return [
        {"type": "http.response.start", "status": kept.status, "headers": [*headers, REPLAYED]},
        {"type": "http.response.body", "body": kept.body, "more_body": False},
    ]


def _answer(messages: Sequence[Message], body: "_Body") -> KeptAnswer:
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
    return KeptAnswer(request_hash=body.digest, status=status, headers=headers, body=content)


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
