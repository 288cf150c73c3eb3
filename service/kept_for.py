"""What takes long to compute of a version, kept for exactly as long as what it was computed from is the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Given = tuple[object, ...]
Kept = TypeVar("Kept", bound=Hashable)
Made = TypeVar("Made")


class KeptFor(Generic[Kept, Made]):
    """The newest answer for each of a few versions, with what it was computed from.

    That is compared by its content: a version on the facts of its computation and one on those of this moment,
    where an absence, a cancellation, the end of a partner's hold or another day count, need no keys of their own.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Kept, tuple[Given, Made]] = OrderedDict()

    def of(self, version: Kept, given: Given, make: Callable[[], Made]) -> Made:
        """Computes when the version is not known with what is given: call it in a thread."""
        known = self._known.get(version)
        if known is not None and known[0] == given:
            return known[1]
        made = make()
        self._known.pop(version, None)
        self._known[version] = (given, made)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._known)

    def clear(self) -> None:
        self._known.clear()
