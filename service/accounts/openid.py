"""OpenID Connect, authorization code with PKCE: where to send somebody, and what the provider's answer proves."""

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.accounts.errors import ProviderRefused
from service.accounts.tokens import new_secret
from service.settings import LOOPBACK, Settings

ALGORITHMS = ("RS256", "PS256", "ES256")
SECONDS = 10
LEEWAY_SECONDS = 60
CALLBACK = "/connexion/retour"


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of itself at its well-known address."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """What ties an answer to the browser that asked: kept on our side, each used once."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """Who the provider says it is; `email` empty unless the provider verified it."""

    subject: str
    email: str = ""


def new_journey() -> Journey:
    return Journey(state=new_secret(), nonce=new_secret(), verifier=new_secret())


def is_safe(address: str) -> bool:
    """Encrypted on the way, or on this machine alone."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


async def discover(settings: Settings) -> Provider:
    """Raises `ProviderRefused` when it does not answer, or speaks for somebody else."""
    body = await _fetch("GET", f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration")
    try:
        provider = msgspec.json.decode(body, type=Provider)
    except msgspec.MsgspecError as error:
        raise ProviderRefused("Sa description est illisible.") from error
    if provider.issuer != settings.oidc_issuer:
        raise ProviderRefused("Il se présente sous une autre adresse.")
    if not all(map(is_safe, (provider.authorization_endpoint, provider.token_endpoint, provider.jwks_uri))):
        raise ProviderRefused("Une de ses adresses n’est pas chiffrée.")
    return provider


def address_to_ask(provider: Provider, settings: Settings, journey: Journey) -> str:
    """Where the browser goes."""
    asked = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": callback_of(settings),
        "scope": "openid email",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": journey.challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in provider.authorization_endpoint else "?"
    return f"{provider.authorization_endpoint}{joint}{urlencode(asked)}"


def callback_of(settings: Settings) -> str:
    return f"{settings.address}{CALLBACK}"


def same(one: str, other: str) -> bool:
    """Compared in constant time; an empty one is never the same."""
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())


async def prove(provider: Provider, settings: Settings, journey: Journey, code: str) -> Proven:
    """Changes the code for an identity whose every claim holds. Raises `ProviderRefused`."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback_of(settings),
        "code_verifier": journey.verifier,
        "client_id": settings.oidc_client_id,
    }
    basic = "client_secret_basic" in provider.token_endpoint_auth_methods_supported
    auth = (settings.oidc_client_id, settings.oidc_client_secret) if basic else None
    if not basic:
        fields["client_secret"] = settings.oidc_client_secret
    body = await _fetch("POST", provider.token_endpoint, data=fields, auth=auth)
    claims = _claims(_id_token(body), await _fetch("GET", provider.jwks_uri), provider)
    return _proven(claims, settings, journey)


def _id_token(body: bytes) -> str:
    try:
        return str(msgspec.json.decode(body, type=dict[str, Any])["id_token"])
    except (msgspec.MsgspecError, KeyError) as error:
        raise ProviderRefused("Il n’a donné aucune identité.") from error


def _claims(id_token: str, keys: bytes, provider: Provider) -> dict[str, Any]:
    """Signed by the provider, from it, of now."""
    wanted = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        sub={"essential": True},
        aud={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        known = KeySet.import_key_set(msgspec.json.decode(keys))
        token = jwt.decode(id_token, known, algorithms=list(ALGORITHMS))
        wanted.validate(token.claims)
    except (JoseError, ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise ProviderRefused(
            "Son identité n’est pas signée comme il faut, ou n’est plus valable."
        ) from error
    return token.claims


def _proven(claims: dict[str, Any], settings: Settings, journey: Journey) -> Proven:
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    mine = (
        settings.oidc_client_id in audiences
        and claims.get("azp", settings.oidc_client_id) == settings.oidc_client_id
    )
    if not mine or (len(audiences) > 1 and "azp" not in claims):
        raise ProviderRefused("Cette identité est destinée à un autre service.")
    if not same(str(claims.get("nonce", "")), journey.nonce):
        raise ProviderRefused("Cette identité répond à une autre demande.")
    email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
    return Proven(subject=f"{claims['iss']} {claims['sub']}", email=email)


async def _fetch(method: str, address: str, **given: Any) -> bytes:
    """Follows no redirection. Raises `ProviderRefused`."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.request(method, address, **given)
    except httpx.HTTPError as error:
        raise ProviderRefused("Il ne répond pas.") from error
    if answer.status_code != 200:
        raise ProviderRefused("Il a refusé la demande.")
    return answer.content
