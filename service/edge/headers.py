"""Security headers, put on every answer (errors included) that did not choose its own."""

from litestar.types import Message, Scope

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


_ENCODED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


async def add_security_headers(message: Message, _: Scope) -> None:
    """A `before_send` hook: it sees what handlers, errors and static files answer alike."""
    if message["type"] != "http.response.start":
        return
    chosen = {name.lower() for name, _ in message["headers"]}
    own = [(name, value) for name, value in _ENCODED if name not in chosen]
    message["headers"] = [*message["headers"], *own]
