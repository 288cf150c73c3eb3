// Who else has this draft before them: their initials in the head, their tag on what they hold. Best effort: a beat that
// is lost is told again by the next one. It also tells a page that was left open when the draft has become another.
import { isWaiting } from "./connection.js";
import { words } from "./words.js";

const EVERY_MS = 15_000;

export class Presence {
  constructor(work, signal) {
    Object.assign(this, { work, path: `${work.dataset.board}/presence`, holding: "" });
    if (!("editable" in work.dataset)) return;
    this.beat();
    const clock = setInterval(() => { if (!document.hidden) this.beat(); }, EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(clock));
    addEventListener("pagehide", () => this.tell({ part: "oui" }, { keepalive: true }), { signal });
  }

  hold(key) { this.holding = key; this.beat(); }

  async beat() {
    const answer = await this.tell({ tient: this.holding });
    if (!answer?.ok) return;
    const { others, seen } = await answer.json();
    this.draw(others);
    this.tellWhenOutrun(seen);
  }

  // Not while something is in hand, which would move under the pointer, nor while an edit of one's own is on its way.
  tellWhenOutrun(seen) {
    const note = document.querySelector("[data-outrun]");
    const busy = isWaiting() || this.work.classList.contains("moving");
    if (note && this.work.isConnected && !busy) note.hidden = seen === this.work.dataset.revision;
  }

  async tell(fields, options = {}) {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    const headers = { "x-fragment": "1", accept: "application/json", ...(token ? { "x-csrftoken": token } : {}) };
    try {
      return await fetch(this.path, { method: "POST", headers, body: new URLSearchParams(fields), credentials: "same-origin", ...options });
    } catch { return null; }
  }

  draw(others) {
    document.querySelectorAll(".top .who.live, .chip .holder").forEach((mark) => mark.remove());
    const me = document.querySelector(".top a.who");
    for (const other of others) {
      const sentence = words("alsoHere").replace("{who}", other.who);
      const mark = document.createElement("span");
      mark.className = "who live";
      mark.title = sentence;
      mark.innerHTML = '<span aria-hidden="true"></span><span class="hidden-text"></span>';
      mark.firstChild.textContent = other.who;
      mark.lastChild.textContent = sentence;
      me?.before(mark);
      const chip = other.holding && this.work.querySelector(`.chip[data-key="${CSS.escape(other.holding)}"]`);
      if (!chip) continue;
      const tag = document.createElement("span");
      tag.className = "holder";
      tag.setAttribute("aria-hidden", "true");
      tag.textContent = other.who.replaceAll(".", "");
      chip.append(tag);
    }
  }
}
