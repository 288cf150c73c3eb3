"""One plan laid out for questions: rules, goals and indexes once, whatever is asked afterwards.

Calls take milliseconds to a second of computation: run them beside the event loop (`asyncio.to_thread`).
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import RLock

from planner.audit import Auditor
from planner.compare import Comparison, compare_audited
from planner.errors import PlannerError
from planner.plan import Plan
from planner.problem import Problem
from planner.replaced import UnknownFactError
from planner.suggest import TEN, Suggester, Suggestion
from planner.told import EVERYTHING, NothingPublishedError, Told, told
from planner.wanted import IsNotPlacedError, IsPlacedError, UnknownWantedError, Wanted
from planner.why.overruled import Overruling, overrulings
from planner.why_not import Explainer, WhyNot, left_out_of
from planner.why_this import WhyThis, why_this
from service.catalogue import text
from service.errors import Conflict, NotFound, ServiceError
from service.messages.assignment_words import Rooms
from service.messages.explanations import Explained

MOST = 8


class Prepared:
    """A problem and one of its plans; `names` are the words of cadences and promotions by code.

    Safe to ask from several threads: one question at a time.
    """

    def __init__(
        self, problem: Problem, plan: Plan, names: dict[str, str], rooms: Rooms | None = None
    ) -> None:
        self.problem = problem
        self.plan = plan
        self.names = names
        self.rooms = rooms or {}
        self._lock = RLock()

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self.problem, self.plan)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.problem, self.plan)

    @cached_property
    def auditor(self) -> Auditor:
        return self._suggester.auditor

    @cached_property
    def words(self) -> Explained:
        return Explained(self._suggester.view, self.names, self.rooms)

    def left_out(self) -> tuple[Wanted, ...]:
        """Everything that counts as missing."""
        with self._lock:
            return tuple(left_out_of(self._suggester.view))

    def why_not(self, wanted: Wanted) -> WhyNot:
        """Raises `NotFound`, `Conflict` when it is placed."""
        with self._lock, in_service_words():
            return self._explainer.why_not(wanted)

    def why_this(self, wanted: Wanted) -> WhyThis:
        """Raises `NotFound`, `Conflict` when it is not placed."""
        with self._lock, in_service_words():
            return why_this(self._suggester, wanted)

    def suggest(self, wanted: Wanted, *, count: int = TEN) -> tuple[Suggestion, ...]:
        """The best places, best first. Raises `NotFound`."""
        with self._lock, in_service_words():
            return self._suggester.suggest(wanted, count=count)

    def told(self, part: slice = EVERYTHING) -> Told:
        """What it changes of what is published, and for whom. Raises `Conflict` when nothing is published.

        `part`: of which interviews to place anew other places are looked for.
        """
        with self._lock, in_service_words():
            return told(self.problem, self.plan, part)

    def overruled(self) -> tuple[Overruling, ...]:
        with self._lock:
            return overrulings(self.auditor, self.plan)

    def must_know(self, staff: str | None) -> None:
        """Raises `NotFound` on somebody who is not of this plan's team."""
        if staff is not None and staff not in {person.id for person in self.problem.staff}:
            raise NotFound(text("staff : ce planning ne connaît pas {who}.", who=staff))

    def compared(self, other: "Prepared") -> Comparison:
        """What the other plan, perhaps under other facts, changes of this one."""
        with self._lock, in_service_words():
            return compare_audited(self.auditor, other.auditor, self.plan, other.plan)


@contextmanager
def in_service_words() -> Iterator[None]:
    """What the planner refuses, as the service's own errors."""
    try:
        yield
    except PlannerError as error:
        raise _refusal(error) from error


def _refusal(error: PlannerError) -> ServiceError:
    match error:
        case UnknownWantedError() | UnknownFactError():
            return NotFound(text("Ce planning ne connaît pas cela."))
        case IsPlacedError():
            return Conflict(text("Rien n’en manque dans ce planning."))
        case IsNotPlacedError():
            return Conflict(text("Cela n’est pas placé dans ce planning."))
        case NothingPublishedError():
            return Conflict(text("Rien n’est publié pour ces dates."))
        case _:
            return Conflict(text("Ce planning ne le permet pas."))


_known: dict[Hashable, Prepared] = {}
_guard = RLock()


def prepared_once(key: Hashable, make: Callable[[], Prepared]) -> Prepared:
    """The plan prepared under this key, made when it is not at hand; the last few are kept.

    A key holds everything that the answer depends on: the plan's id and version, the facts' revisions.
    """
    with _guard:
        found = _known.pop(key, None) or make()
        _known[key] = found
        while len(_known) > MOST:
            _known.pop(next(iter(_known)))
        return found


def already_prepared(key: Hashable) -> Prepared | None:
    with _guard:
        return _known.get(key)
