"""The model of a month: facts, variables and an integer program, and the sums that rules share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planner.context import Context
from planner.demand import asked_days, asked_months, cut_window, is_monthly, is_weekly, meeting_days, opens
from planner.lanes import Interviews, Take
from planner.local_minutes import Span
from planner.problem import Cadence, Promotion, Sequence
from planner.program import Program
from planner.shared_days import DayClass, day_classes
from planner.variables import Variables


class Balance(NamedTuple):
    """Asked (a sum and a constant) and placed, each placed variable with its half-days."""

    asked: list[tuple[int, int]]
    constant: int
    placed: list[tuple[int, int]]


class Model:
    """What the solver's half of a rule or a goal reads and writes."""

    def __init__(self, context: Context, variables: Variables, interviews: Interviews) -> None:
        self.context = context
        self.facts = context.facts
        self.fixed = context.fixed
        self.program: Program = variables.program
        self.variables = variables
        self.interviews = interviews
        self.numbers: dict[tuple[int, int], int] = {}
        self.named: dict[tuple[int, int], int] = {}
        self._engaged: dict[tuple[str, int], int | None] = {}
        self._day_classes: dict[str, dict[str, DayClass]] = {}
        self._phone_takes: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._settled_spans: dict[tuple[str | None, int], list[Span]] = defaultdict(list)
        for kept in self.fixed.interviews:
            self._settled_spans[kept.site, kept.half // 2].append(kept.span)
        self._holders: dict[tuple[str, int], list[int]] = defaultdict(list)
        for index, occurrence in enumerate(variables.occurrences):
            for half in occurrence.halves if occurrence.kind == "permanence" else ():
                self._holders[occurrence.site, half].append(index)
        for take in interviews.takes:
            lane = interviews.lanes[take.lane]
            if not lane.on_site:
                self._phone_takes[lane.staff, lane.half].append(take.variable)

    # Cadences and promotions

    def size(self, cadence: Cadence) -> int:
        """Half-days of one occurrence: a whole-day permanence is two."""
        return 2 if cadence.length == "day" and cadence.kind == "permanence" else 1

    def halves_between(self, cadence: Cadence, first: int, last: int) -> list[tuple[int, int]]:
        """Occurrences from day `first` to day `last`, each with the half-days it counts for."""
        found = []
        for index in self.variables.of(cadence.id):
            occurrence = self.variables.occurrences[index]
            if first <= occurrence.day <= last:
                found.append(
                    (self.variables.held[index], len(occurrence.halves) if self.size(cadence) == 2 else 1)
                )
        return found

    def asked(self, cadence: Cadence) -> int:
        """Occurrences that a cadence asks in the whole horizon; as many as possible when it follows."""
        if is_monthly(cadence):
            return sum(month.asked for month in asked_months(self.facts, cadence))
        return len(asked_days(self.facts, cadence)) if is_weekly(cadence) else self.facts.days

    def is_complete(self, index: int) -> bool:
        """Whether an occurrence stays with its whole team: nothing is left to choose."""
        occurrence = self.variables.occurrences[index]
        kept = self.fixed.occurrences.get((occurrence.of, occurrence.half))
        return kept is not None and kept.complete

    def is_spread(self, cadence: Cadence) -> bool:
        return is_monthly(cadence) and cadence.asked >= 2

    def sequences(self) -> Iterator[tuple[Promotion, Sequence, bool]]:
        """Every sequence not done yet, with whether it counts in this horizon."""
        for promotion in self.facts.problem.promotions:
            for sequence in promotion.sequences:
                if sequence.done_on is None:
                    counts = cut_window(self.facts, sequence.from_on, sequence.until_on).counts
                    yield promotion, sequence, counts

    def balances(self, cadence: Cadence) -> list[Balance]:
        """What a cadence asks and what is placed of it, in half-days, by month where it is monthly."""
        size, last = self.size(cadence), self.facts.days - 1
        if is_monthly(cadence):
            return [
                Balance([], size * month.asked, self.halves_between(cadence, month.first, month.last))
                for month in asked_months(self.facts, cadence)
            ]
        placed = self.halves_between(cadence, 0, last)
        if is_weekly(cadence):
            return [Balance([], size * len(asked_days(self.facts, cadence)), placed)]
        return [Balance([(v, size) for v in self.days_with_session(cadence)], 0, placed)]

    def may_exceed(self, cadence: Cadence, balance: Balance) -> bool:
        """Whether more could be placed than is asked."""
        return cadence.up_to > 0 or any(self.program.lower[variable] for variable, _ in balance.placed)

    def sessions(self, promotion: str) -> list[int]:
        return [
            index
            for sequence in self.facts.promotions[promotion].sequences
            for index in self.variables.of(promotion, sequence.id)
        ]

    def known_day(self, promotion: Promotion, sequence: Sequence) -> int | None:
        """The day of a sequence that is done, or published outside the horizon."""
        if sequence.done_on is not None:
            return self.facts.day(sequence.done_on)
        published = self.facts.problem.published
        for session in published.sessions if published else ():
            day = self.facts.minute(session.starts_at) // 1440
            same = (session.promotion, session.sequence) == (promotion.id, sequence.id)
            if same and not 0 <= day < self.facts.days and not self.variables.of(promotion.id, sequence.id):
                return day
        return None

    def sessions_on(self, promotion: str, day: int) -> list[int]:
        occurrences = self.variables.occurrences
        return [index for index in self.sessions(promotion) if occurrences[index].day == day]

    def apart_on(self, promotion: str, day: int) -> list[list[int]]:
        """The sessions of a day, apart where the steps of the promotion let one day have several."""
        if promotion not in self._day_classes:
            self._day_classes[promotion] = self._classes_of(self.facts.promotions[promotion])
        found: dict[DayClass, list[int]] = defaultdict(list)
        for index in self.sessions_on(promotion, day):
            found[self._day_classes[promotion][self.variables.occurrences[index].of[1]]].append(index)
        return list(found.values())

    def _classes_of(self, promotion: Promotion) -> dict[str, DayClass]:
        settled = {
            sequence.id
            for sequence in promotion.sequences
            if self.known_day(promotion, sequence) is not None
            or any(
                self.program.lower[self.variables.held[index]]
                for index in self.variables.of(promotion.id, sequence.id)
            )
        }
        return day_classes(promotion, settled)

    def days_with_session(self, cadence: Cadence) -> list[int]:
        """For each day on which the followed promotion may meet and the site opens: whether it does."""
        asked = []
        for day in range(self.facts.days):
            origins = meeting_days(self.facts, cadence, day)
            meetings = [apart for origin in origins for apart in self.apart_on(cadence.follows or "", origin)]
            if meetings and opens(self.facts, cadence, day):
                held = [[self.variables.held[index] for index in apart] for apart in meetings]
                asked.append(self.program.any_of_groups(held))
        return asked

    def numbered(self, index: int, number: int) -> int | None:
        """Whether an open session takes a published number; none when what stays there has another."""
        occurrence = self.variables.occurrences[index]
        kept = self.fixed.occurrences.get((occurrence.of, occurrence.half))
        settled = kept.number if kept is not None else None
        if settled is not None and settled != number:
            return None
        key = (index, number)
        if key not in self.numbers:
            self.numbers[key] = self.program.variable(fixed=settled == number)
            self.program.implies(self.numbers[key], self.variables.held[index])
        return self.numbers[key]

    def at_most_one_number(self, of: tuple[str, ...], number: int | None) -> None:
        """A number is taken once; a session takes one number."""
        indices = set(self.variables.of(*of))
        self.program.at_most_one(v for (i, n), v in self.numbers.items() if i in indices and n == number)
        for index in indices:
            self.program.at_most_one(v for (i, _), v in self.numbers.items() if i == index)

    # Interviews

    def span(self, take: Take) -> Span:
        slots = self.interviews.lanes[take.lane].slots
        return Span(slots[take.first].start, slots[take.last].end)

    def site(self, take: Take) -> str | None:
        """Where an interview takes place; nowhere by telephone."""
        lane = self.interviews.lanes[take.lane]
        return lane.site if lane.on_site else None

    def named_slot(self, lane: int, slot: int) -> int:
        """The variable that says whether counted interviews use that slot of a lane."""
        if (lane, slot) not in self.named:
            self.named[lane, slot] = self.program.variable()
        return self.named[lane, slot]

    def places_left(self, site: str, half: int) -> list[int]:
        """For each slot of the opening, the interview places that nothing fixed takes."""
        window = self.facts.windows.get((site, half))
        if window is None:
            return []
        places = self.facts.sites[site].interview_places
        settled = self._settled_spans[site, half // 2]
        return [
            places - most_at_once([span for span in settled if span.touches(slot)]) for slot in window.slots
        ]

    def booked(self, index: int, half: int) -> Counter[int]:
        """How many places partners booked of each slot of a permanence."""
        return self.facts.booked.get((self.variables.occurrences[index].of[0], half), Counter())

    def people_at(self, index: int) -> int:
        """How many staff a permanence has: those asked, or those that stay with it."""
        if self.is_complete(index):
            return len(self.variables.team[index])
        return self.variables.work(index).staff_count

    def holders(self, site: str, half: int) -> list[int]:
        """Permanences possible at a site in a half-day."""
        return self._holders.get((site, half), [])

    def settled_interviews(self, staff: str, site: str, half: int) -> int:
        kept = self.interviews.busy.get((staff, half), ())
        return sum(interview.site == site for interview in kept)

    def settled_slots(self, staff: str, holder: int, half: int) -> int:
        """Slots that fixed interviews of that person touch in a permanence, each for itself."""
        window = self.facts.windows.get((self.variables.occurrences[holder].site, half))
        kept = [one.span for one in self.interviews.staying(staff, holder, half)]
        return sum(slot.touches(span) for span in kept for slot in (window.slots if window else ()))

    # People

    def engageable(self, staff: str, halves: Iterable[int]) -> list[int]:
        """Half-days in which the person is engaged or could be."""
        return [
            half
            for half in halves
            if self.variables.presences.get((staff, half))
            or self._phone_takes.get((staff, half))
            or half in self.facts.meeting_halves[staff]
            or self.is_settled(staff, half)
        ]

    def is_settled(self, staff: str, half: int) -> bool:
        """Whether something that stays engages the person."""
        presences = self.variables.presences.get((staff, half), ())
        return bool(self.interviews.busy.get((staff, half))) or any(
            self.program.lower[variable] for variable, _ in presences
        )

    def engaging(self, staff: str, half: int) -> list[int]:
        """Every variable that would engage the person in that half-day."""
        presences = [variable for variable, _ in self.variables.presences.get((staff, half), ())]
        return [*presences, *self._phone_takes.get((staff, half), ())]

    def engaged(self, staff: str, half: int) -> int | None:
        """The variable that says whether the person is engaged; none when nothing can engage them."""
        key = (staff, half)
        if key not in self._engaged:
            self._engaged[key] = self._make_engaged(staff, half)
        return self._engaged[key]

    def _make_engaged(self, staff: str, half: int) -> int | None:
        if half in self.facts.meeting_halves[staff] or self.is_settled(staff, half):
            return self.program.variable(fixed=True)
        groups = [[variable for variable, _ in self.variables.presences.get((staff, half), ())]]
        phones = self._phone_takes.get((staff, half), [])
        if phones:
            groups.append([self._telephones(phones)])
        return self.program.any_of_groups(groups) if any(groups) else None

    def _telephones(self, takes: list[int]) -> int:
        """1 exactly when one of the counted takes is used."""
        if len(takes) == 1 and self.program.upper[takes[0]] == 1:
            return takes[0]
        used = self.program.at_least(
            ((((v, 1),), 0) for v in takes if self.program.upper[v] == 1), 1, lazy=False
        )
        for variable in takes:
            self.program.limit([(variable, 1), (used, -self.program.upper[variable])], 0)
        self.program.implies_one(used, takes)
        self.program.derived[-1] = self.program.derived[-1]._replace(
            sums=tuple((((variable, 1),), 0) for variable in takes)
        )
        return used


def most_at_once(spans: list[Span]) -> int:
    """The largest number of spans that share an instant."""
    return max((sum(s.start <= span.start < s.end for s in spans) for span in spans), default=0)
