// Below a form that is being filled in: what its answers mean, asked again when one of them changes.
import { fragment } from "./requests.js";

const PAUSE_MS = 300;
const NEVER_SENT = ["_csrf_token", "version"];

export function start(words) {
  let last = 0;
  const show = async () => {
    const asked = (last += 1);
    const fields = [...new FormData(words.closest("form"))].filter(([name]) => !NEVER_SENT.includes(name));
    // While the line is away the sentence stays as it was.
    const { ok, html } = await fragment(`${words.dataset.preview}?${new URLSearchParams(fields)}`).catch(() => ({ ok: false }));
    if (ok && asked === last) words.textContent = html.trim();
  };
  let timer = 0;
  words.closest("form").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE_MS);
  });
}
