"""What a finger can press on a page: everything that does something, with how far around its middle it still does."""

from playwright.sync_api import Page

LEAST_PIXELS = 44
TOO_SMALL = """least => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && one.getClientRects().length === 1;
  const inSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline" && one.parentElement.innerText.trim() !== one.innerText.trim();
  const reach = least / 2 - 1;
  return [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")]
    .filter((one) => shown(one) && !one.closest(".skip, .board") && !inSentence(one))
    .filter((one) => {
      const pressed = one.matches("[type=checkbox], [type=radio]") ? one.closest("label") ?? one : one;
      pressed.scrollIntoView({ block: "center", inline: "center" });
      const { left, top, width, height } = pressed.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const around = [[x - reach, y], [x + reach, y], [x, y - reach], [x, y + reach]];
      return around.some(([at, from]) => !pressed.contains(document.elementFromPoint(at, from)));
    })
    .map((one) => one.outerHTML.slice(0, 160));
}"""


def too_small_for_a_finger(page: Page) -> list[str]:
    """Beginnings of what is pressed and misses a finger that is half of `LEAST_PIXELS` off its middle.

    Links inside a sentence are left out, as are cells of the board: both have larger ones that do the same.
    """
    found: list[str] = page.evaluate(TOO_SMALL, LEAST_PIXELS)
    return found
