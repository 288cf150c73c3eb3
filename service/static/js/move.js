// One machine for moving by mouse, touch and keyboard: idle -> carrying -> (aimed) -> dropped or put back.
import { json } from "./requests.js";
import { say } from "./speech.js";
import { words } from "./words.js";

// Interviews of a half-day stand in one chip: each is changed for itself.
export function isOfMany(chip) { return chip.dataset.key.startsWith("interviews/"); }

const SIGNS = { free: "=", breaks: "✕" };

export class Move {
  constructor(grid, panel, edits, presence) {
    Object.assign(this, { grid, panel, edits, presence });
    this.idle();
  }

  idle() {
    this.key = null;
    this.origin = null;
    this.chip = null;
    this.aim = null;
    this.offers = new Map();
    this.best = [];
  }

  get carrying() { return this.key !== null; }

  async pickUp(chip) {
    const cell = chip.closest("td");
    const position = this.grid.positionOf(cell);
    if (!position || !this.edits.editable || this.carrying) return;
    if (isOfMany(chip)) { say(words("choose")); return; }
    this.key = chip.dataset.key;
    this.chip = chip;
    this.origin = { ...position, place: this.grid.placeAt(position.row, position.column) };
    this.grid.table.closest("[data-board]").classList.add("moving");
    chip.classList.add("ghost");
    this.panel.remember(cell);
    this.panel.show(document.getElementById("en-main")?.innerHTML ?? "");
    this.grid.focus(position.row, position.column);
    say(words("picked"));
    const key = this.key;
    this.presence.hold(key);
    try {
      const by = this.grid.table.closest("[data-board]").dataset.by;
      const answer = await json(`${this.edits.path}/places?${new URLSearchParams({ cle: key, par: by })}`);
      if (this.key === key) this.draw(answer);
    } catch { /* dropping is still possible without costs */ }
  }

  draw({ places = [] }) {
    for (const offer of places) {
      const found = this.grid.find(offer);
      if (!found?.cell) continue;
      this.offers.set(found.cell, offer);
      const mark = document.createElement("span");
      mark.className = `target ${offer.effect}`;
      mark.setAttribute("aria-hidden", "true");
      mark.textContent = SIGNS[offer.effect] ?? `+${offer.cost}`;
      found.cell.append(mark);
    }
    this.best = places
      .filter((offer) => offer.effect !== "breaks")
      .map((offer) => ({ ...this.grid.find(offer), offer }))
      .filter((found) => found.cell);
    if (this.aim) say(this.offers.get(this.aim.cell)?.words ?? ""); else this.offerTheBest();
  }

  // The best place, one click away whatever is aimed at.
  offerTheBest() {
    const button = this.panel.element?.querySelector("[data-best]");
    const [best] = this.best;
    if (!button || !best || best.cell === this.aim?.cell) return;
    button.hidden = false;
    button.querySelector("[data-when]").textContent = best.offer.when;
  }

  aimAt(cell) {
    if (!this.carrying || cell === this.aim?.cell) return;
    const position = cell && this.grid.positionOf(cell);
    const place = position && this.grid.placeAt(position.row, position.column);
    this.aim?.cell.classList.remove("aimed");
    this.aim = place ? { cell, place } : null;
    if (!place) return;
    cell.classList.add("aimed");
    say(this.offers.get(cell)?.words ?? "");
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.weigh(place), 150);
  }

  // What the place would break and cost, in the panel; what stands in the way, framed in the board.
  async weigh(place) {
    await this.panel.open(`${this.edits.path}/deplacer?${new URLSearchParams(this.fields(place))}`);
    if (!this.carrying) return;
    this.unframe();
    const broken = this.panel.element?.querySelector("[data-broken]")?.dataset.broken.split(" ") ?? [];
    for (const key of broken) this.grid.table.querySelector(`.chip[data-key="${CSS.escape(key)}"]`)?.classList.add("broken");
    this.offerTheBest();
  }

  unframe() { this.grid.table.querySelectorAll(".chip.broken").forEach((chip) => chip.classList.remove("broken")); }

  jump(direction) {
    if (!this.best.length) { say(words("nowhere")); return; }
    const here = this.best.findIndex((found) => found.cell === this.aim?.cell);
    const next = this.best[here < 0 && direction < 0 ? this.best.length - 1 : (here + direction + this.best.length) % this.best.length];
    this.grid.focus(next.row, next.column);
    this.aimAt(next.cell);
  }

  takeBest() {
    const [best] = this.best;
    if (!best) return;
    this.aimAt(best.cell);
    this.drop();
  }

  fields(place) {
    return { cle: this.key, rangee: place.row, depuis: this.origin.place?.row ?? "", jour: place.on, demi: place.half };
  }

  // Onto a place that breaks a rule nothing happens: the panel has the second, deliberate act.
  // `was` is where the board stood under the pointer.
  async drop(was) {
    if (!this.aim) return;
    const { cell, place } = this.aim;
    if (cell === this.chip.closest("td")) { this.putBack(); return; }
    clearTimeout(this.asking);
    if (this.offers.get(cell)?.effect === "breaks") {
      await this.weigh(place);
      this.panel.focus();
      return;
    }
    const fields = this.fields(place);
    this.settle(cell);
    if (!(await this.edits.make("deplacer", fields, { panel: this.panel, at: place, was }))) this.unsettle();
  }

  // Dropped: the chip waits in its new cell until the service has answered.
  settle(cell) {
    this.chip.classList.remove("ghost");
    this.chip.classList.add("waiting");
    cell.append(this.chip);
    this.leave();
  }

  // Refused after all: the panel says why, the chip stands where it stood.
  unsettle() {
    this.chip.classList.remove("waiting");
    this.grid.cellAt(this.origin.row, this.origin.column).append(this.chip);
    this.idle();
  }

  leave() {
    clearTimeout(this.asking);
    this.presence.hold("");
    this.unframe();
    this.grid.table.closest("[data-board]").classList.remove("moving");
    this.grid.table.querySelectorAll(".target").forEach((mark) => mark.remove());
    this.aim?.cell.classList.remove("aimed");
  }

  putBack() {
    this.leave();
    this.chip?.classList.remove("ghost");
    const { origin } = this;
    this.idle();
    this.panel.rest();
    if (origin) this.grid.focus(origin.row, origin.column);
    say(words("putBack"));
  }
}
