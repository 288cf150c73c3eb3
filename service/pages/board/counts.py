"""How much of what is asked a plan places: on the board the numbers that the computation told."""

from collections import Counter
from collections.abc import Iterable

from planner.asked import month_of_window
from planner.horizon import Horizon
from planner.plan import Plan
from planner.problem import Interview, Problem
from planner.tally import Tally
from service.catalogue import counted, text
from service.french_text import number
from service.pages.board.activities import Activity, Kind


def own_interviews(problem: Problem) -> tuple[Interview, ...]:
    """The needs of interviews that count in this month; those of another may be met in it as well."""
    months = Horizon.of(problem).months()
    return tuple(one for one in problem.interviews if month_of_window(one.from_on, one.until_on) in months)


def placed_of(needs: Iterable[Interview], plan: Plan) -> int:
    """How many interviews of these needs are placed, wherever that is."""
    return placed_among(needs, Counter(one.need for one in plan.interviews))


def placed_among(needs: Iterable[Interview], met: Counter[str]) -> int:
    """The same, of a plan whose interviews are counted by need."""
    return sum(min(need.count, met[need.id]) for need in needs)


def counted_plan(problem: Problem, plan: Plan) -> Tally:
    """What is placed and what is left out, as a version tells it."""
    permanences = {one.id for one in problem.cadences if one.kind == "permanence"}
    left: Counter[str] = Counter()
    for one in plan.unplaced:
        kind = "interviews" if one.need else "permanences" if one.cadence in permanences else "sessions"
        left[kind] += one.count
    return Tally(
        permanences=(len(plan.permanences), left["permanences"]),
        sessions=(len(plan.sessions), left["sessions"]),
        interviews=(placed_of(own_interviews(problem), plan), left["interviews"]),
    )


KINDS: tuple[tuple[tuple[Kind, ...], str, str], ...] = (
    (("permanence",), "{n} permanence", "{n} permanences"),
    (("promotion", "workshop"), "{n} séance ou atelier", "{n} séances et ateliers"),
    (("interview",), "{n} entretien", "{n} entretiens"),
)


def against_words(found: Iterable[Activity]) -> tuple[str, ...]:
    """2 permanences, 1 entretien: how many things break a rule by the facts of this moment."""
    kinds = Counter(one.kind for one in found if one.against)
    sums = [(one, several, sum(kinds[kind] for kind in members)) for members, one, several in KINDS]
    return tuple(counted(one, several, much) for one, several, much in sums if much)


def counted_words(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """16 permanences sur 18, 262 entretiens sur 266 (dont 2 à distance); what nobody asks for is left out."""
    found = counted_plan(problem, plan)
    told = (
        (counted("{n} permanence", "{n} permanences", found.permanences[0]), found.permanences),
        (counted("{n} séance ou atelier", "{n} séances et ateliers", found.sessions[0]), found.sessions),
        (counted("{n} entretien", "{n} entretiens", found.interviews[0]), found.interviews),
    )
    words = [
        text("{placed} sur {asked}", placed=words, asked=number(sum(pair)))
        for words, pair in told
        if sum(pair)
    ]
    calls = _calls(problem, plan)
    if calls:
        words[-1] = text("{placed} (dont {n} à distance)", placed=words[-1], n=number(calls))
    return tuple(words)


def _calls(problem: Problem, plan: Plan) -> int:
    """Interviews asked for by telephone or video: no row of a site counts them."""
    needs = [one for one in own_interviews(problem) if one.mode != "on_site"]
    asking = {one.id for one in needs}
    return placed_of(needs, plan) + sum(one.count for one in plan.unplaced if one.need in asking)
