"""A small OpenID provider, run as a process: `python -m tests.service.accounts.provider PORT`.

It signs in whoever the address names (`login_hint` of the test's own making) and, when asked to,
lies in one way at a time.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "escale", "a secret between us"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "one"})


class Provider(ThreadingHTTPServer):
    """Codes that were given and not used yet, each with what was asked."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Answers)
        self.issuer = f"http://127.0.0.1:{port}"
        self.codes: dict[str, dict[str, str]] = {}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._json(self._description())
        elif parts.path == "/keys":
            self._json(KeySet([KEY]).as_dict(private=False))
        elif parts.path == "/authorize":
            self._authorize(asked)
        else:
            self._json({"error": "not_found"}, 404)

    def _description(self) -> dict[str, Any]:
        root = self.server.issuer
        return {
            "issuer": root,
            "authorization_endpoint": f"{root}/authorize",
            "token_endpoint": f"{root}/token",
            "jwks_uri": f"{root}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def _authorize(self, asked: dict[str, str]) -> None:
        """A person who is signed in at the provider and agrees at once."""
        if asked.get("code_challenge_method") != "S256" or asked.get("client_id") != CLIENT_ID:
            self._json({"error": "invalid_request"}, 400)
            return
        code = secrets.token_urlsafe(16)
        self.server.codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        self.send_response(302)
        self.send_header("location", f"{asked['redirect_uri']}?{answer}")
        self.end_headers()

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        asked = self.server.codes.pop(sent.get("code", ""), None)
        if asked is None or not self._is_client() or not _fits(sent, asked):
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json({"access_token": "unused", "token_type": "Bearer", "id_token": self._identity(asked)})

    def _is_client(self) -> bool:
        wanted = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        # Basic credentials are form-encoded first, as RFC 6749 asks; both writings are taken.
        encoded = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET.replace(' ', '+')}".encode()).decode()
        return self.headers.get("authorization") in (f"Basic {wanted}", f"Basic {encoded}")

    def _identity(self, asked: dict[str, str]) -> str:
        now, lie = int(time.time()), asked.get("lie", "")
        claims = {
            "iss": self.server.issuer if lie != "issuer" else "https://elsewhere.test",
            "sub": asked.get("sub", "person-1"),
            "aud": CLIENT_ID if lie != "audience" else "another-client",
            "iat": now,
            "exp": now + 300 if lie != "expired" else now - 3600,
            "nonce": asked["nonce"] if lie != "nonce" else "another nonce",
            "email": asked.get("email", "coord@exemple.fr"),
            "email_verified": lie != "unverified",
        }
        if lie == "unsigned":
            parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in ({"alg": "none"}, claims)]  # fmt: skip
            return ".".join([*parts, ""])
        if lie == "shared secret":
            return jwt.encode(
                {"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(KEY.as_pem(private=False))
            )
        key = STRANGE_KEY if lie == "key" else KEY
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    def _json(self, content: Any, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _fits(sent: dict[str, str], asked: dict[str, str]) -> bool:
    """The verifier behind the challenge, and the same way back."""
    digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return challenge == asked["code_challenge"] and sent.get("redirect_uri") == asked["redirect_uri"]


if __name__ == "__main__":
    Provider(int(sys.argv[1])).serve_forever()
