"""Compiled templates, kept where Python keeps compiled modules: a process that starts need not compile them again."""

import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

FOLDER = Path(cache_from_source(__file__)).parent / "templates"


class KeptTemplates(FileSystemBytecodeCache):
    """Reads what fits the text and the library; writes where Python may write its own, else nothing is kept."""

    def __init__(self, folder: Path = FOLDER) -> None:
        super().__init__(str(folder))

    def get_source_checksum(self, source: str) -> str:
        return sha256(f"{jinja2.__version__}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """A damaged file is as if it were not there."""
        with suppress(Exception):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
