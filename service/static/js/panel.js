// The panel beside the board shows what was asked for; its first content comes back on "Fermer" or Escape.
import { fragment, isData, refusal } from "./requests.js";
import { sayIn } from "./speech.js";

const FOLDED = "escale-panneau-plie";

export class Panel {
  constructor(work) {
    this.work = work;
    this.element = work.querySelector(".panel");
    this.resting = this.element?.innerHTML;
    work.classList.toggle("folded", localStorage.getItem(FOLDED) === "oui");
    this.element?.addEventListener("toggle", (event) => this.fill(event.target), true);
    this.element?.querySelectorAll("details.todo[open]").forEach((card) => this.fill(card));
    this.tellFolded();
  }

  // A card's reasons and repairs take a moment to find: they are asked for when it opens, once;
  // what could not be had is said in their place, and asked for when it opens again.
  async fill(card) {
    const place = card.open && card.querySelector("[data-load]");
    if (!place) return;
    const address = place.dataset.load;
    delete place.dataset.load;
    const slow = setTimeout(() => place.classList.add("skeleton"), 300);
    const answer = await fragment(address);
    clearTimeout(slow);
    place.classList.remove("skeleton");
    if (isData(answer)) { sayIn(place, refusal(answer)); place.dataset.load = address; } else place.innerHTML = answer.html;
    if (!this.work.classList.contains("asking")) this.resting = this.element.innerHTML;
  }

  // Whether the answer was shown: not when something else was asked for, or picked up, meanwhile.
  async open(address) {
    if (!this.element) { location.assign(address); return false; }
    this.remember(document.activeElement);
    const asked = (this.asked = Symbol(address));
    const slow = setTimeout(() => this.element.setAttribute("aria-busy", "true"), 300);
    const answer = await fragment(address);
    clearTimeout(slow);
    if (asked !== this.asked) return false;
    this.tell(answer);
    return true;
  }

  tell(answer) {
    if (isData(answer)) this.say(refusal(answer)); else this.show(answer.html);
  }

  say(words) {
    this.show("<div class=\"panel-head\"><h2 role=\"alert\"></h2></div>");
    this.element.querySelector("h2").textContent = words;
  }

  show(html) {
    this.asked = null;
    if (!this.element) return;
    this.element.removeAttribute("aria-busy");
    this.element.innerHTML = html;
    this.work.classList.remove("folded");
    this.work.classList.add("asking");
    this.work.dispatchEvent(new Event("panel"));
  }

  // Where the work was before something was asked for: the focus goes back there.
  remember(asker) {
    if (asker && asker !== document.body && !this.work.classList.contains("asking")) this.asker = { element: asker, href: asker.getAttribute("href") };
  }

  // Back to what the panel showed at first; by mouse or by key the focus returns to where it came from.
  close() {
    this.rest();
    const { element, href } = this.asker ?? {};
    const again = href && this.element?.querySelector(`a[href="${CSS.escape(href)}"]`);
    const found = element?.isConnected ? element : again || this.work.querySelector("table.month td[tabindex='0']");
    found?.focus();
  }

  // What was asked for by a key is read and worked with by keys.
  focus() {
    const title = this.element?.querySelector("h2");
    title?.setAttribute("tabindex", "-1");
    title?.focus();
  }

  // Where the Tab key arrives from the board; nothing while the panel is folded.
  first() {
    const all = this.element?.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea") ?? [];
    return [...all].find((one) => !one.disabled && one.getClientRects().length);
  }

  rest() {
    this.asked = null;
    if (!this.element) return;
    this.element.innerHTML = this.resting;
    this.work.classList.remove("asking");
    this.work.dispatchEvent(new Event("panel"));
  }

  toggle() {
    const folded = this.work.classList.toggle("folded");
    localStorage.setItem(FOLDED, folded ? "oui" : "non");
    this.tellFolded();
  }

  tellFolded() {
    const open = !this.work.classList.contains("folded");
    document.querySelectorAll("[data-fold]").forEach((button) => button.setAttribute("aria-expanded", String(open)));
  }
}
