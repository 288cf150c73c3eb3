// The panel beside the board shows what was asked for; its first content comes back on "Fermer" or Escape.
import { fragment } from "./requests.js";

export class Panel {
  constructor(work) {
    this.work = work;
    this.element = work.querySelector(".panel");
    this.resting = this.element?.innerHTML;
    this.element?.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) { event.preventDefault(); this.rest(); }
    });
  }

  async open(address) {
    if (!this.element) { location.assign(address); return; }
    const asked = (this.asked = Symbol(address));
    const slow = setTimeout(() => this.element.setAttribute("aria-busy", "true"), 300);
    const answer = await fragment(address);
    clearTimeout(slow);
    if (asked === this.asked) this.show(answer.html);
  }

  show(html) {
    if (!this.element) return;
    this.element.removeAttribute("aria-busy");
    this.element.innerHTML = html;
    this.work.classList.remove("folded");
    this.work.classList.add("asking");
    globalThis.htmx?.process(this.element);
  }

  rest() {
    this.asked = null;
    if (!this.element) return;
    this.element.innerHTML = this.resting;
    this.work.classList.remove("asking");
  }

  toggle() { this.work.classList.toggle("folded"); }
}
