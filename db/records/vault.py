"""What lies sealed of a participant, and everything else that a master key seals."""

from typing import Literal
from uuid import UUID

from db.records.base import Record


class Vault(Record, frozen=True, kw_only=True):
    """`wrapped_key` opens `sealed`; both null once the person is erased."""

    participant_id: UUID
    master_key_id: str
    wrapped_key: bytes | None = None
    sealed: bytes | None = None


class Sealed(Record, frozen=True, kw_only=True):
    """One value under a master key: where it lies, and the names that its seal is bound to."""

    place: Literal["participant_vault", "account", "busy_source"]
    id: UUID
    value: bytes
    bound_to: tuple[str, ...]
