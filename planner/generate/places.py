"""Sites of a generated territory: thirteen believable ones, then the same again under other names."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from planner.generate.chances import HALF_DAYS, chance, dates
from planner.problem import Closure, Opening, Room, Site, Travel
from planner.records import HalfDay


class Kind(NamedTuple):
    """One believable place: position in minutes of travel, what it demands, when it opens."""

    code: str
    name: str
    kind: str
    at: tuple[int, int]
    demands: bool = False
    notice_days: int = 0
    far: bool = False
    places: int = 99
    rooms: tuple[tuple[str, int], ...] = ()
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    half_days: tuple[HalfDay, ...] = HALF_DAYS
    slot_minutes: int = 60


KINDS = (
    Kind("bureau-idf", "Bureau Île-de-France", "bureau", (0, 0), places=5, rooms=(("grande", 14), ("petite", 6))),
    Kind("gagny", "CSL Gagny", "semi_liberte", (40, 5), demands=True, places=2, slot_minutes=45),
    Kind("sante", "QSL Santé", "semi_liberte", (5, -20), demands=True, places=2, slot_minutes=45),
    Kind("noisy-sas", "SAS Noisy-le-Grand", "sas", (35, -5), demands=True, notice_days=5, places=2,
         rooms=(("atelier", 12),)),
    Kind("villejuif", "QSL Villejuif", "semi_liberte", (5, -35), demands=True, places=2, slot_minutes=45),
    Kind("chemin-vert", "CHRS Chemin Vert", "bureau", (5, 5), places=2, rooms=(("salle", 12),)),
    Kind("noisy-qsl", "QSL Noisy-le-Grand", "semi_liberte", (35, -6), demands=True, places=1, slot_minutes=45),
    Kind("spip-93", "SPIP Seine-Saint-Denis", "spip", (20, 20), weekdays=(1, 2, 4), places=2),
    Kind("doullens", "France Travail Doullens", "france_travail", (20, 110), far=True, weekdays=(2, 4), places=1),
    Kind("villepinte", "MA Villepinte", "maison_arret", (40, 30), demands=True, notice_days=8, far=True,
         weekdays=(1, 3, 5), half_days=("am",), places=1),
    Kind("flixecourt", "France Services Flixecourt", "france_services", (10, 105), far=True, weekdays=(1, 4),
         places=1, slot_minutes=45),
    Kind("bureau-amiens", "Bureau Amiens", "bureau", (15, 90), places=2, rooms=(("salle", 10),)),
    Kind("fleury", "MA Fleury-Mérogis", "maison_arret", (10, -55), demands=True, notice_days=8, far=True,
         weekdays=(2, 3, 5), rooms=(("parloir", 10),), places=1),
    Kind("fresnes", "CP Fresnes", "centre_penitentiaire", (0, -40), demands=True, notice_days=4, weekdays=(3,),
         places=1),
    Kind("spip-amiens", "SPIP Amiens Nord", "spip", (16, 92), weekdays=(1, 5), places=1),
)  # fmt: skip

HOURS: dict[HalfDay, tuple[tuple[str, str], ...]] = {
    "am": (("09:00", "12:00"), ("09:30", "12:30"), ("09:00", "12:15")),
    "pm": (("14:00", "17:00"), ("13:30", "16:30"), ("14:00", "17:15")),
}


def kind_of(site: Site) -> Kind:
    """The model a generated site was made from; copies are `code-2`, `code-3`."""
    return next(kind for kind in KINDS if site.id == kind.code or site.id.rpartition("-")[0] == kind.code)


def make_sites(dice: Random, count: int, first_on: date, last_on: date) -> tuple[Site, ...]:
    return tuple(_site(dice, index, first_on, last_on) for index in range(count))


def _site(dice: Random, index: int, first_on: date, last_on: date) -> Site:
    turn, place = divmod(index, len(KINDS))
    kind = KINDS[place]
    suffix = f"-{turn + 1}" if turn else ""
    return Site(
        id=kind.code + suffix,
        name=kind.name + suffix.replace("-", " "),
        kind=kind.kind,
        demands_accreditation=kind.demands,
        access_notice_days=kind.notice_days,
        far=kind.far,
        interview_places=kind.places,
        rooms=tuple(Room(id=name, seats=seats) for name, seats in kind.rooms),
        openings=_openings(dice, kind),
        closures=_closures(dice, kind, first_on, last_on),
    )


def _openings(dice: Random, kind: Kind) -> tuple[Opening, ...]:
    hours = {half_day: dice.choice(HOURS[half_day]) for half_day in kind.half_days}
    return tuple(
        Opening(
            weekday=weekday,
            half_day=half_day,
            from_hour=hours[half_day][0],
            to_hour=hours[half_day][1],
            slot_minutes=kind.slot_minutes,
        )
        for weekday in kind.weekdays
        for half_day in kind.half_days
    )


def _closures(dice: Random, kind: Kind, first_on: date, last_on: date) -> tuple[Closure, ...]:
    if kind.kind == "bureau" or not chance(dice, 0.3):
        return ()
    from_on = dice.choice(list(dates(first_on, last_on)))
    until_on = from_on + timedelta(days=dice.choice((0, 0, 1, 4)))
    half_day: HalfDay | None = dice.choice((None, None, "am", "pm"))
    return (Closure(id=f"fermeture-{kind.code}", from_on=from_on, until_on=until_on, half_day=half_day),)


def make_travel(sites: tuple[Site, ...]) -> tuple[Travel, ...]:
    """Minutes between every two sites, by their positions; once per pair."""
    return tuple(
        Travel(from_site=a.id, to_site=b.id, minutes=_minutes(kind_of(a), kind_of(b)))
        for index, a in enumerate(sites)
        for b in sites[index + 1 :]
    )


def _minutes(a: Kind, b: Kind) -> int:
    return 10 + abs(a.at[0] - b.at[0]) * 3 // 4 + abs(a.at[1] - b.at[1]) * 3 // 4
