"""Rule `frozen`: what is published and near stays, and nothing new comes near."""

from collections.abc import Iterator, Sequence
from datetime import date

from planner.breach import Breach
from planner.kept import alone_under_pins, content, freeze_on, is_broken, name_of, pinned_names, things
from planner.plan_view import Activity, PlanView, Visit
from planner.rules.rule import Rule


class Frozen:
    """Before `today_on + notice_days` everything published is in the plan unchanged, unless it
    breaks a rule by itself with its presence, as pins leave it: then it keeps date, start and site with other staff,
    moves to that date or later, or is left out; what is past stays whatever breaks it. Nothing new is placed before that date but what is
    pinned and needs whose window ends before it. A pin of the same thing comes first.

    Why: people, sites and partners have been told.
    """

    name = "frozen"
    codes: tuple[str, ...] = ("moved", "placed_too_near")

    def __init__(self, others: Sequence[Rule]) -> None:
        """`others`: the rules by which a published thing may be broken."""
        self._others = others

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per published thing moved, or new thing placed."""
        until = freeze_on(view.territory)
        if until <= view.horizon.first_on:
            return
        planned = things(view)
        published = things(view.published) if view.published else {}
        pinned = pinned_names(view)
        for name, thing in published.items():
            near = thing.on < until and not _is_office(thing) and name not in pinned
            if near and not self._stays(view, thing, planned.get(name), until):
                yield self._breach("moved", thing)
        brought = {id(visit.presence) for visit in view.visits if name_of(visit) in pinned}
        for name, thing in planned.items():
            near = thing.on < until and name not in pinned and id(thing) not in brought
            if near and _is_new(thing, published.get(name), until):
                yield self._breach("placed_too_near", thing)

    def _stays(
        self, view: PlanView, thing: Activity | Visit, planned: Activity | Visit | None, until: date
    ) -> bool:
        if planned is not None and content(planned) == content(thing):
            return True
        if planned is None and _is_done(thing):
            return True
        past = thing.on < view.horizon.today_on
        if past or view.published is None or not self._is_broken(view.published, thing):
            return False
        if planned is None or planned.on >= until:
            return True
        return _same_place(planned, thing) or _window_ends_before(planned, until)

    def _is_broken(self, published: PlanView, thing: Activity | Visit) -> bool:
        view = alone_under_pins(published, thing)
        return any(is_broken(rule.violations(view)) for rule in self._others)

    def _breach(self, code: str, thing: Activity | Visit) -> Breach:
        about = thing.key if isinstance(thing, Visit) else thing.about
        half_day = thing.half_day if isinstance(thing, Visit) else thing.half_days[0]
        return Breach(
            self.name, code, about, thing.on, half_day=half_day, site=thing.site, items=(thing.key,)
        )


def _is_office(thing: Activity | Visit) -> bool:
    return isinstance(thing, Activity) and thing.kind == "office"


def _is_done(thing: Activity | Visit) -> bool:
    return isinstance(thing, Activity) and thing.sequence is not None and thing.sequence.done_on is not None


def _same_place(planned: Activity | Visit, thing: Activity | Visit) -> bool:
    return (planned.interval[0], planned.site) == (thing.interval[0], thing.site)


def _window_ends_before(thing: Activity | Visit, until: date) -> bool:
    return isinstance(thing, Visit) and thing.need.until_on < until


def _is_new(thing: Activity | Visit, published: Activity | Visit | None, until: date) -> bool:
    """Whether a thing stands near without having been published near: those are judged as moved."""
    if _is_office(thing) or _window_ends_before(thing, until):
        return False
    return published is None or published.on >= until
