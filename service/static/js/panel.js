// The panel beside the board shows what was asked for; "Fermer" brings its first content back, Escape what led there.
import { fragment, isData, refusal } from "./requests.js";
import { sayIn } from "./speech.js";
import { words as wordsOf } from "./words.js";

const FOLDED = "escale-panneau-plie";

export class Panel {
  constructor(work) {
    this.work = work;
    this.element = work.querySelector(".panel");
    this.resting = this.element?.innerHTML;
    this.trail = [];
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
    const held = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
    if (isData(answer)) { sayIn(place, refusal(answer)); place.dataset.load = address; } else place.innerHTML = answer.html;
    if (held) (this.linkTo(held) ?? card.querySelector("summary")).focus();
    if (!this.isAsked) this.resting = this.element.innerHTML;
  }

  // Whether the answer was shown: not when something else was asked for, or picked up, meanwhile.
  // A link of the panel leads one step further: what it stood in is kept for the way back.
  async open(address, link = null) {
    const trail = this.trailTo(link);
    if (!this.element) { location.assign(address); return false; }
    this.remember(document.activeElement);
    const asked = (this.asked = Symbol(address));
    const slow = setTimeout(() => this.element.setAttribute("aria-busy", "true"), 300);
    const answer = await fragment(address);
    clearTimeout(slow);
    if (asked !== this.asked) return false;
    this.tell(answer);
    this.trail = trail;
    return true;
  }

  get isAsked() { return this.work.classList.contains("asking"); }

  trailTo(link) {
    const goesOn = link && this.element?.contains(link) && this.isAsked;
    return goesOn ? [...this.trail, { html: this.element.innerHTML, href: link.getAttribute("href") }] : [];
  }

  linkTo(href) { return this.element?.querySelector(`a[href="${CSS.escape(href)}"]`); }

  tell(answer) {
    if (isData(answer)) this.say(refusal(answer)); else this.show(answer.html);
  }

  say(words) {
    this.show("<div class=\"panel-head\"><h2 role=\"alert\"></h2><button class=\"btn tiny\" type=\"button\" data-close></button></div>");
    this.element.querySelector("h2").textContent = words;
    this.element.querySelector("button").textContent = wordsOf("close");
  }

  show(html) {
    this.asked = null;
    this.trail = [];
    if (!this.element) return;
    this.element.removeAttribute("aria-busy");
    this.element.innerHTML = html;
    this.work.classList.remove("folded");
    this.work.classList.add("asking");
    this.work.dispatchEvent(new Event("panel"));
  }

  // Where the work was before something was asked for: the focus goes back there.
  remember(asker) {
    if (asker && asker !== document.body && !this.isAsked) this.asker = { element: asker, href: asker.getAttribute("href") };
  }

  // One step back: from a trial to the reasons that it was chosen among, from these to what the panel showed at first.
  back() {
    const [before] = this.trail.slice(-1);
    if (!before) { this.close(); return; }
    const left = this.trail.slice(0, -1);
    this.show(before.html);
    this.trail = left;
    this.linkTo(before.href)?.focus();
  }

  // Back to what the panel showed at first; by mouse or by key the focus returns to where it came from.
  close() {
    this.rest();
    const { element, href } = this.asker ?? {};
    this.asker = null;
    const again = href && this.linkTo(href);
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
    this.trail = [];
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
