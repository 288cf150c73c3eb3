// Counts down to an hour that the page tells already: from the seconds that were left when the service answered,
// whatever the clock of this machine says. At the end the page says what becomes of the place.
import { say } from "./speech.js";
import { words } from "./words.js";

const TOLD_AT = [300, 60];

export function start(root) {
  const [arrived] = performance.getEntriesByType("navigation");
  const spent = performance.now() - (arrived?.responseStart ?? 0);
  for (const held of root.querySelectorAll("[data-held]")) {
    held.querySelectorAll("[data-counted]").forEach((part) => { part.hidden = false; });
    tick(held, Date.now() + 1000 * held.dataset.held - spent, Infinity);
  }
}

function tick(held, until, before) {
  const left = Math.max(0, Math.round((until - Date.now()) / 1000));
  if (!left) { end(held); return; }
  const said = spoken(left);
  held.querySelector("[data-time]").textContent = said;
  held.querySelectorAll("progress").forEach((bar) => { bar.value = left; });
  if (TOLD_AT.some((mark) => left <= mark && mark < before && before < Infinity)) say(said);
  setTimeout(() => tick(held, until, left), 1000);
}

function spoken(left) {
  return words(left < 60 ? "seconds" : "minutes").replace("{n}", Math.floor(left / 60)).replace("{s}", left % 60);
}

function end(held) {
  held.querySelectorAll("[data-before]").forEach((part) => { part.hidden = true; });
  held.querySelectorAll("[data-after]").forEach((part) => { part.hidden = false; });
  held.classList.add("over");
  say(held.querySelector("[data-after]").textContent);
}
