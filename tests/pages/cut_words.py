"""Words that a page cuts, or pushes beyond its edge where nothing scrolls to them."""

from playwright.sync_api import Page

CUT = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && one.clientWidth > 2;
  const scrolled = (one) => { for (let at = one.parentElement; at; at = at.parentElement) if (getComputedStyle(at).overflowX !== "visible") return true; return false; };
  const cut = (one) => one.scrollWidth > one.clientWidth + 1 && !getComputedStyle(one).overflowX.match(/auto|scroll/);
  const beyond = (one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolled(one);
  const found = [...document.querySelectorAll(".btn, .tag, .choice a, h1, h2, h3, label, legend, dt, dd, summary, .note, .card p")]
    .filter((one) => shown(one) && getComputedStyle(one).display !== "inline" && !one.closest(".board, .hidden-text"))
    .filter((one) => cut(one) || beyond(one))
    .map((one) => one.outerHTML.slice(0, 160));
  return document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways", ...found] : found;
}"""


def cut_words(page: Page) -> list[str]:
    """Beginnings of buttons, titles, labels and sentences that are not read whole at the width of the page."""
    found: list[str] = page.evaluate(CUT)
    return found
