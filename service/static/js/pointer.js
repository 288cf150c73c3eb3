// Mouse and touch: picked up after five pixels of travel, dropped where released.
import { placeOf } from "./edits.js";

const TRAVEL = 5;

export function listen(grid, move, actions, signal) {
  const work = grid.table.closest("[data-board]");
  let start = null;
  // Columns stay under a pointer that drags: the panel takes its width once the pointer is let go.
  const hold = () => {
    if (work.classList.contains("asking")) return;
    work.classList.toggle("below", work.classList.contains("folded"));
    work.classList.add("dragging");
  };
  const letGo = () => { start = null; work.classList.remove("dragging", "below"); };
  grid.table.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest(".chip[data-key]");
    if (chip && event.button === 0) start = { chip, x: event.clientX, y: event.clientY, id: event.pointerId };
  });
  addEventListener("pointermove", (event) => {
    if (start && !move.carrying && Math.hypot(event.clientX - start.x, event.clientY - start.y) > TRAVEL) { hold(); move.pickUp(start.chip); }
    if (start && move.carrying) move.aimAt(document.elementFromPoint(event.clientX, event.clientY)?.closest("td"));
  }, { signal });
  addEventListener("pointerup", (event) => {
    const dragged = start && move.carrying;
    const was = dragged && placeOf(grid.table.closest(".board"));
    letGo();
    if (dragged) { event.preventDefault(); if (move.aim && move.aim.cell !== move.chip.closest("td")) move.drop(was); else move.putBack(); }
  }, { signal });
  addEventListener("pointercancel", () => { letGo(); if (move.carrying) move.putBack(); }, { signal });
  grid.table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.target.closest("a")) return;
    const position = grid.positionOf(cell);
    if (position) grid.focus(position.row, position.column);
    if (move.carrying) { move.aimAt(cell); return; }
    if (event.target.closest(".chip[data-key], .chip[data-need]")) actions.open();
  });
  grid.table.addEventListener("dblclick", (event) => {
    if (event.target.closest("td") && !event.target.closest(".chip")) actions.open();
  });
}
