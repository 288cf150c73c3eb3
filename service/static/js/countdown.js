// Refines a deadline that the page already tells as a clock time: minutes, then seconds in the last one.
import { say } from "./speech.js";

export function start(root) {
  for (const place of root.querySelectorAll("[data-deadline]")) tick(place, new Date(place.dataset.deadline));
}

function tick(place, until) {
  const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
  place.textContent = seconds >= 60 ? `encore ${Math.ceil(seconds / 60)}\u00a0min` : `encore ${seconds}\u00a0s`;
  if ([300, 60, 0].includes(seconds)) say(seconds ? place.textContent : "Cette place est redevenue libre.");
  if (seconds) setTimeout(() => tick(place, until), seconds > 61 ? 1000 * (seconds % 60 || 60) : 1000);
}
