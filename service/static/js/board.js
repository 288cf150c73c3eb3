// The month board: what the keys and the pointer do, and where it is asked for.
import { isWaiting } from "./connection.js";
import { Edits } from "./edits.js";
import { Grid } from "./grid.js";
import { listen as listenToKeys, listenInThePanel, listenOnThePage } from "./keys.js";
import { isOfMany, Move } from "./move.js";
import { Panel } from "./panel.js";
import { Presence } from "./presence.js";
import { settled } from "./requests.js";
import { listen as listenToPointer } from "./pointer.js";
import { words } from "./words.js";

const EDITS = ["deplacer", "epingler", "reaffecter", "retirer", "ajouter", "annuler", "appliquer", "ailleurs", "a-replacer"];
const GO_ON = "#case";
let running = null;

export function start(work, at = null) {
  const isFirst = !running;
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  remember(work);
  const panel = new Panel(work);
  const edits = new Edits(work, start);
  const table = work.querySelector("table.month");
  const grid = table ? new Grid(table) : null;
  const presence = new Presence(work, signal);
  const move = grid ? new Move(grid, panel, edits, presence) : null;
  const actions = actionsOf({ grid, panel, move, edits });
  const letters = !("noSingleKeys" in work.dataset);
  listenOnThePage(panel, actions, { letters, signal });
  listenInThePanel(panel, actions, { letters, signal });
  if (grid) {
    skipInto(grid, signal);
    listenToKeys(grid, move, actions, { letters });
    listenToPointer(grid, move, actions, signal);
    comeBack(grid, at);
    if (isFirst && location.hash === GO_ON) grid.current()?.focus();
  }
  leaveWhenKept(signal);
  listenToLinksAndForms({ work, panel, grid, edits, actions, signal });
  return { panel, grid, move };
}

// The link « Aller au tableau » leads to the cell where the arrows begin.
function skipInto(grid, signal) {
  document.querySelector("a.skip[href='#tableau']")?.addEventListener("click", (event) => {
    event.preventDefault();
    grid.current()?.focus();
  }, { signal });
}

// A link followed while edits still wait for their turn leads away once they are kept.
function leaveWhenKept(signal) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isWaiting() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leaveFor(link.href);
  }, { signal });
}

function leaveFor(address) { settled().then((kept) => { if (kept) location.assign(address); }); }

function listenToLinksAndForms({ work, panel, grid, edits, actions, signal }) {
  work.addEventListener("click", (event) => {
    const shown = event.target.closest("a[data-panel]");
    if (shown) { event.preventDefault(); panel.open(shown.href, shown).then((isShown) => { if (isShown) panel.focus(); }); return; }
    const asked = event.target.closest("[data-act]");
    if (!asked) return;
    event.preventDefault();
    actions[asked.dataset.act]?.();
  }, { signal });
  work.querySelectorAll("[data-group]").forEach((button) => button.addEventListener("click", () => fold(button, () => start(work)), { signal }));
  panel.element?.addEventListener("click", (event) => {
    const out = event.target.closest("[data-close], [data-back]");
    if (!out) return;
    event.preventDefault();
    if ("back" in out.dataset) actions.back(); else actions.close();
  }, { signal });
  panel.element?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.repeat && event.target.tagName === "H2") panel.element.querySelector("[data-enter]")?.click();
    if (event.key !== "Tab" || !event.shiftKey || event.target !== panel.first() || !grid?.current()) return;
    event.preventDefault();
    grid.current().focus();
  }, { signal });
  document.querySelectorAll("a[data-keys]").forEach((link) => {
    link.addEventListener("click", (event) => { event.preventDefault(); actions.help(); }, { signal });
  });
  document.addEventListener("submit", (event) => {
    const path = new URL(event.target.action).pathname;
    const page = path.startsWith(`${edits.path}/`) ? path.slice(edits.path.length + 1) : "";
    const fields = Object.fromEntries(new FormData(event.target, event.submitter));
    const begins = page === "modifier" && !("revision" in fields);
    if (event.target.method !== "post" || !(begins || EDITS.includes(page))) return;
    event.preventDefault();
    const told = event.target.querySelector("[data-at]")?.dataset.at ?? offerOf(event.target)?.dataset.show;
    const at = (told && placeTold(grid, told)) || (grid?.current() && grid.placeAt(grid.at.row, grid.at.column));
    if (begins) edits.begin({ panel, at }); else edits.make(page, fields, { panel, at });
  }, { signal });
  document.querySelectorAll("[data-fold]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => panel.toggle(), { signal });
  });
  const shown = (event) => preview(grid, offerOf(event.target));
  work.addEventListener("mouseover", shown, { signal });
  work.addEventListener("focusin", shown, { signal });
  work.addEventListener("panel", () => number(grid, work.querySelector("[data-numbers]")), { signal });
}

