"""Bodies of answers that are asked for again and again, each right as long as its validator is the present one."""

import re
from collections import OrderedDict
from typing import NamedTuple

import msgspec

from db.acting import acting_now
from service.privacy.shown import REFERENCE

MOST = 64
"""Of some hundred thousand bytes each, in each process."""
_BYTES = re.compile(REFERENCE.pattern.encode())


class KeptBody(NamedTuple):
    """Bytes as they leave, and the participants that they show: each reading of them is noted."""

    content: bytes
    references: tuple[str, ...]


class KeptBodies:
    """The last ones that were asked for. A validator says territory, revisions, question and viewer."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[str, KeptBody] = OrderedDict()

    def get(self, tag: str) -> KeptBody | None:
        found = self._bodies.get(tag)
        if found is not None:
            self._bodies.move_to_end(tag)
        return found

    def keep(self, tag: str, answer: msgspec.Struct) -> KeptBody:
        content = msgspec.json.encode(answer)
        shown = sorted({one.decode() for one in _BYTES.findall(content)})
        self._bodies[tag] = kept = KeptBody(content, tuple(shown))
        if len(self._bodies) > MOST:
            self._bodies.popitem(last=False)
        return kept


def say_shown(body: KeptBody) -> None:
    """For the trail: whom this answer shows."""
    acting = acting_now()
    if acting is not None and body.references:
        acting.reads = body.references
