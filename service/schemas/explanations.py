"""Explanations and suggestions as answered, by the JSON interface and by the commands alike."""

from datetime import date

import msgspec

from planner.fact_changes import FactChange
from planner.horizon import Horizon
from planner.placements import Placement
from planner.plan import LEVEL_NAMES
from planner.records import HalfDay
from planner.suggest import Suggestion
from planner.wanted import Wanted
from planner.why.fact import Fact
from planner.why.overruled import Overruling
from planner.why.repairs import Repair
from planner.why_not import WhyNot
from planner.why_this import WhyThis
from service.messages.breach_sentence import breach_sentence
from service.messages.explanations import Explained, costs_words
from service.messages.places import place_sentences
from service.schemas.base import Page


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered."""


class PlacementView(Answer, frozen=True, kw_only=True):
    """When, where, with whom; `start` is a local hour, `site` null for a call."""

    on: date
    half_day: HalfDay
    start: str
    site: str | None
    staff: tuple[str, ...]
    room: str | None = None


class RepairView(Answer, frozen=True, kw_only=True):
    """One fact otherwise (`change`) or one placed need less (`drop`); `costs` by level, unchanged ones left out."""

    kind: str
    change: FactChange | None
    drop: str | None
    placement: PlacementView
    costs: dict[str, int]
    text: str


class LeaverView(Answer, frozen=True, kw_only=True):
    """A placed need that would have to leave, and the level at which it would be missed."""

    name: str
    level: str
    text: str


class WhyNotView(Answer, frozen=True, kw_only=True):
    """Why something is not placed: its minimal set of facts, or who and where is full; and what would help.

    `free` is a place where it fits as things are: only an edited or unfinished plan leaves one.
    `is_smallest` and `is_fewest` say what is proven; `is_complete`, whether every team that could do it
    was looked at.
    """

    wanted: Wanted
    count: int
    status: str
    facts: tuple[Fact, ...]
    is_smallest: bool
    staff: tuple[str, ...]
    sites: tuple[str, ...]
    leave: tuple[LeaverView, ...]
    is_fewest: bool
    is_complete: bool
    free: PlacementView | None
    repairs: tuple[RepairView, ...]
    title: str
    reasons: tuple[str, ...]


class SuggestionView(Answer, frozen=True, kw_only=True):
    """A place that breaks nothing, by how much each level rises, and what would have to be placed anew."""

    placement: PlacementView
    costs: dict[str, int]
    first_level: str | None
    displaced: tuple[str, ...]
    text: str
    effect: str


def placement_view(placed: Placement, horizon: Horizon) -> PlacementView:
    return PlacementView(
        on=placed.on,
        half_day=placed.half_day,
        start=horizon.hour_of(placed.start),
        site=placed.site,
        staff=placed.staff,
        room=placed.room,
    )


def costs_view(costs: tuple[int, ...]) -> dict[str, int]:
    return {name: cost for name, cost in zip(LEVEL_NAMES, costs, strict=True) if cost}


def suggestion_view(found: Suggestion, words: Explained) -> SuggestionView:
    return SuggestionView(
        placement=placement_view(found.placement, words.words.horizon),
        costs=costs_view(found.costs),
        first_level=found.first_level,
        displaced=found.displaced,
        text=words.placement(found.placement),
        effect=costs_words(found.costs),
    )


def why_not_view(found: WhyNot, words: Explained) -> WhyNotView:
    return WhyNotView(
        wanted=found.wanted,
        count=found.count,
        status=found.status,
        facts=found.facts,
        is_smallest=found.is_smallest,
        staff=found.staff,
        sites=found.sites,
        leave=tuple(
            LeaverView(name=one.name, level=one.level, text=words.named(one.name)) for one in found.leave
        ),
        is_fewest=found.is_fewest,
        is_complete=found.is_complete,
        free=placement_view(found.free, words.words.horizon) if found.free else None,
        repairs=tuple(_repair(one, words) for one in found.repairs),
        title=words.summary(found),
        reasons=words.reasons(found),
    )


def _repair(repair: Repair, words: Explained) -> RepairView:
    return RepairView(
        kind=repair.kind,
        change=repair.change,
        drop=repair.drop,
        placement=placement_view(repair.placement, words.words.horizon),
        costs=costs_view(repair.costs),
        text=words.repair(repair),
    )


class WhyThisView(Answer, frozen=True, kw_only=True):
    """What decided a place, and by how much each level would rise at the next best one."""

    wanted: Wanted
    name: str
    because: str
    level: str | None
    next_best: SuggestionView | None
    reasons: tuple[str, ...]


class UnplacedPage(Page, frozen=True, kw_only=True):
    """What to ask about, one by one."""

    items: tuple[Wanted, ...]


class OverrulingView(Answer, frozen=True, kw_only=True):
    """A rule broken knowingly: the pinned or published assignments that do, and the facts they go against."""

    rule: str
    about: str
    on: date
    amount: int
    text: str
    decided: tuple[str, ...]
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]


class OverrulingPage(Page, frozen=True, kw_only=True):
    items: tuple[OverrulingView, ...]


class Suggestions(Answer, frozen=True, kw_only=True):
    """Best first; none when no place is free of breaches."""

    wanted: Wanted
    suggestions: tuple[SuggestionView, ...]


def why_this_view(found: WhyThis, words: Explained) -> WhyThisView:
    return WhyThisView(
        wanted=found.wanted,
        name=found.name,
        because=found.because,
        level=found.level,
        next_best=suggestion_view(found.next_best, words) if found.next_best else None,
        reasons=place_sentences(found, words),
    )


def overruling_view(found: Overruling, words: Explained) -> OverrulingView:
    breach = found.breach
    return OverrulingView(
        rule=breach.rule,
        about=breach.about,
        on=breach.on,
        amount=breach.amount,
        text=breach_sentence(breach, words.words.problem, dict(words.words.names)),
        decided=tuple(words.named(name) for name in found.decided),
        facts=found.facts,
        reasons=words.told(found.facts),
    )
