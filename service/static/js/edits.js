// After an edit the answer is the whole page of the month: its board takes the place of the old one,
// the focus and the scrolled place stay where the work is.
import { fragment, isData, send } from "./requests.js";
import { say } from "./speech.js";

export class Edits {
  constructor(work, restart) {
    Object.assign(this, { work, restart });
    this.path = work.dataset.board;
    this.revision = work.dataset.revision ?? "";
    this.editable = "editable" in work.dataset;
  }

  // Sends one edit. `at` is the cell to come back to. Anything but a new board is shown in the panel.
  // `geste` tells it from all others: whose answer was lost on the way is known again when it is sent once more.
  async make(page, fields, { panel, at, was }) {
    // What is on this page is meant on what the edits before it leave behind.
    const seen = fields.revision ?? current();
    const isOfNow = seen === current();
    const geste = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const answer = await send(`${this.path}/${page}`, () => ({ ...fields, geste, retour: location.search.slice(1), revision: isOfNow ? current() : seen }));
    if (answer.status === 409 && !isData(answer)) return this.showTheOthersChange(answer.html, at);
    return this.take(answer, { panel, at, was });
  }

  // The draft of what is published: its board takes the place of that one, the work goes on at the same cell.
  async begin({ panel, at }) {
    const answer = await send(`${this.path}/modifier`, () => ({ retour: location.search.slice(1) }));
    if (answer.ok && answer.moved) history.replaceState(null, "", answer.address);
    return this.take(answer, { panel, at });
  }

  take(answer, { panel, at, was }) {
    if (answer.ok && answer.moved) return this.swap(answer.html, { at, was });
    panel.tell(answer);
    panel.focus();
    return null;
  }

  swap(html, { at, was = placeOf(document.querySelector(".board")) } = {}) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const place of ["main", "footer.status"]) {
      const [old, next] = [document.querySelector(place), fresh.querySelector(place)];
      if (old && next) old.replaceWith(document.adoptNode(next));
    }
    const work = document.querySelector("[data-board]");
    const board = work.querySelector(".board");
    if (board) stay(board, was);
    const message = document.querySelector(".message:not([hidden]) [role=status]");
    if (message) { message.removeAttribute("role"); say(message.textContent); }
    const started = this.restart(work, at);
    if (message && document.activeElement === document.body) { message.tabIndex = -1; message.focus(); }
    return started;
  }

  // Refused because a colleague was faster: the board shows what they did, the panel keeps what was meant.
  async showTheOthersChange(html, at) {
    const now = await fragment(location.href);
    const started = now.ok ? this.swap(now.html, { at }) : null;
    const panel = started?.panel;
    panel?.show(html);
    const touched = panel?.element?.querySelector("[data-touched]")?.dataset.touched.split(" ") ?? [];
    for (const key of touched) document.querySelector(`.chip[data-key="${CSS.escape(key)}"]`)?.classList.add("theirs");
    panel?.focus();
    return started;
  }
}

export function placeOf(board) { return { left: board?.scrollLeft ?? 0, top: board?.getBoundingClientRect().top }; }

// What is said above the board takes its room from the head of the page: the board stays under the hand.
function stay(board, was) {
  board.scrollLeft = was.left;
  if (was.top !== undefined) scrollBy({ top: board.getBoundingClientRect().top - was.top, behavior: "instant" });
}

function current() { return document.querySelector("[data-board]")?.dataset.revision ?? ""; }
