// The month board: what the keys and the pointer do, and where it is asked for.
import { Grid } from "./grid.js";
import { listen as listenToKeys } from "./keys.js";
import { Move } from "./move.js";
import { Panel } from "./panel.js";
import { listen as listenToPointer } from "./pointer.js";
import { send } from "./requests.js";

export function start(work) {
  remember(work);
  const table = work.querySelector("table.month");
  if (!table) return;
  const paths = { board: work.dataset.board, revision: work.dataset.revision ?? "", editable: "editable" in work.dataset };
  const grid = new Grid(table);
  const panel = new Panel(work);
  const move = new Move(grid, panel, paths);
  const actions = actionsOf({ grid, panel, move, paths, work });
  listenToKeys(grid, move, actions, { letters: !("noSingleKeys" in work.dataset) });
  listenToPointer(grid, move, actions);
  work.addEventListener("click", (event) => {
    const shown = event.target.closest("a[data-panel]");
    if (shown) { event.preventDefault(); panel.open(shown.href); return; }
    const asked = event.target.closest("[data-act]");
    if (!asked) return;
    event.preventDefault();
    actions[asked.dataset.act]?.();
  });
  document.querySelector("[data-fold]")?.addEventListener("click", () => panel.toggle());
}

function actionsOf({ grid, panel, move, paths, work }) {
  const chip = () => grid.current()?.querySelector(".chip[data-key]");
  const ask = (page, fields) => panel.open(`${paths.board}/${page}?${new URLSearchParams(fields)}`);
  const aboutChip = (page) => () => {
    const found = chip();
    if (!found) return;
    select(grid, found);
    ask(page, { cle: found.dataset.key });
  };
  const link = (selector) => document.querySelector(selector)?.click();
  return {
    open() {
      const found = chip();
      if (found) { select(grid, found); ask("detail", { cle: found.dataset.key }); return; }
      const place = grid.placeAt(grid.at.row, grid.at.column);
      if (place && paths.editable) ask("ajouter", { rangee: place.row, jour: place.on, demi: place.half });
    },
    move() { const found = chip(); if (found) move.pickUp(found); },
    drop() { move.drop(); },
    putBack() { if (move.carrying) move.putBack(); else panel.rest(); },
    close() { if (move.carrying) move.putBack(); else panel.rest(); },
    async pin() {
      const found = chip();
      if (!found || !paths.editable) return;
      const answer = await send(`${paths.board}/epingler`, { cle: found.dataset.key, revision: paths.revision });
      if (answer.ok) location.reload(); else panel.show(answer.html);
    },
    reassign: aboutChip("reaffecter"),
    cancel: aboutChip("retirer"),
    why: aboutChip("detail"),
    menu: aboutChip("detail"),
    help() { ask("aide", {}); },
    undo() { link("#annuler-dernier"); },
    generate() { link('a[href$="/generer"]'); },
    filter() { const menu = document.querySelector(".tools .menu.left"); menu.open = true; menu.querySelector("input:not([type=hidden])").focus(); },
    shape(name) { const address = new URL(location.href); address.searchParams.set("vue", name); location.assign(address); },
    work,
  };
}

function select(grid, chip) {
  grid.table.querySelectorAll(".chip.selected").forEach((one) => one.classList.remove("selected"));
  chip.classList.add("selected");
}

// Without a remembered view a narrow page starts with the week, a phone with the list.
function remember(work) {
  const asked = new URL(location.href);
  if ("remembered" in work.dataset || asked.searchParams.has("vue") || innerWidth >= 900) return;
  asked.searchParams.set("vue", innerWidth <= 600 ? "liste" : "semaine");
  location.replace(asked);
}
