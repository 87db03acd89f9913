/** The rows of a chart's table as the page prints them below it, without the marks that lead to sources. */
export class PrintedRows {
  constructor(figure) {
    const table = figure.querySelector("details.data table");
    this.heads = [...(table?.tHead?.rows[0]?.cells ?? [])].map(textOf);
    this.rows = table?.tBodies[0]?.rows ?? [];
  }

  /** Names and texts of a row's cells; empty for a row that is not there. */
  cells(number) {
    return [...(this.rows[number]?.cells ?? [])]
      .map((cell, column) => [this.heads[column] ?? "", textOf(cell)])
      .filter(([, text]) => text !== "");
  }
}

function textOf(cell) {
  const copy = cell.cloneNode(true);
  for (const mark of copy.querySelectorAll(".marks, a.src")) mark.remove();
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
  return copy.textContent.trim();
}
