"""Files that are either the old ones or complete: written beside, then put in place."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from service.errors import BadInput


def write_atomically(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replaces `path`, or the file that it is a link to; a device or a pipe is written to instead.

    Raises `BadInput` when it cannot be written; then the old file is untouched.
    """
    try:
        if is_special(path):
            path.write_bytes(content)
        else:
            _replace(Path(os.path.realpath(path)), content, mode)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error


def check_writable(path: Path) -> None:
    """Whether a file could be put in place there, asked before long work. Raises `BadInput`."""
    target = Path(os.path.realpath(path))
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not is_special(path):
            tempfile.TemporaryFile(dir=target.parent).close()
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error


def is_special(path: Path) -> bool:
    """A device, a pipe, a socket: something that must not be replaced by a file."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _replace(path: Path, content: bytes, mode: int) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_if_absent(path: Path, content: bytes, *, mode: int) -> None:
    """Of several processes that begin a file together one writes it, whole; the others leave it alone."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        draft = Path(folder) / path.name
        write_atomically(draft, content, mode=mode)
        with suppress(FileExistsError):
            os.link(draft, path)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """The content of a file named on the command line, or its first `most` bytes. Raises `BadInput`."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
