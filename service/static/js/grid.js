// The table as rows and columns: joined cells are found from every half-day they cover.
export class Grid {
  constructor(table) {
    this.table = table;
    this.days = [...table.querySelectorAll("thead [data-on]")].map((head) => head.dataset.on);
    this.columns = this.days.flatMap((on) => [{ on, half: "am" }, { on, half: "pm" }]);
    this.rows = [...table.tBodies].filter((body) => !body.hidden).flatMap((body) => [...body.rows]).filter((row) => row.dataset.row);
    this.cells = occupancy(this.rows);
    this.width = Math.max(0, ...this.cells.map((row) => row.length));
    this.at = { row: 0, column: Math.max(0, (this.cells[0] ?? []).findIndex((cell) => cell.rowSpan === 1)) };
    this.current()?.setAttribute("tabindex", "0");
  }

  cellAt(row, column) { return this.cells[row]?.[column]; }

  current() { return this.cellAt(this.at.row, this.at.column); }

  // Where a cell begins: row, column, and what they stand for.
  positionOf(cell) {
    for (let row = 0; row < this.cells.length; row++) {
      const column = this.cells[row].indexOf(cell);
      if (column >= 0) return { row, column };
    }
    return null;
  }

  placeAt(row, column) {
    const { on, half } = this.columns[column] ?? {};
    return on ? { row: this.rows[row].dataset.row, on, half } : null;
  }

  find(place) {
    const row = this.rows.findIndex((one) => one.dataset.row === place.row);
    const column = this.columns.findIndex((one) => one.on === place.on && one.half === place.half);
    return row < 0 || column < 0 ? null : { row, column, cell: this.cellAt(row, column) };
  }

  focus(row, column) {
    const to = { row: clamp(row, this.cells.length), column: clamp(column, this.width) };
    const cell = this.cellAt(to.row, to.column);
    if (!cell) return;
    this.current()?.setAttribute("tabindex", "-1");
    this.at = to;
    cell.setAttribute("tabindex", "0");
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // One step on: over a joined cell in one go. In one that covers all rows the step is to the row, the cell stays.
  step(rows, columns) {
    const from = this.current();
    let { row, column } = this.at;
    do { row += rows; column += columns; } while (this.cellAt(row, column) === from && this.cellAt(row, column));
    if (this.cellAt(row, column)) this.focus(row, column);
    else if (from.rowSpan > 1) this.focus(this.at.row + rows, this.at.column);
  }

  get weeks() { return [...new Set(this.days.map(monday))]; }

  week(direction) {
    const here = this.columns[Math.min(this.at.column, this.columns.length - 1)];
    const { weeks } = this;
    const wanted = weeks[clamp(weeks.indexOf(monday(here.on)) + direction, weeks.length)];
    this.focus(this.at.row, this.columns.findIndex((one) => monday(one.on) === wanted));
  }
}

function monday(on) {
  const day = new Date(`${on}T12:00`);
  day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return day.toDateString();
}

function clamp(value, length) { return Math.min(Math.max(value, 0), Math.max(0, length - 1)); }

function occupancy(rows) {
  const filled = rows.map(() => []);
  rows.forEach((row, index) => {
    let column = 0;
    for (const cell of row.querySelectorAll("td")) {
      while (filled[index][column]) column++;
      for (let down = 0; down < cell.rowSpan && index + down < rows.length; down++) {
        for (let right = 0; right < cell.colSpan; right++) filled[index + down][column + right] = cell;
      }
      column += cell.colSpan;
    }
  });
  return filled;
}
