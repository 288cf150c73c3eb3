"""Versions as ETags: `If-Match` guards a write, `If-None-Match` spares a read."""

from service.errors import PreconditionMissing, StaleVersion

ANY = "*"
PART = "."
"""In a tag, after the version: what else the representation depends on."""


def etag(version: int, more: str = "") -> str:
    return f'"{version}{PART if more else ""}{more}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Whether who asks has this representation already; compared weakly, as a GET may."""
    if if_none_match is None:
        return False
    tags = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return ANY in tags or tag.removeprefix("W/") in tags


def expected_version(if_match: str | None, present: int) -> int:
    """The version that a write may replace. Raises `PreconditionMissing`, `StaleVersion` on what is no version."""
    found = versions_of(if_match)
    return present if not found or present in found else found[0]


def version_read(if_match: str | None, in_body: int | None = None) -> int | None:
    """The version that an edit was made from, as its header or its body says; null: whatever is there.

    Raises `PreconditionMissing` when neither does, `StaleVersion` on a tag that is no version.
    """
    if if_match is None and in_body is not None:
        return in_body
    return next(iter(versions_of(if_match)), None)


def version_given(if_match: str | None) -> int | None:
    """The version that a step is bound to, when the header says one. Raises `StaleVersion`."""
    return None if if_match is None else version_read(if_match)


def versions_of(if_match: str | None) -> tuple[int, ...]:
    """The versions that a header names, none for `*`. Raises `PreconditionMissing`, `StaleVersion`."""
    if if_match is None:
        raise PreconditionMissing("If-Match: l’ETag de ce qui a été lu")
    tags = [one.strip() for one in if_match.split(",")]
    numbers = [tag.removeprefix("W/").strip('"').partition(PART)[0] for tag in tags]
    found = tuple(
        int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 10
    )
    if not found and ANY not in tags:
        raise StaleVersion("If-Match n’est pas une version de cela.")
    return () if ANY in tags else found
