"""A style sheet as a browser of 2017 reads it: what it does not know, it drops, rule by rule and line by line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

NEWER_THAN_2021 = re.compile(
    r":has\(|@container|@layer|@scope|@starting-style|light-dark\(|color-mix\(|oklch\(|container-type|subgrid"
    r"|\b\d+(?:\.\d+)?[dsl]v[hwib]\b|text-wrap|field-sizing|content-visibility|anchor-name|popover|:user-invalid"
)
"""Features of style sheets that browsers have known since 2022 or later."""
NEW_SELECTORS = re.compile(r":is\(|:where\(|:has\(|:not\([^)]*,|:focus-visible|::backdrop|:any-link")
NEW_NAMES = re.compile(
    r"(?:row-|column-)?gap|inset(?:-\w+)*|aspect-ratio|accent-color|place-\w+|(?:margin|padding)-(?:inline|block).*"
    r"|color-scheme|forced-color-adjust|clip-path|overflow-wrap|text-underline-offset|text-decoration-thickness"
)
NEW_VALUES = re.compile(r"\b(?:min|max|clamp)\(|max-content|fit-content")
NEW_AT = re.compile(r"@(?:container|layer|supports|scope|property)\b")
NEW_MEDIA = re.compile(r"@media[^{]*(?:prefers-|forced-colors|[<>])")


class Block(NamedTuple):
    """`head { body }`, with the body as it is written."""

    head: str
    body: str


def blocks_of(sheet: str) -> Iterator[Block]:
    """The rules of a style sheet, one level deep, comments left out."""
    rest = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    while "{" in rest:
        head, _, rest = rest.partition("{")
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        yield Block(head.strip(), rest[: end - 1])
        rest = rest[end:]


def as_in_2017(sheet: str) -> str:
    """What is left of a style sheet in a browser of 2017, which knows grids and custom properties."""
    return "\n".join(_kept(block) for block in blocks_of(sheet))


def _kept(block: Block) -> str:
    if NEW_AT.match(block.head) or NEW_MEDIA.match(block.head) or NEW_SELECTORS.search(block.head):
        return ""
    if block.head.startswith("@media"):
        return f"{block.head} {{ {as_in_2017(block.body)} }}"
    lines = (line.strip() for line in block.body.split(";") if ":" in line)
    known = [line for line in lines if not _is_new(*line.split(":", 1))]
    return f"{block.head} {{ {'; '.join(known)} }}"


def _is_new(name: str, value: str) -> bool:
    return bool(NEW_NAMES.fullmatch(name.strip()) or NEW_VALUES.search(value))
