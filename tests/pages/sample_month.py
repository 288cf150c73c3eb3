"""A December by hand: twelve sites, seven people, a promotion in two places, four needs left over.

The month is drawn, not planned: it serves the pages' tests and pictures.
"""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from planner.plan import Level, Plan, PlannedInterview, PlannedPermanence, PlannedSession, Reason, Unplaced
from planner.problem import (
    Absence,
    Accreditation,
    Cadence,
    Closure,
    Interview,
    Meeting,
    Opening,
    Pin,
    Problem,
    Promotion,
    Sequence,
    Site,
    StaffMember,
    WeeklyAvailability,
    Wish,
)
from tests.pages.drawn_december import (
    ABSENCES,
    ASKED,
    FIRST,
    HOURS,
    INTERVIEWS,
    LAST,
    PERMANENCES,
    SESSIONS,
    SITES,
    TEAM,
    WORKSHOPS,
    at,
    half,
)


def sample_problem(*, published: Plan | None = None) -> Problem:
    return Problem(
        format="escale-problem/1",
        territory="ile-de-france",
        zone="Europe/Paris",
        first_on=FIRST,
        last_on=LAST,
        today_on=date(2026, 11, 24),
        notice_days=8,
        holidays=(date(2026, 12, 25),),
        sites=tuple(_site(*one) for one in SITES),
        staff=tuple(_person(code, etp) for code, (etp, _) in TEAM.items()),
        cadences=_cadences(),
        promotions=tuple(_promotion(code, site, first) for code, site, _, first, _ in SESSIONS),
        interviews=_needs(),
        pins=_pins(),
        published=published,
    )


def sample_plan() -> Plan:
    return Plan(
        permanences=tuple(_permanences()),
        sessions=tuple(_sessions()),
        interviews=tuple(_office() + _inside()),
        unplaced=_unplaced(),
        levels=_levels(),
    )


def six_weeks() -> tuple[Problem, Plan]:
    """The same people in a May that begins on a Saturday and ends on a Monday."""
    first_on, last_on = date(2027, 5, 1), date(2027, 5, 31)
    moved = (replace(one, on=one.on.replace(year=2027, month=5)) for one in sample_plan().permanences)
    held = tuple(one for one in moved if one.on.weekday() < 6)
    problem = replace(
        sample_problem(), first_on=first_on, last_on=last_on, today_on=first_on, holidays=(first_on,)
    )
    return problem, Plan(permanences=held)


def _site(code: str, name: str, kind: str, opened: str) -> Site:
    """`2m 4a` opens Tuesday morning and Thursday afternoon."""
    openings = tuple(
        Opening(
            weekday=weekday, half_day=part, from_hour=HOURS[part][0], to_hour=HOURS[part][1], slot_minutes=45
        )
        for weekday, part in map(half, opened.split())
    )
    closures = {
        "gagny": (Closure(id="gagny-noel", from_on=date(2026, 12, 21), until_on=LAST),),
        "noisy-sas": (Closure(id="sas-noel", from_on=date(2026, 12, 28), until_on=LAST),),
        "spip-93": (Closure(id="spip-noel", from_on=date(2026, 12, 28), until_on=LAST),),
    }
    far = code in ("fleury", "villepinte")
    asks = kind in ("semi_liberte", "sas", "maison_arret")
    return Site(id=code, name=name, kind=kind, demands_accreditation=asks, far=far, openings=openings,
                closures=closures.get(code, ()))  # fmt: skip


def _person(code: str, etp: int) -> StaffMember:
    off = {80: {5}, 60: {3}, 50: {4, 5}}.get(etp, set())
    pattern = tuple(
        WeeklyAvailability(weekday=weekday, half_day=part, from_hour="09:00", to_hour="17:00")
        for weekday in range(1, 6)
        for part in ("am", "pm")
        if weekday not in off
    )
    absences = tuple(
        Absence(id=name, starts_at=at(first, "00:00"), ends_at=at(last, "23:59"))
        for who, name, _, first, last in ABSENCES
        if who == code
    )
    team = tuple(
        Meeting(id=f"equipe-{n}", starts_at=at(day, "14:00"), ends_at=at(day, "16:00"))
        for n, day in ((1, 1), (2, 15))
    )
    visit = (Meeting(id="ville", starts_at=at(9, "10:00"), ends_at=at(9, "12:00")),) if code == "CV" else ()
    wishes = {
        "LD": (Wish(weekday=5, half_day="pm", wish="avoid"),),
        "AR": (Wish(weekday=3, half_day="am", wish="prefer"),),
    }
    return StaffMember(
        id=code,
        name=code,
        base="bureau",
        etp_percent=etp,
        accreditations=(Accreditation(site="gagny", until_on=date(2027, 1, 31)),)
        if code in ("AR", "FM")
        else (),
        availability=pattern,
        absences=absences,
        meetings=team + visit,
        wishes=wishes.get(code, ()),
        ledger={"permanences": 40 if code == "SB" else 0, "far": 60 if code == "FM" else 0},
    )


def _cadences() -> tuple[Cadence, ...]:
    monthly = tuple(
        Cadence(
            id=f"{site}-permanence", site=site, asked=asked, up_to=1 if site == "villejuif" else 0, min_days=5
        )
        for site, asked in ASKED.items()
    )
    morning = Cadence(id="noisy-sas-permanence", site="noisy-sas", weekdays=(3,), length="am")
    open_ones = tuple(
        Cadence(id=code, site="bureau", kind="session", asked=len(days)) for code, _, days in WORKSHOPS
    )
    return (*monthly, morning, *open_ones)


