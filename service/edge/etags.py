"""Versions as ETags: `If-Match` guards a write, `If-None-Match` spares a read."""

from service.errors import PreconditionMissing, StaleVersion

ANY = "*"


def etag(version: int) -> str:
    return f'"{version}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Whether who asks has this representation already; compared weakly, as a GET may."""
    if if_none_match is None:
        return False
    tags = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return ANY in tags or tag.removeprefix("W/") in tags


def expected_version(if_match: str | None, present: int) -> int:
    """The version that a write may replace. Raises `PreconditionMissing`, `StaleVersion` on what is no version."""
    if if_match is None:
        raise PreconditionMissing("If-Match: l’ETag de ce qui a été lu")
    tags = [one.strip() for one in if_match.split(",")]
    if ANY in tags or etag(present) in tags:
        return present
    for tag in tags:
        number = tag.strip('"')
        if number.isascii() and number.isdigit() and len(number) < 10:
            return int(number)
    raise StaleVersion("If-Match n’est pas une version de cela.", version=present)
