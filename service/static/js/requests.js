// Every request of the scripts: the token against forged requests, fragments instead of pages,
// one write after the other; an ended sign-in or a lost line delays a request, it never loses one.
import { back, tell, waits } from "./connection.js";
import { renewed, signInAgain } from "./sign_in_again.js";
import { words } from "./words.js";

function headers(extra) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  return { "x-fragment": "1", ...(token ? { "x-csrftoken": token } : {}), ...extra };
}

async function ask(address, { accept, ...options } = {}) {
  const answer = await fetch(address, { credentials: "same-origin", headers: headers(accept ? { accept } : {}), ...options });
  tell(false);
  if (answer.status === 403 ? !await renewed() : answer.status !== 401) return answer;
  if (answer.status === 401) await signInAgain();
  return ask(address, { accept, ...options });
}

// Where nothing answers, that is told where the answer would have stood.
export async function fragment(address) {
  try {
    const answer = await ask(address);
    return { ok: answer.ok, status: answer.status, html: await answer.text(), address: answer.url };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    tell(true);
    return { ok: false, status: 0, html: JSON.stringify({ title: words("unreachable") }), address };
  }
}

// A refusal that no page was made for comes as data: its words are shown, never the data.
export function isData({ html }) { return html.startsWith("{"); }

export function refusal({ html }) {
  const { title, detail } = JSON.parse(html);
  return detail || title;
}

export async function json(address) {
  const answer = await ask(address, { accept: "application/json" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

let line = Promise.resolve();
let refused = 0;

// `fields` is asked when the request leaves: a later edit carries the version that the one before left behind.
export function send(address, fields) {
  waits(1);
  const mine = line.then(() => deliver(address, fields)).finally(() => waits(-1));
  line = mine.then((answer) => { if (!answer.ok) refused += 1; }, () => { refused += 1; });
  return mine;
}

// Once every write is answered, whether each was kept: who left before would lose those that wait for their turn,
// and what is said to a refused one.
export async function settled() {
  const before = refused;
  for (let last = null; last !== line;) { last = line; await last; }
  return refused === before;
}

async function deliver(address, fields) {
  for (;;) {
    try {
      const answer = await ask(address, { method: "POST", body: new URLSearchParams(fields()) });
      return { ok: answer.ok, status: answer.status, html: await answer.text(), address: answer.url, moved: answer.redirected };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await back();
    }
  }
}
