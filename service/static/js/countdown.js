// Refines a deadline that the page already tells as a clock time: minutes, then seconds in the last one.
import { say } from "./speech.js";
import { words } from "./words.js";

export function start(root) {
  for (const place of root.querySelectorAll("[data-deadline]")) tick(place, new Date(place.dataset.deadline));
}

function tick(place, until) {
  const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
  place.textContent = seconds >= 60 ? words("minutes").replace("{n}", Math.ceil(seconds / 60)) : words("seconds").replace("{n}", seconds);
  if ([300, 60, 0].includes(seconds)) say(seconds ? place.textContent : words("freeAgain"));
  if (seconds) setTimeout(() => tick(place, until), seconds > 61 ? 1000 * (seconds % 60 || 60) : 1000);
}
