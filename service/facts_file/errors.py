"""What is wrong with a facts file: the file, the entry in it, the field, and what was expected."""

from pathlib import Path

from service.errors import BadInput


class FactsFileError(BadInput):
    """One fault of a facts file, told in one line: `file: entry: field: what`."""

    code = "bad-facts-file"

    def __init__(self, path: Path, entry: str, field: str, what: str) -> None:
        super().__init__(": ".join(part for part in (str(path), entry, field, what) if part))
        self.path, self.entry, self.field, self.what = path, entry, field, what


class FieldError(ValueError):
    """A fault found by code that does not know the file; the reader adds file and entry."""

    def __init__(self, entry: str, field: str, what: str) -> None:
        super().__init__(f"{entry}: {field}: {what}")
        self.entry, self.field, self.what = entry, field, what
