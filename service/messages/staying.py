"""What falls and stays all the same, kept by a pin or a promise: no new plan takes it up, and what somebody can do."""

from planner.kept import name_of, pinned_names
from planner.plan_view import Activity, PlanView, Visit
from service.catalogue import text


def stays(view: PlanView, sentence: str, thing: Activity | Visit | None) -> str:
    """The sentence, why no new plan mends it, and what does; `thing` is what it tells, none of a rule alone."""
    return f"{sentence.removesuffix('.')} ; {_way_out(view, thing)}."


def _way_out(view: PlanView, thing: Activity | Visit | None) -> str:
    pinned = pinned_names(view)
    if isinstance(thing, Visit) and name_of(thing) in pinned:
        return text("c’est fixé avec la personne, un nouveau calcul n’y touche pas : voyez « À replacer »")
    if isinstance(thing, Activity) and name_of(thing) in pinned:
        return text("c’est épinglé, un nouveau calcul n’y touche pas : désépinglez-la, puis replanifiez")
    if isinstance(thing, Activity) and any(
        name_of(one) in pinned for one in view.visits_of.get(thing.key, ())
    ):
        return text("un entretien y est fixé, un nouveau calcul n’y touche pas : voyez « À replacer »")
    return text("c’est épinglé ou promis, un nouveau calcul n’y touche pas : à réaffecter sur le tableau")
