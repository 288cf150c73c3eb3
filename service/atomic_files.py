"""Files that are either the old ones or complete: written beside, then put in place."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from service.errors import BadInput


def write_atomically(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replaces `path`. Raises `BadInput` when it cannot be written; then the old file is untouched."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        draft.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)


def write_if_absent(path: Path, content: bytes, *, mode: int) -> None:
    """Of several processes that begin a file together one writes it, whole; the others leave it alone."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        draft = Path(folder) / path.name
        write_atomically(draft, content, mode=mode)
        with suppress(FileExistsError):
            os.link(draft, path)


def read_bytes(path: Path) -> bytes:
    """The content of a file named on the command line. Raises `BadInput` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
