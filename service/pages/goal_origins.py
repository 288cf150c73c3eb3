"""Where what a goal gains or loses comes from, in a few words: what is placed more or less, who takes over what."""

from collections import Counter
from collections.abc import Callable, Iterable

from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import initials, listed, signed
from service.pages.board.activities import Activity
from service.pages.board.fairness import carried

Things = dict[str, Activity]
"""What a version places, by key."""
MOST_NAMED = 3
BURDENS = {
    "permanences": "permanences",
    "sessions": "séances",
    "edges": "lundis matin et vendredis après-midi",
    "far": "lieux éloignés",
}


def goal_origin(level: str, problem: Problem, old: Things, new: Things, changes: int) -> str:
    """Empty where nothing short tells it. `changes` counts those that people see."""
    urgent = {one.id for one in problem.interviews if one.priority == "urgent"}
    match level:
        case "unmet_sessions":
            return _placed(old, new, lambda one: one.kind == "promotion", "séance")
        case "unmet_permanences":
            return _placed(old, new, lambda one: one.kind == "permanence", "permanence")
        case "unmet_urgent":
            return _placed(old, new, lambda one: one.about in urgent, "entretien")
        case "unmet_rest":
            interviews = _placed(
                old, new, lambda one: one.kind == "interview" and one.about not in urgent, "entretien"
            )
            return listed(
                words
                for words in (_placed(old, new, lambda one: one.kind == "workshop", "atelier"), interviews)
                if words
            )
        case "changes":
            return counted("prix de {n} changement", "prix de {n} changements", changes) if changes else ""
        case "continuity":
            return _other_people(old, new)
        case "fairness":
            return _shares(problem, old, new)
        case _:
            return _avoided(problem, old, new)


PLACED = {
    "séance": ("{n} séance", "{n} séances"),
    "permanence": ("{n} permanence", "{n} permanences"),
    "entretien": ("{n} entretien", "{n} entretiens"),
    "atelier": ("{n} atelier", "{n} ateliers"),
}


def _placed(old: Things, new: Things, wanted: Callable[[Activity], bool], kind: str) -> str:
    more = sum(map(wanted, new.values())) - sum(map(wanted, old.values()))
    if not more:
        return ""
    what = counted(*PLACED[kind], abs(more))
    return text("{what} de plus", what=what) if more > 0 else text("{what} de moins", what=what)


def _other_people(old: Things, new: Things) -> str:
    both = old.keys() & new.keys()
    changed = [key for key in both if new[key].kind == "interview" and old[key].staff != new[key].staff]
    return (
        counted("{n} entretien change de personne", "{n} entretiens changent de personne", len(changed))
        if changed
        else ""
    )


def _shares(problem: Problem, old: Things, new: Things) -> str:
    """Who holds more or fewer permanences and sessions: A.R. +1, C.V. −1; else of which of them, on edges, far away."""
    told = _shifted(text("permanences et séances"), _held(old.values()), _held(new.values()))
    if told:
        return told
    for kind, name in BURDENS.items():
        before, after = (carried(kind, problem, things.values()) for things in (old, new))
        if told := _shifted(text(name), before, after):
            return told
    return text("présences ou soldes de l’équipe changés depuis")


def _shifted(name: str, before: Counter[str], after: Counter[str]) -> str:
    more = {code: after[code] - before[code] for code in before.keys() | after.keys()}
    moved = sorted(((code, by) for code, by in more.items() if by), key=lambda one: (-abs(one[1]), one[0]))
    if not moved:
        return ""
    people = listed(f"{initials(code)} {signed(by)}" for code, by in moved[:MOST_NAMED])
    if len(moved) > MOST_NAMED:
        people = text("{people}…", people=people)
    return text("{name} : {people}", name=name, people=people)


def _held(things: Iterable[Activity]) -> Counter[str]:
    held = (one for one in things if one.kind in ("permanence", "promotion", "workshop"))
    return Counter(code for one in held for code in one.staff)


def _avoided(problem: Problem, old: Things, new: Things) -> str:
    """Half-days that somebody would rather have kept free."""
    more = _against(problem, new.values()) - _against(problem, old.values())
    if more:
        less = ("{n} souhait de moins respecté", "{n} souhaits de moins respectés")
        kept = ("{n} souhait de plus respecté", "{n} souhaits de plus respectés")
        return counted(*(less if more > 0 else kept), abs(more))
    return text("trajets et étalement")


def _against(problem: Problem, things: Iterable[Activity]) -> int:
    avoided = {
        (person.id, wish.on or wish.weekday, wish.half_day)
        for person in problem.staff
        for wish in person.wishes
        if wish.wish == "avoid"
    }
    held = {(code, one.on, half) for one in things for code in one.staff for half in one.halves}
    return sum(
        (code, on, half) in avoided or (code, on.isoweekday(), half) in avoided for code, on, half in held
    )
