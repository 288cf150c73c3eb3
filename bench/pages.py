"""`python -m bench.pages`: the server's processor time for the page of a month with forty people, plan included."""

import sys
import time
from statistics import median

from planner.generate import Size, generate
from planner.outcome import Limits, Planned
from planner.solve import solve
from service.pages.board.links import Links
from service.pages.month_board_view import Facts, Grouping, Options, month_board
from service.pages.rendering import html
from service.pages.shell import Account, Shell

SIZE = Size(staff=40, sites=40, interviews=2000, promotions=6, days=31)
TIMES = 20


def main() -> None:
    problem = generate(SIZE, 2)
    outcome = solve(problem, limits=Limits(time_limit_seconds=8))
    facts = Facts(problem=problem, plan=outcome.plan if isinstance(outcome, Planned) else None)
    for by in ("lieu", "personne"):
        seconds = sorted(_draw(facts, by) for _ in range(TIMES))
        worst, usual = seconds[-1] * 1000, median(seconds) * 1000
        sys.stdout.write(f"mois, 40 personnes, par {by}: {usual:.0f} ms, at worst {worst:.0f} ms\n")


def _draw(facts: Facts, by: Grouping) -> float:
    """Seconds of processor time from the plan to the bytes of the page."""
    options = Options(by=by)
    first_on = facts.problem.first_on
    links = Links(path="/t/x/planning/m", root="/t/x/planning", options=options, first_on=first_on)
    shell = Shell(territory="x", territory_name="Bench", account=Account(initials="CV", role="coordinator"))
    start = time.process_time()
    board = month_board(facts, options)
    words = {
        "board": board, "links": links, "title": "", "caption": "", "undo": "", "verdict": board.verdict, "can_edit": True, "message": None,
        "folded": False, "tab": "placer", "tab_path": "?", "warnings": [], "history": [], "people_cards": None,
        "first_steps": None, "remembered": True,
    }  # fmt: skip
    html("board/month.html", shell, words)
    return time.process_time() - start


if __name__ == "__main__":
    main()
