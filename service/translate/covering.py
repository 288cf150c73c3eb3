"""What a version promises: permanences and sessions months ahead, interviews week by week, or all of it."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from service.translate.problem import Translated

Covered = Literal["permanences", "sessions", "interviews"]
KINDS: dict[str, Covered] = {
    "permanence": "permanences",
    "session": "sessions",
    "interview": "interviews",
    "office": "interviews",
}


def covers(covered: Iterable[str], kind: str) -> bool:
    """Whether a version promises things of a kind; one that names none promises all."""
    named = set(covered)
    return not named or KINDS[kind] in named


def is_within(earlier: Iterable[str], later: Iterable[str]) -> bool:
    """Whether a later version promises everything that an earlier one did."""
    every = set(KINDS.values())
    return (set(earlier) or every) <= (set(later) or every)


def covering(translated: Translated, covered: Iterable[str]) -> Translated:
    """The problem of a version without interviews asks for none but those that stand already or are pinned."""
    if covers(covered, "interview"):
        return translated
    problem = translated.problem
    kept = {one.need for one in problem.pins if one.need} | translated.published.needs
    needs = tuple(one for one in problem.interviews if one.id in kept)
    return msgspec.structs.replace(translated, problem=msgspec.structs.replace(problem, interviews=needs))
