// The sign-in ended while somebody was at work: the form comes over the page, and the work goes on.
import { back, tell } from "./connection.js";

let opened = null;

export function signInAgain() {
  opened ??= ask().finally(() => { opened = null; });
  return opened;
}

// Whether another tab signed in again since this page was made: what was refused for it is worth sending once more.
export async function renewed() {
  const answer = await fetch("/connexion/etat", { credentials: "same-origin", cache: "no-store" });
  const [fresh, old] = [answer.headers.get("x-csrftoken"), document.querySelector('meta[name="csrf-token"]')?.content];
  if (fresh === old) return false;
  return renewFrom(answer);
}

async function ask() {
  let page = await read("/connexion?fait=session");
  if (page.inside) { renew(page.document); return; }
  const dialog = document.createElement("dialog");
  dialog.className = "sign-in-again";
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  draw(dialog, page.document);
  open(dialog);
  while (!page.inside) {
    const sent = await Promise.race([submitted(dialog), signedInElsewhere()]);
    page = await (sent ? send(sent) : read("/connexion?fait=session"));
    if (!page.inside) draw(dialog, page.document);
  }
  renew(page.document);
  dialog.remove();
}

// A browser that does not know the element has the same form in front of the page, and is told what it is.
function open(dialog) {
  if (dialog.showModal) { dialog.showModal(); return; }
  dialog.classList.add("in-front");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.querySelector("[data-focus], input:not([type=hidden])")?.focus();
}

function send({ form, submitter }) {
  return read(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
}

// Who enters by a mailed link or by their organisation does so in another tab: back in this one, the work goes on.
function signedInElsewhere() {
  return new Promise((resolve) => {
    addEventListener("focus", async function look() {
      const answer = await fetch("/connexion/etat", { credentials: "same-origin", cache: "no-store" }).catch(back);
      if (!answer?.ok) return;
      removeEventListener("focus", look);
      resolve(null);
    });
  });
}

// The line may be lost while the dialogue is open: what was typed in it waits as well.
async function read(address, options = {}) {
  let answer = null;
  while (!answer) answer = await fetch(address, { credentials: "same-origin", ...options }).catch(back);
  tell(false);
  const inside = answer.ok && !new URL(answer.url).pathname.startsWith("/connexion");
  return { inside, document: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

function draw(dialog, page) {
  const main = page.querySelector("main");
  if (!main?.querySelector("form")) { refuse(dialog, main); return; }
  main.querySelectorAll("a").forEach((link) => { link.target = "_blank"; });
  nameApart(main);
  dialog.setAttribute("aria-label", main.querySelector("h1")?.textContent ?? "");
  dialog.replaceChildren(...main.childNodes);
  (dialog.querySelector("[data-focus]") ?? dialog.querySelector("input:not([type=hidden])"))?.focus();
}

// An answer without a form (too many tries, a fault): its words stand above the form, which stays.
function refuse(dialog, main) {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = main?.querySelector(".lead, p")?.textContent ?? "";
  dialog.querySelector("[role=alert]")?.remove();
  dialog.prepend(words);
}

// The page below may have fields of the same names: labels must lead to those of the dialogue.
function nameApart(main) {
  for (const name of ["id", "for", "aria-describedby"]) {
    main.querySelectorAll(`[${name}]`).forEach((one) => one.setAttribute(name, `porte-${one.getAttribute(name)}`));
  }
}

function submitted(dialog) {
  return new Promise((resolve) => {
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      resolve({ form: event.target, submitter: event.submitter });
    }, { once: true });
  });
}

function renew(page) {
  renewToken(page.querySelector('meta[name="csrf-token"]')?.content, page.body.dataset.signedIn);
}

// Returns whether what is on this page may be sent under the session of now.
export function renewFrom(answer) {
  return renewToken(answer.headers.get("x-csrftoken"), answer.headers.get("x-account"));
}

// Forms on this page are sent under the session of now, also when it was begun in another tab: by the same account only.
// What one wrote is not sent as another: under the old token the service says so and keeps it. Nor as anybody where
// the page could not say whose it is: its account is then the empty word.
function renewToken(fresh, account) {
  const mine = document.body.dataset.signedIn;
  if (!fresh || (mine !== undefined && mine !== account)) return false;
  document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", fresh);
  document.querySelectorAll('input[name="_csrf_token"]').forEach((field) => { field.value = fresh; });
  const inherited = "hx-headers:inherited";
  if (document.body.hasAttribute(inherited)) document.body.setAttribute(inherited, JSON.stringify({ "x-csrftoken": fresh }));
  return true;
}
