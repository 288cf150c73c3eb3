"""What our functions do while they run, told by the interpreter itself: nothing is put in their place."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from types import FrameType, FunctionType
from typing import Any


@contextmanager
def calls_of(*functions: FunctionType) -> Iterator[Counter[str]]:
    """How often each function is called in this thread, by its qualified name."""
    names = {one.__code__: one.__qualname__ for one in functions}
    found: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in names:
            found[names[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)


@contextmanager
def interrupted(function: FunctionType, at: int, meanwhile: Callable[[], object]) -> Iterator[None]:
    """Does something before step number `at` of the interpreter in a function that this thread calls."""
    steps = count()

    def follow(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code is not function.__code__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode" and next(steps) == at:
            meanwhile()
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        yield
    finally:
        sys.settrace(before)
