"""Territories and their settings, travel and holidays as wholes."""

from typing import Annotated
from zoneinfo import available_timezones

import msgspec

from db.records.territory import Territory
from planner.plan import LEVEL_NAMES
from planner.territory import DEFAULT_WEIGHTS
from service.actions.open_territory import NewTerritory
from service.schemas.base import (
    END,
    Code,
    Count,
    Days,
    Few,
    Hour,
    Incoming,
    Line,
    Mail,
    Minutes,
    Name,
    Outgoing,
    Page,
)
from service.schemas.facts.dates import in_order, once
from service.schemas.facts.places import HolidayBody, TravelBody
from service.territory_settings import Reasons, living_settings
from service.translate.problem import planning_settings

Departements = Annotated[
    tuple[Annotated[str, msgspec.Meta(pattern=rf"^([0-9]{{2,3}}|2A|2B){END}")], ...],
    msgspec.Meta(max_length=20),
]
Many = msgspec.Meta(max_length=2_000)


def _known_zone(zone: str) -> None:
    if zone not in available_timezones():
        raise ValueError("zone: no such time zone")


class TerritoryBody(Incoming, frozen=True, kw_only=True):
    """What a coordinator may change; holidays follow the first département."""

    name: Name
    zone: Name = "Europe/Paris"
    departements: Departements = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _known_zone(self.zone)


class NewTerritoryBody(Incoming, frozen=True, kw_only=True):
    """The ten answers that open a territory; its coordinator is invited by mail."""

    name: Name
    code: Annotated[str, msgspec.Meta(pattern=rf"^[a-z][a-z0-9-]{{1,39}}{END}")]
    coordinator: Mail
    departements: Departements = ()
    zone: Name = "Europe/Paris"
    office: Name = "Bureau"
    morning: tuple[Hour, Hour] = ("09:00", "12:00")
    afternoon: tuple[Hour, Hour] = ("14:00", "17:00")
    travel_minutes: Minutes = 45
    notice_days: Days = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _known_zone(self.zone)
        for name in ("morning", "afternoon"):
            from_hour, until_hour = getattr(self, name)
            in_order(from_hour=from_hour, **{name: until_hour}, apart=True)

    def answers(self) -> NewTerritory:
        return NewTerritory(**{name: getattr(self, name) for name in NewTerritory.__struct_fields__})


class SettingsBody(Incoming, frozen=True, kw_only=True):
    """How a territory plans and lives. `weights` and `tolerances` are those of the planner, by name."""

    notice_days: Days = 0
    default_travel_minutes: Minutes = 45
    weights: Annotated[dict[Code, Count], Few] = {}
    tolerances: Annotated[dict[Code, Count], Few] = {}
    cancel_reasons: Reasons
    misses_before_suspension: Annotated[int, msgspec.Meta(ge=0, le=20)] = 2
    organisation: Line = ""
    contact: Line = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, known in (("weights", DEFAULT_WEIGHTS), ("tolerances", LEVEL_NAMES)):
            if not set(getattr(self, name)) <= set(known):
                raise ValueError(f"{name}: only {', '.join(known)}")


class TravelList(Incoming, frozen=True, kw_only=True):
    """Every travel time of the territory; what is not there takes the usual minutes."""

    items: Annotated[tuple[TravelBody, ...], Many]

    def __post_init__(self) -> None:
        super().__post_init__()
        once("items", tuple((one.from_site, one.to_site) for one in self.items))


class HolidayList(Incoming, frozen=True, kw_only=True):
    """Every day on which the territory differs from the calendar."""

    items: Annotated[tuple[HolidayBody, ...], Many]

    def __post_init__(self) -> None:
        super().__post_init__()
        once("items", tuple(one.held_on for one in self.items))


class TerritoryView(Outgoing, frozen=True, kw_only=True):
    """`facts_revision` and `published_revision` only rise: what was made from an older one is stale."""

    code: str
    name: str
    zone: str
    departements: tuple[str, ...]
    version: int
    facts_revision: int
    published_revision: int


class TerritoryPage(Page, frozen=True, kw_only=True):
    """By code."""

    items: tuple[TerritoryView, ...]


class SettingsView(Outgoing, frozen=True, kw_only=True):
    notice_days: int
    default_travel_minutes: int
    weights: dict[str, int]
    tolerances: dict[str, int]
    cancel_reasons: dict[str, str]
    misses_before_suspension: int
    organisation: str
    contact: str


def territory_view(one: Territory) -> TerritoryView:
    return TerritoryView(**{name: getattr(one, name) for name in TerritoryView.__struct_fields__})


def settings_view(territory: Territory) -> SettingsView:
    """What is not set has its default."""
    planning, living = planning_settings(territory.settings), living_settings(territory)
    return SettingsView(
        notice_days=planning.notice_days,
        default_travel_minutes=planning.default_travel_minutes,
        weights=planning.weights,
        tolerances=planning.tolerances,
        cancel_reasons=living.cancel_reasons,
        misses_before_suspension=living.misses_before_suspension,
        organisation=str(territory.settings.get("organisation", "")),
        contact=str(territory.settings.get("contact", "")),
    )
