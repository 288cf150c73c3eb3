"""Reads a facts file and the files it includes. Nothing is resolved for a month here."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from service.atomic_files import read_bytes
from service.facts_file.check import check
from service.facts_file.errors import FactsFileError, FieldError
from service.facts_file.schema import FactsFile


def read_facts(path: Path) -> FactsFile:
    """The facts of one territory. Raises `FactsFileError` naming file, entry and field."""
    merged, homes = _merged(path)
    try:
        facts = msgspec.convert(merged, FactsFile)
    except msgspec.ValidationError as error:
        raise _located(str(error), merged, homes, path) from error
    with located(path):
        check(facts)
    return facts


@contextmanager
def located(path: Path) -> Iterator[None]:
    """Gives a fault found inside the file that holds its entry."""
    try:
        yield
    except FieldError as error:
        _, homes = _merged(path)
        home = homes.get(error.entry.split(",")[0].split(" ")[0], path)
        raise FactsFileError(home, error.entry, error.field, error.what) from error


def _merged(path: Path) -> tuple[dict[str, Any], dict[str, Path]]:
    """The keys of the file and of those it includes, and the file each key comes from."""
    merged = _parsed(path)
    homes = dict.fromkeys(merged, path)
    included = merged.pop("include", [])
    if not isinstance(included, list) or not all(isinstance(name, str) for name in included):
        raise FactsFileError(path, "include", "", "expected a list of file names")
    for name in included:
        part = path.parent / name
        for key, value in _parsed(part).items():
            if key in merged:
                raise FactsFileError(part, key, "", f"already given in {homes[key]}")
            merged[key], homes[key] = value, part
    return merged, homes


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_bytes(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FactsFileError(path, "", "", f"not readable as TOML: {error}") from error


def _located(message: str, merged: dict[str, Any], homes: dict[str, Path], path: Path) -> FactsFileError:
    """`Expected ... - at `$.sites[2].kind`` with the entry's own code instead of its number."""
    what, _, where = message.partition(" - at `$.")
    names = where.rstrip("`").split(".") if where else []
    if not names:
        return FactsFileError(path, "", "", what)
    list_name, _, index = names[0].rstrip("]").partition("[")
    entry, fields = list_name, names[1:]
    rows = merged.get(list_name)
    if index.isdigit() and isinstance(rows, list) and isinstance(rows[int(index)], dict):
        entry = f"{list_name} {rows[int(index)].get('code', f'number {int(index) + 1}')!r}"
    return FactsFileError(homes.get(list_name, path), entry, ".".join(fields), what)
