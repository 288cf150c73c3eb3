"""Master keys: in a file outside of the database and of its folder; the first one wraps, all unwrap.

What is sealed carries the id of its key before it. A key is 32 bytes, a line `<id> <base64>`.
"""

import base64
import hashlib
import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.atomic_files import write_atomically, write_if_absent
from service.errors import BadInput

NONCE_BYTES = 12
ID_LETTERS = 12
OWNER_ONLY = 0o600


class NotOpened(Exception):
    """Sealed with another key, destroyed, or altered."""


class MasterKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Keys by id, the current one first."""

    keys: tuple[tuple[str, bytes], ...]

    @property
    def current_id(self) -> str:
        return self.keys[0][0]

    def seal(self, content: bytes, context: str) -> bytes:
        """Encrypted and bound to its context: what is moved elsewhere does not open."""
        id_, key = self.keys[0]
        return id_.encode() + seal_with(key, content, context)

    def open(self, sealed: bytes, context: str) -> bytes:
        """Raises `NotOpened`."""
        id_ = id_of(sealed)
        key = dict(self.keys).get(id_)
        if key is None:
            raise NotOpened(f"no master key {id_}")
        return open_with(key, sealed[ID_LETTERS:], context)


def id_of(sealed: bytes) -> str:
    """Which key something was sealed with."""
    return sealed[:ID_LETTERS].decode(errors="replace")


def seal_with(key: bytes, content: bytes, context: str) -> bytes:
    """AES-256-GCM with a nonce of its own before it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, context.encode())


def open_with(key: bytes, sealed: bytes, context: str) -> bytes:
    """Raises `NotOpened`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise NotOpened("altered, or sealed with another key") from error


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def read_master_keys(path: Path) -> MasterKeys:
    """The keys of the file. Raises `BadInput` when it is not there or not what it should be."""
    try:
        lines = path.read_text().split("\n")
    except OSError as error:
        raise BadInput(f"{path}: the master key cannot be read ({error.strerror})") from error
    keys = [_key_of(line, path) for line in lines if line.strip() and not line.startswith("#")]
    if not keys:
        raise BadInput(f"{path}: holds no master key")
    return MasterKeys(keys=tuple(keys))


def _key_of(line: str, path: Path) -> tuple[str, bytes]:
    try:
        id_, encoded = line.split()
        key = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise BadInput(f"{path}: a line is no master key") from error
    if len(key) != 32 or id_ != key_id(key):
        raise BadInput(f"{path}: a master key is damaged")
    return id_, key


def key_id(key: bytes) -> str:
    return hashlib.sha256(b"escale master key" + key).hexdigest()[:ID_LETTERS]


def write_master_keys(path: Path, keys: MasterKeys) -> None:
    """Readable by its owner only, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(path, _text_of(keys), mode=OWNER_ONLY)


def _text_of(keys: MasterKeys) -> bytes:
    lines = [f"{id_} {base64.b64encode(key).decode()}" for id_, key in keys.keys]
    head = "# Clés maîtresses d’escale, la première sert. À sauvegarder ailleurs que la base.\n"
    return (head + "\n".join(lines) + "\n").encode()


def ensure_master_keys(path: Path) -> MasterKeys:
    """The keys of the file, which is made when there is none: only `kept_keys` knows whether it may be."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_if_absent(path, _text_of(with_new_key(MasterKeys(keys=()))), mode=OWNER_ONLY)
    return read_master_keys(path)


def with_new_key(keys: MasterKeys) -> MasterKeys:
    """A new current key before the others."""
    key = new_key()
    return MasterKeys(keys=((key_id(key), key), *keys.keys))
