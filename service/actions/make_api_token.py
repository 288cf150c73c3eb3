"""A personal token of the interface: shown once, kept as a hash."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from db.queries.api_tokens import add_token
from service.accounts.api_tokens import SCOPES
from service.accounts.tokens import API_PREFIX, new_secret, secret_hash
from service.errors import BadInput

LONGEST_DAYS, LONGEST_NAME = 366, 80


async def make_api_token(account_id: UUID, name: str, scopes: tuple[str, ...], days: int) -> str:
    """The token. Raises `BadInput` on an unknown scope, none, or a length beyond a year."""
    if not scopes or not set(scopes) <= SCOPES.keys():
        raise BadInput("Choisissez au moins un droit.")
    if not 1 <= days <= LONGEST_DAYS or not name.strip():
        raise BadInput(f"Un nom, et une durée de 1 à {LONGEST_DAYS} jours.")
    token = API_PREFIX + new_secret()
    expires_at = datetime.now(UTC) + timedelta(days=days)
    await add_token(
        account_id, secret_hash(token), name=name[:LONGEST_NAME], scopes=scopes, expires_at=expires_at
    )
    return token
