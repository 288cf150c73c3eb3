"""Interviews of a generated month: two thirds fixed with the person, the others to be placed."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from planner.generate.agenda import Agenda, Facts, Presence, free_half_days, is_open, may_enter, pattern_on
from planner.generate.chances import chance, dates, hour_of, monday_of, opening_on, slot_starts
from planner.problem import Booked, Cadence, Interview, Participant, ParticipantHours, Pin, Site, StaffMember

MIN_DAYS = 5
HOURS_ALLOWED = (("09:00", "12:30"), ("13:30", "18:00"), ("08:30", "16:30"))


def references(dice: Random, count: int) -> tuple[str, ...]:
    """Different references: two letters, four digits, not in order."""
    found: dict[str, None] = {}
    while len(found) < count:
        letters = "".join(dice.choice("ABCDEFGHJKLMNPRSTVWXZ") for _ in range(2))
        found[f"{letters}{dice.randint(1000, 9999)}"] = None
    return tuple(found)


def make_participants(dice: Random, ids: tuple[str, ...]) -> tuple[Participant, ...]:
    return tuple(Participant(id=one, hours=_hours(dice) if chance(dice, 0.2) else None) for one in ids)


def _hours(dice: Random) -> tuple[ParticipantHours, ...]:
    """Semi-liberty: set hours on every working day."""
    from_hour, to_hour = dice.choice(HOURS_ALLOWED)
    return tuple(
        ParticipantHours(weekday=weekday, from_hour=from_hour, to_hour=to_hour) for weekday in (1, 2, 3, 4, 5)
    )


class Appointments:
    """Interviews and the facts about them, while they are being made up."""

    def __init__(self, dice: Random, facts: Facts) -> None:
        self.dice, self.facts = dice, facts
        self.agenda = Agenda(facts.promotions)
        self.interviews: list[Interview] = []
        self.pins: list[Pin] = []
        self.booked: list[Booked] = []
        self.offices = [site for site in facts.sites if site.kind == "bureau"]
        staff = facts.staff
        self.referent_of = {p.id: staff[i % len(staff)] for i, p in enumerate(facts.participants)}

    def fixed(self, count: int) -> None:
        """Pin `count` follow-ups with their referent (fewer where the half-days run out)."""
        people: dict[str, list[Participant]] = {member.id: [] for member in self.facts.staff}
        for person in self.facts.participants:
            people[self.referent_of[person.id].id].append(person)
        turns = [self._office_half_days(member) for member in self.facts.staff]
        while turns and len(self.pins) < count:
            for turn in list(turns):
                step = next(turn, None)
                if step is None:
                    turns.remove(turn)
                    continue
                member, when, office = step
                self._fill(member, when, office, people[member.id], count - len(self.pins))

    def _office_half_days(self, member: StaffMember) -> Iterator[tuple[StaffMember, Presence, Site]]:
        """Half-days that the person may spend at the office, at most 45 % of a week's contract.

        None on the days of a permanence fixed before.
        """
        free = free_half_days(member, self.facts)
        self.dice.shuffle(free)
        away = {one.on for one in self.agenda.presences.get(member.id, ())}
        for when in free:
            office = next((o for o in self.offices if o.id == member.base), None) or next(
                iter(self.offices), None
            )
            busy = self.agenda.week_count(member.id, when.on)
            here = sum(monday_of(one.on) == monday_of(when.on) for one in free)
            # One less: the team may meet on a day off.
            here = max(0, here - member.protected_half_days - 1)
            full = busy * 100 >= 45 * min(member.max_half_days.week, here)
            if office is None or full or when.on in away or not is_open(office, when):
                continue
            yield member, when, office

    def _fill(
        self, member: StaffMember, when: Presence, office: Site, people: list[Participant], room_for: int
    ) -> None:
        pattern, opening = pattern_on(member, *when), opening_on(office, *when)
        if pattern is None or opening is None:
            return
        starts = slot_starts(opening)
        for start in starts[: min(room_for, self.dice.choice((2, 3, 3, 4)))]:
            by_phone = pattern.where == "remote" or chance(self.dice, 0.15)
            if not by_phone and self.agenda.places[office.id, when.on, start] >= office.interview_places:
                continue
            hours = (start, start + opening.slot_minutes)
            person = self._someone(people, when, hours)
            if person is not None:
                self._fix(person, member, when, start, None if by_phone else office)

    def _someone(
        self, people: list[Participant], when: Presence, hours: tuple[int, int]
    ) -> Participant | None:
        able = [one for one in people if self.agenda.may_meet(one, when, hours, MIN_DAYS)]
        return self.dice.choice(able) if able else None

    def _fix(
        self, person: Participant, member: StaffMember, when: Presence, start: int, site: Site | None
    ) -> None:
        self.agenda.take_half_day(member.id, when)
        self.agenda.meet(person.id, when.on)
        if site is not None:
            self.agenda.places[site.id, when.on, start] += 1
        monday = monday_of(when.on)
        need = Interview(
            id=f"{person.id}/suivi/{monday.isoformat()}",
            participant=person.id,
            kind="suivi",
            mode="on_site" if site else "phone",
            from_on=monday,
            until_on=monday + timedelta(days=6),
            sites=(site.id,) if site else (),
            referent=member.id,
            min_days=MIN_DAYS,
        )
        self.interviews.append(need)
        pin = Pin(
            need=need.id, on=when.on, start=hour_of(start), site=site.id if site else None, staff=(member.id,)
        )
        self.pins.append(pin)

    def pin_permanence(self, cadence: Cadence, notice_until: date) -> None:
        """Fix one permanence of a monthly cadence, with two diagnostics and a partner's booking in it."""
        site = self.facts.site(cadence.site)
        last = max((one.on for one in cadence.history), default=None)
        for member in self.dice.sample(self.facts.staff, len(self.facts.staff)):
            for when in free_half_days(member, self.facts):
                near = last is not None and (when.on - last).days < cadence.min_days
                if when.on <= notice_until or near or not is_open(site, when) or when.on.weekday() >= 5:
                    continue
                pattern = pattern_on(member, *when)
                if when in self.agenda.presences.get(member.id, set()) or not may_enter(
                    member, site, when.on
                ):
                    continue
                if pattern is not None and pattern.where == "field":
                    return self._pin_permanence(cadence, member, when, site)
        return None

    def _pin_permanence(self, cadence: Cadence, member: StaffMember, when: Presence, site: Site) -> None:
        opening = opening_on(site, *when)
        starts = slot_starts(opening) if opening else []
        self.agenda.take_half_day(member.id, when)
        self.pins.append(Pin(cadence=cadence.id, on=when.on, half_day=when.half_day, staff=(member.id,)))
        if cadence.partner_places and starts:
            last = len(starts) - 1
            self.booked.append(Booked(cadence=cadence.id, on=when.on, half_day=when.half_day, slot=last))
        for index, start in enumerate(starts[: max(0, len(starts) - cadence.partner_places)][:2]):
            need = Interview(id=f"{cadence.id}/fixe/{index + 1}", kind="diagnostic", from_on=when.on,
                             until_on=when.on, sites=(site.id,), only_in_permanence=True)  # fmt: skip
            self.interviews.append(need)
            self.pins.append(
                Pin(need=need.id, on=when.on, start=hour_of(start), site=site.id, staff=(member.id,))
            )

    def weeks(self) -> list[date]:
        return sorted({monday_of(on) for on in dates(self.facts.span.first_on, self.facts.span.last_on)})
