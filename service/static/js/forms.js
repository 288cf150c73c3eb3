// Plain forms: after a refusal the summary is read first; each is sent only after the line and the sign-in were
// tried, so that what was typed is never lost to an error page. It waits in the page as long as it takes, and a
// second press changes nothing. A browser that cannot ask so sends its forms at once, as without script.
import { back, tell, waits } from "./connection.js";
import { settled } from "./requests.js";
import { renewFrom, signInAgain } from "./sign_in_again.js";

const ANSWER_MS = 8_000;
const ANSWERED_MS = 30_000;
const ABLE = "timeout" in AbortSignal && "requestSubmit" in HTMLFormElement.prototype && typeof HTMLDialogElement === "function";
const sure = new WeakSet();
let asking = new WeakSet();

export function focusFirstProblem(root) {
  root.querySelector("[data-focus]")?.focus();
}

export function keepWhatWasTyped() {
  addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post" || sure.has(form) || isTheDoor(form)) return;
    const refused = asking.has(form) || isHalfTyped(form);
    if (refused || ABLE) event.preventDefault();
    if (refused) return;
    asking.add(form);
    if (ABLE) await sendWhenReady(form, submitter);
    const pressed = asking;
    setTimeout(() => pressed.delete(form), ANSWERED_MS);
  });
  // Back on a page that the browser kept, its forms may be sent anew.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) asking = new WeakSet(); });
}

// What the page sends by itself goes first: a refused edit keeps the page. A kept one may have drawn the form anew.
async function sendWhenReady(form, submitter) {
  const before = settled();
  await ready();
  if (!(await before) || !(await settled())) { asking.delete(form); return; }
  if (!form.isConnected) { form.hidden = true; document.body.append(form); }
  sure.add(form);
  form.requestSubmit(submitter);
  sure.delete(form);
}

// A number or a date that is none would leave as if nothing had been typed: the browser says so at its field.
function isHalfTyped(form) {
  const half = [...form.elements].find((one) => one.validity?.badInput);
  half?.reportValidity();
  return half !== undefined;
}

function isTheDoor(form) { return /^\/(de)?connexion/.test(new URL(form.action).pathname); }

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
    if (answer.status === 401) await askWhoIsThere(); else renewFrom(answer);
    return true;
  } catch { return false; }
}
