"""A board as its page, drawn without a service."""

from datetime import date

from service.pages.board.links import Links
from service.pages.month_board_view import Board, Options
from service.pages.rendering import html
from service.pages.shell import Account, Shell

SHELL = Shell(
    territory="idf", territory_name="Île-de-France", account=Account(initials="CV", role="coordinator")
)


def draw(board: Board, first_on: date, *, every_need: bool = False) -> str:
    """The page of that board, as a coordinator reads it."""
    links = Links(
        path="/t/idf/planning/2026-12",
        root="/t/idf/planning",
        options=Options(by=board.by, shape=board.shape),
        first_on=first_on,
    )
    context = {
        "board": board, "links": links, "title": "Décembre 2026", "caption": "Décembre 2026", "undo": "", "undone_at": "", "verdict": board.verdict, "can_edit": True,
        "message": None, "folded": False, "tab": "placer", "tab_path": "?", "warnings": [], "history": [],
        "people_cards": None, "replacing": 0, "freed": 0, "first_steps": None, "remembered": True,
        "every_need": every_need,
    }  # fmt: skip
    return html("board/month.html", SHELL, context)