function actionsOf({ grid, panel, move, edits }) {
  const chip = () => grid?.current()?.querySelector(".chip[data-key]");
  const here = () => grid?.placeAt(grid.at.row, grid.at.column);
  const show = (address) => panel.open(address).then((isShown) => { if (isShown) panel.focus(); });
  const ask = (page, fields) => show(`${edits.path}/${page}?${new URLSearchParams(fields)}`);
  const hole = () => grid?.current()?.querySelector(".chip[data-need]");
  const aboutChip = (page) => () => {
    const found = chip();
    if (!found) { nothingHere(); return; }
    select(grid, found);
    ask(page, { cle: found.dataset.key });
  };
  const nothingHere = () => { if (here()) panel.say(words("nothingHere")); };
  // What is published is changed in a draft: who may open one is given the button.
  const ready = () => {
    const offer = document.getElementById("brouillon-d-abord");
    if (!edits.editable && offer) { panel.remember(document.activeElement); panel.show(offer.innerHTML); panel.focus(); }
    return edits.editable;
  };
  const click = (selector) => document.querySelector(selector)?.click();
  const leave = (how) => () => { if (move?.carrying) move.putBack(); else panel[how](); };
  return {
    open() {
      if (chip()) { aboutChip("detail")(); return; }
      if (hole()) { select(grid, hole()); ask("pourquoi", { besoin: hole().dataset.need }); return; }
      if (here() && ready()) ask("ajouter", { rangee: here().row, jour: here().on, demi: here().half });
    },
    move() {
      const found = chip();
      if (!found) { nothingHere(); return; }
      if (isOfMany(found)) aboutChip("detail")(); else if (ready()) move.pickUp(found);
    },
    drop() { move?.drop(); },
    best() { move?.takeBest(); },
    putBack: leave("close"),
    close: leave("close"),
    back: leave("back"),
    pin() { if (!chip()) nothingHere(); else if (isOfMany(chip())) aboutChip("detail")(); else if (ready()) edits.make("epingler", { cle: chip().dataset.key }, { panel, at: here() }); },
    reassign: aboutChip("reaffecter"),
    cancel: aboutChip("retirer"),
    why() {
      const short = grid?.rows[grid.at.row]?.querySelector("a.need");
      if (chip()) aboutChip("pourquoi-ici")(); else if (short && !hole()) show(short.href); else this.open();
    },
    menu: aboutChip("detail"),
    help() { ask("aide", {}); },
    undo() { click("#annuler-dernier"); },
    table() { (grid?.current() ?? document.getElementById("tableau"))?.focus(); },
    // From a cell, or from what the panel says of it: of that day, and of that person.
    absence() {
      const work = document.querySelector("[data-absence]");
      if (!work) return;
      const address = new URL(work.dataset.absence, location.href);
      const spot = work.contains(document.activeElement) ? here() : null;
      if (spot) address.searchParams.set("from_on", spot.on);
      if (spot && work.dataset.by === "personne") address.searchParams.set("staff", spot.row);
      leaveFor(address);
    },
    before() { click('[data-step="before"]'); },
    after() { click('[data-step="after"]'); },
    // The week before or after, in whose table the arrows go on.
    turn(step) { leaveFor(`${document.querySelector(`[data-step="${step}"]`).href}${GO_ON}`); },
    generate() { click('a[href$="/generer"]'); },
    publish() { const link = document.querySelector('footer a[href$="/publier"]'); if (link) leaveFor(`${link.href}#publier`); },
    ahead() { const first = panel.first(); return first && grid ? () => first.focus() : null; },
    filter() { const menu = document.querySelector(".tools .menu.left"); menu.open = true; menu.querySelector("input:not([type=hidden])").focus(); },
    shape(name) { const address = new URL(location.href); address.searchParams.set("vue", name); leaveFor(address); },
  };
}

function select(grid, chip) {
  grid.table.querySelectorAll(".chip.selected").forEach((one) => one.classList.remove("selected"));
  chip.classList.add("selected");
}

function comeBack(grid, at) {
  const found = at && grid.find(at);
  if (found?.cell) grid.focus(found.row, found.column);
}

// The proposed place that something in the panel is about, else the one that is tried.
function offerOf(element) {
  return element.closest("[data-show]") ?? document.querySelector("[data-board] [data-tried][data-show]");
}

// A place in one word: site, date, half-day, then who comes; its row is that of the site, or of one of them.
function placeTold(grid, told) {
  const [site, on, half, ...people] = told.split(" ");
  return [site, ...people].map((row) => ({ row, on, half })).find((place) => grid?.find(place)?.cell);
}

// It is shown in the board.
function preview(grid, offer) {
  grid?.table.querySelectorAll(".target.trial").forEach((mark) => mark.remove());
  const found = offer && grid?.find(placeTold(grid, offer.dataset.show) ?? {});
  if (!found?.cell) return;
  const mark = document.createElement("span");
  mark.className = "target free trial";
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = "✓";
  const { column } = grid.positionOf(found.cell);
  const share = 100 / found.cell.colSpan;
  mark.style.left = `${share * (found.column - column)}%`;
  mark.style.right = `${100 - share * (found.column - column + 1)}%`;
  found.cell.append(mark);
}

// A group of sites is folded, or shown again; the grid then has other rows.
function fold(button, restart) {
  const body = document.getElementById(button.dataset.group);
  body.hidden = !body.hidden;
  button.setAttribute("aria-expanded", String(!body.hidden));
  restart();
}

// The numbers of the facts in the panel stand in the cells that they block, where nothing else stands;
// the panel says so only when the board has one.
function number(grid, list) {
  grid?.table.querySelectorAll(".target.fact").forEach((mark) => mark.remove());
  if (!grid || !list) return;
  for (const told of list.dataset.numbers.split(";")) {
    const [row, on, half, numbers] = told.split(" ");
    const cell = grid.find({ row, on, half })?.cell;
    if (!cell || cell.colSpan > 1 || cell.classList.contains("closed") || cell.querySelector(".chip:not(.hole)")) continue;
    const mark = document.createElement("span");
    mark.className = numbers.split(",").length > 2 ? "target fact many" : "target fact";
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = numbers.replaceAll(",", " ");
    cell.append(mark);
    list.parentElement.querySelector("[data-numbered]")?.removeAttribute("hidden");
  }
}

// Without a remembered view a narrow page starts with the week, a phone with the list.
function remember(work) {
  const asked = new URL(location.href);
  if ("remembered" in work.dataset || asked.searchParams.has("vue") || innerWidth >= 900) return;
  asked.searchParams.set("vue", innerWidth <= 600 ? "liste" : "semaine");
  location.replace(asked);
}
