// The keyboard of the grid, and the few letters that work anywhere on the page of a board. Both can be switched off.
const SHAPES = { 1: "mois", 2: "semaine", 3: "jour", 4: "liste" };

export function listen(grid, move, actions, { letters }) {
  grid.table.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "TD" && event.key !== "Escape") return;
    const act = steps(grid, actions, event) ?? carrying(move, event) ?? (letters ? single(move, actions, event) : null) ?? common(actions, event);
    if (!act) return;
    event.preventDefault();
    act();
    if (move.carrying && event.key.startsWith("Arrow")) move.aimAt(grid.current());
  });
  grid.table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    const position = cell && grid.positionOf(cell);
    if (position && cell !== grid.current()) { grid.current()?.setAttribute("tabindex", "-1"); grid.at = position; cell.setAttribute("tabindex", "0"); }
  });
}

const ON_THE_PAGE = { "?": "help", g: "generate", f: "filter", p: "publish", t: "table", a: "absence", "<": "before", ">": "after" };

const IN_THE_PANEL = { m: "move", e: "pin", r: "reassign", w: "why", delete: "cancel" };

// What the buttons of a chosen thing promise by their letters holds where they stand.
export function listenInThePanel(panel, actions, { letters, signal }) {
  panel.element?.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (!letters || ctrlKey || metaKey || altKey || target.closest("input, select, textarea") || !panel.element.querySelector("[data-chosen]")) return;
    const name = IN_THE_PANEL[key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    actions[name]();
  }, { signal });
}

// Escape leaves what the panel was asked, wherever the focus is. Letters not while something is written.
// Neither where the grid has answered already.
export function listenOnThePage(panel, actions, { letters, signal }) {
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (key === "Escape" && !defaultPrevented && panel.isAsked && !target.closest("dialog")) actions.back();
    if (!letters || defaultPrevented || ctrlKey || metaKey || altKey || target.closest("input, select, textarea, dialog")) return;
    const name = ON_THE_PAGE[key.toLowerCase()];
    if (!name && !SHAPES[key]) return;
    event.preventDefault();
    if (name) actions[name](); else actions.shape(SHAPES[key]);
  }, { signal });
}

function steps(grid, actions, { key, ctrlKey, metaKey }) {
  const far = ctrlKey || metaKey;
  const { row, column } = grid.at;
  switch (key) {
    case "ArrowLeft": return () => (far ? grid.focus(row, column - (column % 2 || 2)) : grid.step(0, -1));
    case "ArrowRight": return () => (far ? grid.focus(row, column + 2 - (column % 2)) : grid.step(0, 1));
    case "ArrowUp": return () => grid.step(-1, 0);
    case "ArrowDown": return () => grid.step(1, 0);
    case "PageUp": return () => (grid.weeks.length > 1 ? grid.week(-1) : actions.turn("before"));
    case "PageDown": return () => (grid.weeks.length > 1 ? grid.week(1) : actions.turn("after"));
    case "Home": return () => grid.focus(far ? 0 : row, 0);
    case "End": return () => grid.focus(far ? grid.cells.length - 1 : row, grid.width - 1);
    default: return null;
  }
}

function carrying(move, { key }) {
  if (!move.carrying) return null;
  switch (key) {
    case "Enter": return () => move.drop();
    case "Escape": return () => move.putBack();
    case "n": case "N": return () => move.jump(1);
    case "p": case "P": return () => move.jump(-1);
    default: return null;
  }
}

function single(move, actions, { key, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey) return null;
  if (SHAPES[key]) return () => actions.shape(SHAPES[key]);
  const named = { m: "move", e: "pin", r: "reassign", w: "why", u: "undo", g: "generate", f: "filter", "?": "help" }[key.toLowerCase()];
  return named ? () => actions[named]() : null;
}

// Tab leaves the board for the panel in one step; the heads of rows and days lie on the way back.
function common(actions, { key, ctrlKey, shiftKey }) {
  if (key === "Tab" && !shiftKey) return actions.ahead();
  if (key === "Enter") return () => actions.open();
  if (key === "Delete") return () => actions.cancel();
  if (key === "Escape") return () => actions.back();
  if (key === "ContextMenu" || (shiftKey && key === "F10")) return () => actions.menu();
  if (ctrlKey && key.toLowerCase() === "x") return () => actions.move();
  return null;
}
