"""A form whose answer takes a moment says so on its button."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TELL = """(button) => {
  const width = button.offsetWidth;
  new MutationObserver(() => {
    const said = document.getElementById("annonce").textContent;
    console.log("waits", [button.textContent, button.ariaDisabled, button.offsetWidth >= width, said].join("|"));
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""
"""While an answer is awaited a page answers no question: it tells by itself."""
PRESS_LATER = """(button) => {
  let asked = 0;
  const before = window.fetch;
  window.fetch = (...what) => { asked += 1; return before(...what); };
  setTimeout(() => button.click(), 2600);
  setTimeout(() => console.log("asked " + asked), 3600);
}"""
"""A second press, after all that a hand does by mistake; each form that is sent asks for the sign-in once."""


def test_a_button_whose_answer_takes_a_moment_says_so_and_keeps_its_width(served, open_page):
    page = open_page(f"{served.territory}/fiche/absences/nouveau")
    held = []
    page.route(
        "**/fiche/absences/nouveau",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    button = page.locator("main form .btn.primary")
    button.evaluate(TELL)
    with page.expect_console_message(lambda one: one.text.startswith("waits En cours")) as told:
        button.click(no_wait_after=True)
    assert told.value.text == "waits En cours…|true|true|En cours…"
    held[0].fulfill(status=204)


def test_a_form_whose_answer_takes_long_is_sent_once_and_has_its_own_words_after_going_back(
    served, open_page
):
    page = open_page(f"{served.territory}/fiche/absences/nouveau")
    held = []
    page.route(
        "**/fiche/absences/nouveau",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    button = page.locator("main form .btn.primary")
    words = button.inner_text()
    button.evaluate(PRESS_LATER)
    with page.expect_console_message(lambda one: one.text.startswith("asked")) as told:
        button.click(no_wait_after=True)
    assert (told.value.text, len(held)) == ("asked 1", 1)
    held[0].fulfill(status=204)
    assert button.inner_text() == "En cours…"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert button.inner_text() == words
    page.unroute("**/fiche/absences/nouveau")
    button.click()
    page.locator("[data-focus]").wait_for()
