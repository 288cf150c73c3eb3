// Every request of the scripts: the token against forged requests, fragments instead of pages, waiting moves.
const token = document.querySelector('meta[name="csrf-token"]')?.content;

function headers(extra = {}) {
  return { "x-fragment": "1", ...(token ? { "x-csrftoken": token } : {}), ...extra };
}

export async function fragment(address) {
  const answer = await fetch(address, { headers: headers(), credentials: "same-origin" });
  return { ok: answer.ok, status: answer.status, html: await answer.text() };
}

export async function json(address) {
  const answer = await fetch(address, { headers: headers({ accept: "application/json" }), credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// Sends a form; without connection it waits in the page and leaves when the line is back.
export async function send(address, fields) {
  const body = new URLSearchParams(fields);
  for (;;) {
    try {
      const answer = await fetch(address, { method: "POST", headers: headers(), body, credentials: "same-origin" });
      return { ok: answer.ok, status: answer.status, html: await answer.text(), address: answer.url, moved: answer.redirected };
    } catch {
      waiting.add(body);
      await new Promise((resolve) => addEventListener("online", resolve, { once: true }));
      waiting.delete(body);
    }
  }
}

const waiting = new Set();
addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
