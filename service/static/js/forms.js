// Plain forms: after a refusal the summary is read first; one that was written for a while is sent only after
// the line and the sign-in were tried, so that what was typed is never lost to an error page.
import { tell } from "./connection.js";
import { signInAgain } from "./sign_in_again.js";

const FRESH_MS = 20_000;
let good = Date.now();

export function focusFirstProblem(root) {
  root.querySelector("[data-focus]")?.focus();
}

export function keepWhatWasTyped() {
  addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const sure = navigator.onLine && Date.now() - good < FRESH_MS;
    if (event.defaultPrevented || form.method !== "post" || sure || new URL(form.action).pathname.startsWith("/connexion")) return;
    event.preventDefault();
    if (await ready()) form.requestSubmit(submitter);
  });
}

async function ready() {
  try {
    const answer = await fetch("/connexion/etat", { credentials: "same-origin", cache: "no-store" });
    tell(false);
    if (answer.status === 401) await signInAgain();
    good = Date.now();
    return true;
  } catch {
    tell(true);
    return false;
  }
}
