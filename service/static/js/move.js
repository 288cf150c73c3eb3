// One machine for moving by mouse, touch and keyboard: idle -> carrying -> (aimed) -> dropped or put back.
import { json, send } from "./requests.js";
import { say } from "./speech.js";

const SIGNS = { free: "=", breaks: "✕" };

export class Move {
  constructor(grid, panel, paths) {
    Object.assign(this, { grid, panel, paths });
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
    if (!position || !this.paths.editable) return;
    this.key = chip.dataset.key;
    this.chip = chip;
    this.origin = { ...position, place: this.grid.placeAt(position.row, position.column) };
    this.grid.table.closest("[data-board]").classList.add("moving");
    chip.classList.add("ghost");
    say("Pris. Flèches pour choisir, N pour la meilleure place, Entrée pour déposer, Échap pour remettre.");
    const key = this.key;
    try {
      const answer = await json(`${this.paths.board}/places?cle=${encodeURIComponent(key)}`);
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
    this.best = places.filter((offer) => offer.effect !== "breaks").map((offer) => this.grid.find(offer)).filter((found) => found?.cell);
  }

  aimAt(cell) {
    if (!this.carrying || cell === this.aim?.cell) return;
    const position = cell && this.grid.positionOf(cell);
    const place = position && this.grid.placeAt(position.row, position.column);
    this.aim?.cell.classList.remove("aimed");
    this.aim = place ? { cell, place } : null;
    if (!place) return;
    cell.classList.add("aimed");
    const offer = this.offers.get(cell);
    say(offer?.words ?? "");
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.panel.open(`${this.paths.board}/deplacer?${this.fields(place)}`), 150);
  }

  // Next or previous best place.
  jump(direction) {
    if (!this.best.length) return;
    const here = this.best.findIndex((found) => found.cell === this.aim?.cell);
    const next = this.best[(here + direction + this.best.length) % this.best.length];
    this.grid.focus(next.row, next.column);
    this.aimAt(next.cell);
  }

  fields(place) {
    return new URLSearchParams({ cle: this.key, rangee: place.row, jour: place.on, demi: place.half, revision: this.paths.revision });
  }

  // Onto a place that breaks a rule nothing happens: the panel has the second, deliberate act.
  async drop() {
    if (!this.aim) return;
    const { cell, place } = this.aim;
    if (this.offers.get(cell)?.effect === "breaks") {
      await this.panel.open(`${this.paths.board}/deplacer?${this.fields(place)}`);
      this.panel.element?.querySelector("button, a")?.focus();
      return;
    }
    const answer = await send(`${this.paths.board}/deplacer`, this.fields(place));
    if (answer.ok) location.assign(answer.moved ? answer.address : location.href);
    else this.panel.show(answer.html);
  }

  putBack() {
    clearTimeout(this.asking);
    this.grid.table.closest("[data-board]").classList.remove("moving");
    this.grid.table.querySelectorAll(".target").forEach((mark) => mark.remove());
    this.aim?.cell.classList.remove("aimed");
    this.chip?.classList.remove("ghost");
    const origin = this.origin;
    this.idle();
    this.panel.rest();
    if (origin) this.grid.focus(origin.row, origin.column);
    say("Remis en place.");
  }
}
