// A form whose answer takes a moment says so on its button; the page that answers takes its place.
import { say } from "./speech.js";
import { words } from "./words.js";

const SOON_MS = 400;

export function tellWhatTakesAMoment() {
  let waits = null;
  addEventListener("submit", ({ target: form, submitter: button, defaultPrevented }) => {
    if (defaultPrevented || form.method !== "post" || !button) return;
    asBefore(waits);
    waits = { button, html: button.innerHTML, soon: setTimeout(() => tell(button), SOON_MS) };
  });
  addEventListener("pageshow", () => { waits = asBefore(waits); });
}

// Also before the same button is pressed once more: what it says while it waits is never taken for its words.
function asBefore(waits) {
  if (!waits) return null;
  clearTimeout(waits.soon);
  waits.button.removeAttribute("aria-disabled");
  waits.button.innerHTML = waits.html;
  return null;
}

// The width stays, so that nothing beside it moves.
function tell(button) {
  button.style.setProperty("min-width", `${button.offsetWidth}px`);
  button.setAttribute("aria-disabled", "true");
  button.textContent = words("underWay");
  say(words("underWay"));
}
