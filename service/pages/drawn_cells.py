"""Cells of a board as they are written: most of a page is as it was on the page before."""

from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

from service.pages.board.cells import Cell

MOST = 4096


def drawing_cells(environment: Environment) -> None:
    """Gives templates `drawn_cell`: the macro `cell` of the grid, whose markup depends on the cell and its width alone."""

    @lru_cache(maxsize=MOST)
    def drawn_cell(one: Cell, wide: bool) -> Markup:
        grid = environment.get_template("board/grid.html").module
        drawn: Markup = grid.cell(one, wide)  # type: ignore[attr-defined]
        return drawn

    environment.globals["drawn_cell"] = drawn_cell
