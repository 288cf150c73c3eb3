"""What the stories of the board share: a served month of one's own, hands that count, ways to a cell."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.pages.conftest import Served, serve

MOST_TABS = 80


def own_month(prepared: Path, folder: Path) -> Iterator[Served]:
    """One copy for a whole story: each act goes on where the one before it ended."""
    shutil.copytree(prepared, folder / "var")
    yield from serve(folder / "var")


class Hands:
    """A mouse that counts its clicks and the fields it fills."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def fill(self, label: str, value: str) -> None:
        self.fields += 1
        self.page.get_by_label(label, exact=True).fill(value)


class Fingers:
    """A keyboard that counts its keys; what is typed into a field counts as one field."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.fields = page, 0, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def tab_to(self, target: Locator, *, back: bool = False) -> None:
        """Reaches something by the Tab key, as somebody without a mouse does."""
        handle = target.element_handle()
        for _ in range(MOST_TABS):
            if handle.evaluate("(one) => one === document.activeElement"):
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError("not reached by the Tab key")

    def type(self, words: str) -> None:
        self.fields += 1
        self.page.keyboard.type(words)


def said(page: Page, words: str) -> None:
    page.locator(".message").get_by_text(words).wait_for()


def keys_of(page: Page, start: str) -> list[str]:
    found = page.locator(f'[data-key^="{start}"]').evaluate_all("all => all.map((one) => one.dataset.key)")
    return sorted(found)


def begin_draft(page: Page) -> None:
    if page.get_by_role("button", name="Modifier").count():
        page.get_by_role("button", name="Modifier").click()
    page.get_by_text("Brouillon v").first.wait_for()
    keys_are_heard(page)


def keys_are_heard(page: Page) -> None:
    """The board's script has taken over: a key pressed before would be lost."""
    page.locator("table.month td[tabindex='0']").wait_for(state="attached")


def focus_cell(page: Page, key: str) -> None:
    """Goes to a cell with arrows from wherever the grid has the focus."""
    cell = page.locator(f'td:has([data-key^="{key}"])').first
    row = cell.evaluate("(one) => one.parentElement.rowIndex - 3")
    page.locator("table.month td[tabindex='0']").focus()
    page.keyboard.press("Control+Home")
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    handle = cell.element_handle()
    for _ in range(60):
        if handle.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError("not reached by arrows")
