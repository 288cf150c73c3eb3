"""Rings of focus that a page hides: cut by a region that scrolls, or never drawn."""

from playwright.sync_api import Page

HIDDEN = """() => {
  const cut = (one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (style.outlineStyle === "none") return true;
    const wide = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === "visible" && getComputedStyle(at).overflowY === "visible") continue;
      const region = at.getBoundingClientRect();
      const inside = box.left >= region.left - 1 && box.right <= region.right + 1 && box.top >= region.top - 1 && box.bottom <= region.bottom + 1;
      const beyond = Math.max(region.left - box.left, box.right - region.right, region.top - box.top, box.bottom - region.bottom) + wide;
      if (inside && beyond > 2.5) return true;
    }
    return false;
  };
  return [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !one.closest(".skip, table.month td"))
    .filter((one) => { one.focus({ focusVisible: true }); return document.activeElement === one && cut(one); })
    .map((one) => one.outerHTML.slice(0, 160));
}"""


def cut_rings(page: Page) -> list[str]:
    """Beginnings of what can have the focus and shows it badly."""
    found: list[str] = page.evaluate(HIDDEN)
    return found
