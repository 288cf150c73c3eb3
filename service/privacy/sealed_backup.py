"""Backups that the machine which makes them cannot read: sealed for a key whose private half lies elsewhere.

A file is a head (what it is, a key made for this file alone) and pieces of a mebibyte, each under
AES-256-GCM with its number and whether it is the last one: none can be left out, moved or added.
"""

import base64
import io
import os
import re
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.backup import BackupError
from service.atomic_files import write_atomically
from service.errors import BadInput

MAGIC = b"escale-sealed-backup/1\n"
KEY_BYTES = 32
PIECE_BYTES = 1 << 20
TAG_BYTES = 16
OWNER_ONLY = 0o600
_PRIVATE = re.compile(r"^escale-backup-private ([A-Za-z0-9+/=]{44})$", re.MULTILINE)


class SealedFiles:
    """Seals for a public key. What it has just sealed it can still read, to verify it; nobody else without the private half."""

    def __init__(self, public: bytes) -> None:
        own = X25519PrivateKey.generate()
        self._head = MAGIC + own.public_key().public_bytes_raw()
        shared = own.exchange(X25519PublicKey.from_public_bytes(public))
        self._key = _content_key(shared, self._head, public)

    def create(self, path: Path) -> IO[bytes]:
        raw: io.RawIOBase = _Sealing(path.open("wb"), self._key, self._head)
        return io.BufferedWriter(raw)

    def open(self, path: Path) -> IO[bytes]:
        file = path.open("rb")
        if file.read(len(self._head)) != self._head:
            file.close()
            raise BackupError(f"{path.name}: was not sealed just now")
        raw: io.RawIOBase = _Opening(file, self._key, self._head)
        return io.BufferedReader(raw)


class OpenedFiles:
    """Reads what was sealed, with the private half."""

    def __init__(self, private: bytes) -> None:
        self._private = X25519PrivateKey.from_private_bytes(private)

    def create(self, path: Path) -> IO[bytes]:
        return SealedFiles(self._private.public_key().public_bytes_raw()).create(path)

    def open(self, path: Path) -> IO[bytes]:
        file = path.open("rb")
        head = file.read(len(MAGIC) + KEY_BYTES)
        if not head.startswith(MAGIC) or len(head) != len(MAGIC) + KEY_BYTES:
            file.close()
            raise BackupError(f"{path.name}: is not a sealed backup")
        shared = self._private.exchange(X25519PublicKey.from_public_bytes(head[len(MAGIC) :]))
        key = _content_key(shared, head, self._private.public_key().public_bytes_raw())
        raw: io.RawIOBase = _Opening(file, key, head)
        return io.BufferedReader(raw)


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _content_key(shared: bytes, head: bytes, public: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=head + public, info=b"escale backup").derive(
        shared
    )


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class _Sealing(io.RawIOBase):
    """Takes plain bytes, writes sealed pieces; closing writes the last one."""

    def __init__(self, file: IO[bytes], key: bytes, head: bytes) -> None:
        self._file, self._cipher, self._head = file, AESGCM(key), head
        self._number, self._pending = 0, bytearray()
        file.write(head)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._pending += data
        while len(self._pending) > PIECE_BYTES:
            self._put(bytes(self._pending[:PIECE_BYTES]), last=False)
            del self._pending[:PIECE_BYTES]
        return len(data)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._head))
        self._number += 1

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._pending), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        super().close()


class _Opening(io.RawIOBase):
    """Gives plain bytes of sealed pieces. Raises `BackupError` at the first that does not hold."""

    def __init__(self, file: IO[bytes], key: bytes, head: bytes) -> None:
        self._file, self._cipher, self._head = file, AESGCM(key), head
        self._number, self._ready, self._over = 0, b"", False
        self._ahead = file.read(PIECE_BYTES + TAG_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray) -> int:  # type: ignore[override]
        if not self._ready and not self._over:
            self._next_piece()
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _next_piece(self) -> None:
        piece, self._ahead = self._ahead, self._file.read(PIECE_BYTES + TAG_BYTES)
        self._over = not self._ahead
        try:
            self._ready = self._cipher.decrypt(_nonce(self._number, last=self._over), piece, self._head)
        except (InvalidTag, ValueError) as error:
            raise BackupError("sealed with another key, or damaged") from error
        self._number += 1

    def close(self) -> None:
        self._file.close()
        super().close()


def make_backup_key(path: Path) -> str:
    """Writes the private half to a new file, to be taken away; the public half, to be set. Raises `BadInput`."""
    if path.exists():
        raise BadInput(f"{path}: exists already")
    private = X25519PrivateKey.generate()
    text = f"escale-backup-private {base64.b64encode(private.private_bytes_raw()).decode()}\n"
    head = "# Ouvre les sauvegardes. À garder ailleurs que sur la machine qui les fait, en deux endroits.\n"
    write_atomically(path, (head + text).encode(), mode=OWNER_ONLY)
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def read_private_key(path: Path) -> bytes:
    """Raises `BadInput`."""
    try:
        found = _PRIVATE.search(path.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read") from error
    if found is None:
        raise BadInput(f"{path}: holds no private key of backups")
    return base64.b64decode(found[1])


def read_public_key(text: str) -> bytes:
    """Raises `BadInput`."""
    try:
        public = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadInput("ESCALE_BACKUP_PUBLIC_KEY: what escale db backup-key printed") from error
    if len(public) != KEY_BYTES:
        raise BadInput("ESCALE_BACKUP_PUBLIC_KEY: what escale db backup-key printed")
    return public