def _promotion(code: str, site: str, first: int) -> Promotion:
    titles = ("Information collective", "Analyse du parcours", "Secteurs en tension", "Codes de l’entreprise",
              "Préparation et simulation d’entretien", "Bilan", "Intervention d’un partenaire")  # fmt: skip
    steps = tuple(
        Sequence(id=f"s{rank}", title=title, from_on=FIRST, until_on=LAST, duration_minutes=180,
                 intervention=rank == 7, done_on=FIRST - timedelta(days=7 * (first - rank)) if rank < first else None)
        for rank, title in enumerate(titles, 1)
    )  # fmt: skip
    return Promotion(
        id=code, site=site, weekday=3 if code == "p7" else 1, half_day="pm", seats=10, sequences=steps
    )


def _needs() -> tuple[Interview, ...]:
    need = Interview(id="KM4821/suivi/51", participant=None, kind="suivi", from_on=date(2026, 12, 14),
                     until_on=date(2026, 12, 18), sites=("bureau",), referent="FM")  # fmt: skip
    return (
        need,
        *(
            Interview(id=f"besoin-{n}", kind="suivi", from_on=FIRST, until_on=LAST, sites=("bureau",))
            for n in range(1, 200)
        ),
    )


def _permanences() -> list[PlannedPermanence]:
    found = []
    for one in PERMANENCES.split(" · "):
        site, staff, code, _ = one.split()
        day, part = half(code)
        found.append(
            PlannedPermanence(
                cadence=f"{site}-permanence", on=date(2026, 12, day), half_day=part, staff=(staff,)
            )
        )
    return found


def _sessions() -> list[PlannedSession]:
    found = [
        PlannedSession(promotion=code, sequence=f"s{first + index}", starts_at=at(day, "13:45"), ends_at=at(day, "16:45"),
                       site=site, staff=("AR", "TO") if (code, day) == ("f2", 21) else tuple(staff.split()), room="salle")
        for code, site, staff, first, days in SESSIONS
        for index, day in enumerate(days)
    ]  # fmt: skip
    found += [
        PlannedSession(cadence=code, number=number, starts_at=at(day, "10:00" if day == 24 else "14:00"),
                       ends_at=at(day, "12:00" if day == 24 else "16:00"), site="bureau", staff=tuple(staff.split()))
        for code, staff, days in WORKSHOPS
        for number, day in enumerate(days, 1)
    ]  # fmt: skip
    return found


def _office() -> list[PlannedInterview]:
    found: list[PlannedInterview] = []
    for one in INTERVIEWS.split(" · "):
        code, count = one.split()
        day, part = half(code)
        for turn in range(int(count)):
            people = [who for who in ("AR", "FM", "SB", "LD", "NK") if not _away(who, day)]
            start = at(day, HOURS[part][0]) + timedelta(minutes=45 * (turn // len(people)))
            found.append(_interview(len(found) + 1, start, people[(turn + day) % len(people)], "bureau"))
    return found


def _inside() -> list[PlannedInterview]:
    found: list[PlannedInterview] = []
    for one in PERMANENCES.split(" · "):
        site, staff, code, booked = one.split()
        day, part = half(code)
        for turn in range(int(booked)):
            start = at(day, HOURS[part][0]) + timedelta(minutes=45 * turn)
            found.append(_interview(1000 + len(found), start, staff, site))
    return found


def _away(who: str, day: int) -> bool:
    return any(code == who and first <= day <= last for code, _, _, first, last in ABSENCES)


def _interview(number: int, start: datetime, staff: str, site: str) -> PlannedInterview:
    return PlannedInterview(
        need=f"besoin-{number}",
        starts_at=start,
        ends_at=start + timedelta(minutes=45),
        staff=staff,
        site=site,
    )


def _pins() -> tuple[Pin, ...]:
    return (
        Pin(cadence="villejuif-permanence", on=date(2026, 12, 18), half_day="am", staff=("NK",)),
        Pin(cadence="fresnes-permanence", on=date(2026, 12, 15), half_day="am", staff=("NK",)),
        Pin(
            promotion="p7",
            sequence="s6",
            on=date(2026, 12, 23),
            start="13:45",
            staff=("SB", "TO"),
            room="salle",
        ),
    )


def _unplaced() -> tuple[Unplaced, ...]:
    facts = (
        {"rule": "availability", "staff": ["AR", "FM"], "on": "2026-12-08", "half_day": "am"},
        {"rule": "availability", "staff": ["AR", "FM"], "on": "2026-12-10", "half_day": "am"},
        {"rule": "spacing", "on": "2026-12-01", "half_day": "am"},
        {"rule": "spacing", "on": "2026-12-15", "half_day": "am"},
    )
    return (
        Unplaced(cadence="gagny-permanence", reason=Reason(code="availability", facts=facts)),
        Unplaced(promotion="p7", sequence="s7", reason=Reason(code="speaker_present")),
        Unplaced(need="KM4821/suivi/51", reason=Reason(code="crowded", facts=({"staff": "FM"},))),
        Unplaced(cadence="culture", reason=Reason(code="staffing")),
    )


def _levels() -> tuple[Level, ...]:
    values = (("unmet_sessions", 1, 1), ("unmet_permanences", 1, 1), ("unmet_urgent", 0, 0), ("changes", 6, 6),
              ("unmet_rest", 9, 9), ("continuity", 2, 2), ("fairness", 18, 18), ("comfort", 118, 117))  # fmt: skip
    return tuple(
        Level(name=name, value=value, bound=bound, status="optimal" if value == bound else "bounded")
        for name, value, bound in values
    )
