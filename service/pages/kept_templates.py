"""Compiled templates, kept where Python keeps compiled modules: a process that starts need not compile them again."""

import inspect
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.filters import FILTERS

FOLDER = Path(cache_from_source(__file__)).parent / "templates"
PLAIN = (str, bool, type)


class KeptTemplates(FileSystemBytecodeCache):
    """Reads what fits the text and all else that compiling knows; writes where Python may write its own, else nothing is kept."""

    def __init__(self, folder: Path = FOLDER) -> None:
        super().__init__(str(folder))

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        return super().get_bucket(environment, name, filename, f"{_known_by(environment)}\n{source}")

    def get_source_checksum(self, source: str) -> str:
        return sha256(source.encode()).hexdigest()

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


@lru_cache(maxsize=1)
def _known_by(environment: Environment) -> str:
    """What compiling knows beside the text: the library, options, and filters, which it applies to constants at once."""
    own = {name: one for name, one in environment.filters.items() if FILTERS.get(name) is not one}
    options = (f"{name}={one!r}" for name, one in vars(environment).items() if isinstance(one, PLAIN))
    told = [jinja2.__version__, *options, *environment.extensions, *own, *_sources(own.values())]
    return sha256("\n".join(sorted(told)).encode()).hexdigest()


def _sources(functions: Iterable[Callable[..., Any]]) -> set[str]:
    """The whole text of the files that they stand in, where their helpers are too; of what is built in, nothing."""
    bare = map(inspect.unwrap, functions)
    files = {inspect.getfile(one) for one in bare if inspect.isfunction(one)}
    return {Path(file).read_text() for file in files}
