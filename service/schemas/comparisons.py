"""Two plans side by side, and what a re-plan changes, as answered by the JSON interface and the commands."""

from datetime import date

from planner.compare import Comparison, ThingDifference
from planner.horizon import Horizon
from planner.plan_view import Activity, Visit
from planner.told import Told, ToReplace
from service.catalogue import text
from service.messages.assignment_words import Things
from service.messages.comparisons import thing_sentence
from service.messages.explanations import Explained
from service.schemas.explanations import Answer, SuggestionView, suggestion_view


class ItemView(Answer, frozen=True, kw_only=True):
    """What one part of a level costs in each plan."""

    about: str
    before: int
    after: int


class LevelView(Answer, frozen=True, kw_only=True):
    """One level in both plans; the items' differences sum to the level's."""

    level: str
    before: int
    after: int
    items: tuple[ItemView, ...]


class PlaceView(Answer, frozen=True, kw_only=True):
    """Where an assignment stands: `start` is a local hour."""

    on: date
    start: str
    site: str | None
    staff: tuple[str, ...]
    room: str | None = None


class ThingView(Answer, frozen=True, kw_only=True):
    """One assignment that differs, and whom it concerns; `before` null is new, `after` null is gone."""

    name: str
    before: PlaceView | None
    after: PlaceView | None
    staff: tuple[str, ...]
    participants: tuple[str, ...]
    sites: tuple[str, ...]
    text: str


class ComparisonView(Answer, frozen=True, kw_only=True):
    """Two plans, level by level and thing by thing."""

    levels: tuple[LevelView, ...]
    things: tuple[ThingView, ...]


class ToReplaceView(Answer, frozen=True, kw_only=True):
    """An interview that cannot stand where people expect it (`was`), and other places for it, best first."""

    need: str
    number: int
    is_kept: bool
    was: PlaceView
    proposals: tuple[SuggestionView, ...]


class BookedView(Answer, frozen=True, kw_only=True):
    """Partners that booked at a site in permanences of a cadence that are gone: `text` says so in words.

    Of a cadence that is no longer known `site` is empty, and `text` has its name or its code.
    """

    cadence: str
    site: str
    text: str


class ToldView(Answer, frozen=True, kw_only=True):
    """What a plan changes of the published one: freed interviews first, and who is to be told.

    `to_replace` is a part of the `to_replace_total` that have to be placed anew.
    """

    to_replace_total: int
    to_replace: tuple[ToReplaceView, ...]
    changes: tuple[ThingView, ...]
    staff: tuple[str, ...]
    participants: tuple[str, ...]
    sites: tuple[str, ...]
    partners: tuple[BookedView, ...]


def comparison_view(found: Comparison, words: Things, staff: str | None = None) -> ComparisonView:
    """All of it, or the things that concern one person of the team."""
    return ComparisonView(
        levels=tuple(
            LevelView(
                level=one.level,
                before=one.before,
                after=one.after,
                items=tuple(ItemView(about=i.about, before=i.before, after=i.after) for i in one.items),
            )
            for one in found.levels
        ),
        things=tuple(thing_view(one, words) for one in (found.for_staff(staff) if staff else found.things)),
    )


def thing_view(one: ThingDifference, words: Things) -> ThingView:
    return ThingView(
        name=one.name,
        before=_place(one.before, words.horizon),
        after=_place(one.after, words.horizon),
        staff=one.staff,
        participants=one.participants,
        sites=one.sites,
        text=thing_sentence(one, words),
    )


def _place(thing: Activity | Visit | None, horizon: Horizon) -> PlaceView | None:
    return None if thing is None else _stood(thing, horizon)


def _stood(thing: Activity | Visit, horizon: Horizon) -> PlaceView:
    return PlaceView(
        on=thing.on,
        start=horizon.hour_of(thing.interval[0]),
        site=thing.site,
        staff=(thing.staff,) if isinstance(thing, Visit) else thing.staff,
        room=None if isinstance(thing, Visit) else thing.room,
    )


def told_view(found: Told, words: Explained) -> ToldView:
    return ToldView(
        to_replace_total=len(found.waiting),
        to_replace=tuple(_to_replace(one, words) for one in found.to_replace),
        changes=tuple(thing_view(one, words.words) for one in found.changes),
        staff=found.staff,
        participants=found.participants,
        sites=found.sites,
        partners=tuple(_booked(one, words.words) for one in found.partners),
    )


def _booked(cadence: str, words: Things) -> BookedView:
    site = next((one.site for one in words.problem.cadences if one.id == cadence), "")
    said = text(
        "les partenaires qui ont réservé à {site}", site=words.site(site) if site else words.name(cadence)
    )
    return BookedView(cadence=cadence, site=site, text=said)


def _to_replace(one: ToReplace, words: Explained) -> ToReplaceView:
    proposals = tuple(suggestion_view(found, words) for found in one.proposals)
    return ToReplaceView(
        need=one.need,
        number=one.number,
        is_kept=one.is_kept,
        was=_stood(one.was, words.words.horizon),
        proposals=proposals,
    )
