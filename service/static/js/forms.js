// Plain forms: after a refusal the summary is read first; each is sent only after the line and the sign-in were
// tried, so that what was typed is never lost to an error page. It waits in the page as long as it takes, and a
// second press changes nothing.
import { back, tell, waits } from "./connection.js";
import { renewToken, signInAgain } from "./sign_in_again.js";

const ANSWER_MS = 8_000;
const TWICE_MS = 2_000;
const asking = new WeakSet();
const sure = new WeakSet();

export function focusFirstProblem(root) {
  root.querySelector("[data-focus]")?.focus();
}

export function keepWhatWasTyped() {
  addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post" || sure.has(form) || isTheDoor(form)) return;
    event.preventDefault();
    if (asking.has(form) || isHalfTyped(form)) return;
    asking.add(form);
    await ready();
    sure.add(form);
    form.requestSubmit(submitter);
    sure.delete(form);
    setTimeout(() => asking.delete(form), TWICE_MS);
  });
}

// A number or a date that is none would leave as if nothing had been typed: the browser says so at its field.
function isHalfTyped(form) {
  const half = [...form.elements].find((one) => one.validity?.badInput);
  half?.reportValidity();
  return half !== undefined;
}

function isTheDoor(form) { return new URL(form.action).pathname.startsWith("/connexion"); }

async function ready() {
  waits(1);
  while (!(await tried())) await back();
  waits(-1);
}

// Pages that need no account (an invitation, a site's answer) ask nobody to sign in.
async function askWhoIsThere() {
  if ("signedIn" in document.body.dataset) await signInAgain();
}

async function tried() {
  try {
    const answer = await fetch("/connexion/etat", { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) });
    if (!answer.ok && answer.status !== 401) return false;
    tell(false);
    if (answer.status === 401) await askWhoIsThere(); else renewToken(answer.headers.get("x-csrftoken"));
    return true;
  } catch { return false; }
}
