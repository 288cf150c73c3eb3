"""Faults of pins: complete, inside the horizon, about something that exists, and only one each."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator

from planner.checks.fault import Fault, repeated, shown, unknown, unknowns
from planner.problem import Pin, Problem

FORMS = {
    "need": ("need", "start"),
    "permanence": ("cadence", "half_day"),
    "sequence": ("promotion", "sequence", "start"),
    "session": ("cadence", "number", "start"),
}
"""The fields that each form of pin needs beside `on` and `staff`."""

OPTIONAL = {"need": ("site",), "permanence": (), "sequence": ("room",), "session": ("room",)}

FIELDS = ("need", "cadence", "number", "promotion", "sequence", "half_day", "start", "site", "room")


def pin_faults(problem: Problem) -> Iterator[Fault]:
    """Each pin by itself, then against the others."""
    records = _Records(problem)
    for index, pin in enumerate(problem.pins):
        path = f"pins[{index}]"
        faults = list(_form(path, pin))
        yield from faults
        if not faults:
            yield from records.faults(path, pin)
        if not problem.first_on <= pin.on <= problem.last_on:
            yield Fault(f"{path}.on", f"{pin.on} is outside {problem.first_on} to {problem.last_on}")
    yield from _twice(problem)


def form_of(pin: Pin) -> str:
    """Which of the four forms a pin means to have."""
    if pin.need is not None:
        return "need"
    if pin.promotion is not None or pin.sequence is not None:
        return "sequence"
    return "session" if pin.number is not None else "permanence"


def _form(path: str, pin: Pin) -> Iterator[Fault]:
    form = form_of(pin)
    given = {field for field in FIELDS if getattr(pin, field) is not None}
    for field in FORMS[form]:
        if field not in given:
            needed = ", ".join(("on", *FORMS[form], "staff"))
            yield Fault(f"{path}.{field}", f"is missing: a pin of this kind says {needed}")
    for field in FIELDS:
        if field in given and field not in (*FORMS[form], *OPTIONAL[form]):
            yield Fault(f"{path}.{field}", f"does not belong to a pin that names {FORMS[form][0]}")
    if not pin.staff:
        yield Fault(f"{path}.staff", "is empty: a pin says who")
    if form == "need" and len(pin.staff) > 1:
        yield Fault(f"{path}.staff", "an interview is held by one person")
    yield from repeated(f"{path}.staff", pin.staff, "")


class _Records:
    """What pins may name, by id: looked up for each of them, so gathered once."""

    def __init__(self, problem: Problem) -> None:
        self._staff = {person.id for person in problem.staff}
        self._rooms = {site.id: {room.id for room in site.rooms} for site in problem.sites}
        self._needs = {need.id: need for need in problem.interviews}
        self._promotions = {promotion.id: promotion for promotion in problem.promotions}
        self._sequences = {
            promotion.id: {sequence.id for sequence in promotion.sequences}
            for promotion in problem.promotions
        }
        self._sites_of = {
            kind: {cadence.id: cadence.site for cadence in problem.cadences if cadence.kind == kind}
            for kind in ("permanence", "session")
        }

    def faults(self, path: str, pin: Pin) -> Iterator[Fault]:
        """Ids of a pin, whose form is known to be right, that no record has."""
        yield from unknowns(f"{path}.staff", "staff member", pin.staff, self._staff)
        yield from unknown(f"{path}.site", "site", pin.site, self._rooms)
        form = form_of(pin)
        if form == "need":
            yield from self._need(path, pin)
        elif form == "sequence":
            yield from self._sequence(path, pin)
        else:
            sites = self._sites_of[form]
            yield from unknown(f"{path}.cadence", f"cadence of {form}s", pin.cadence, sites)
            yield from self._room(path, pin, sites.get(pin.cadence or ""))

    def _need(self, path: str, pin: Pin) -> Iterator[Fault]:
        yield from unknown(f"{path}.need", "need", pin.need, self._needs)
        need = self._needs.get(pin.need or "")
        if need is not None and (need.mode == "on_site") is (pin.site is None):
            reason = "is missing: the need is on site" if pin.site is None else "a call has no site"
            yield Fault(f"{path}.site", reason)

    def _sequence(self, path: str, pin: Pin) -> Iterator[Fault]:
        yield from unknown(f"{path}.promotion", "promotion", pin.promotion, self._promotions)
        promotion = self._promotions.get(pin.promotion or "")
        if promotion is not None:
            known = self._sequences[promotion.id]
            yield from unknown(f"{path}.sequence", f"sequence of {promotion.id}", pin.sequence, known)
            yield from self._room(path, pin, promotion.site)

    def _room(self, path: str, pin: Pin, site: str | None) -> Iterator[Fault]:
        if site is not None:
            yield from unknown(f"{path}.room", f"room of {site}", pin.room, self._rooms[site])


def _twice(problem: Problem) -> Iterator[Fault]:
    """A thing pinned more often than it exists; the fault names both pins and what they say."""
    counts = {need.id: need.count for need in problem.interviews}
    seen: dict[Hashable, list[int]] = defaultdict(list)
    said: Counter[Hashable] = Counter()
    for index, pin in enumerate(problem.pins):
        earlier = seen[_key(pin)]
        most = counts.get(pin.need, 1) if pin.need is not None else 1
        said[_key(pin), _value(pin)] += 1
        if len(earlier) >= most or said[_key(pin), _value(pin)] > 1:
            first = earlier[0]
            other = problem.pins[first]
            yield Fault(
                f"pins[{index}]",
                f"{shown(_key(pin))} is pinned to {shown(_value(pin))}"
                f" and by pins[{first}] to {shown(_value(other))}",
            )
        earlier.append(index)


def _key(pin: Pin) -> Hashable:
    """What a pin is about: a need, a permanence, a session."""
    if pin.half_day is not None:
        return pin.cadence, pin.on, pin.half_day
    return pin.need or (pin.promotion, pin.sequence, pin.cadence, pin.number)


def _value(pin: Pin) -> Hashable:
    return pin.on, pin.start, pin.half_day, pin.site, pin.room, " ".join(sorted(pin.staff))
