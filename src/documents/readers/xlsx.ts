import { Failure } from "../../failure.ts";
import type { Finding, SourcePlace } from "../../model.ts";
import { type Block, type Cell, type Grid, MOST_CELLS, type Source } from "../source.ts";
import { damaged, streamXml, unpack } from "./archive.ts";
import { displayNumber, readFormats } from "./cell-formats.ts";

/**
 * An Excel workbook (.xlsx): each visible sheet a grid; merged cells stand in every place they cover; numbers, percentages
 * and dates as the sheet shows them. Hidden rows and columns are read like all others, hidden sheets are not; findings say
 * so.
 * @throws Failure document-damaged, document-too-large
 */
export function readXlsx(bytes: Uint8Array, fileName: string): Source {
  const parts = unpack(
    bytes,
    /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/,
    fileName,
  );
  const workbook = parts.get("xl/workbook.xml");
  if (!workbook) throw damaged(fileName);
  const strings = readStrings(parts.get("xl/sharedStrings.xml"));
  const formats = readFormats(parts.get("xl/styles.xml"));
  const targets = readRelations(parts.get("xl/_rels/workbook.xml.rels"));
  const blocks: Block[] = [];
  const findings: Finding[] = [];
  for (const { name, relation, hidden } of sheetsOf(workbook)) {
    const sheet = parts.get(targets.get(relation) ?? "");
    if (!sheet) continue;
    const read = readSheet(sheet, name, strings, formats);
    if (read === null) continue;
    if (read === "too large") throw new Failure("document-too-large", { file: fileName }, { file: fileName });
    if (hidden) findings.push(warning("sheet-hidden", { sheet: name }, name, { sheet: name }));
    else {
      blocks.push(read.grid);
      findings.push(...read.findings);
    }
  }
  return { reader: "xlsx", blocks, findings };
}

function warning(code: string, place: SourcePlace, text: string, params: Finding["params"]): Finding {
  return { code, severity: "warning", place, text, params };
}

function sheetsOf(workbook: Uint8Array): { name: string; relation: string; hidden: boolean }[] {
  const sheets: { name: string; relation: string; hidden: boolean }[] = [];
  streamXml(workbook, {
    open: (name, attributes) => {
      if (name === "sheet")
        sheets.push({
          name: attributes.name ?? "",
          relation: attributes["r:id"] ?? "",
          hidden: /hidden/i.test(attributes.state ?? ""),
        });
    },
    close: () => {},
    text: () => {},
  });
  return sheets;
}

function readRelations(part: Uint8Array | undefined): Map<string, string> {
  const targets = new Map<string, string>();
  if (part)
    streamXml(part, {
      open: (name, { Id, Target }) => {
        if (name === "Relationship" && Id && Target)
          targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
      },
      close: () => {},
      text: () => {},
    });
  return targets;
}

/** Texts of cells; phonetic guides (rPh) are no text. */
function readStrings(part: Uint8Array | undefined): string[] {
  const strings: string[] = [];
  let text = "";
  let inText = false;
  let guide = false;
  if (part)
    streamXml(part, {
      open: name => {
        if (name === "si") text = "";
        if (name === "rPh") guide = true;
        if (name === "t") inText = !guide;
      },
      close: name => {
        if (name === "si") strings.push(text);
        if (name === "rPh") guide = false;
        if (name === "t") inText = false;
      },
      text: data => {
        if (inText) text += data;
      },
    });
  return strings;
}

/** No real table is wider; a cell beyond it is damage. */
const MOST_COLUMNS = 200;
const MOST_ROWS = 200_000;

function readSheet(
  part: Uint8Array,
  sheet: string,
  strings: readonly string[],
  formats: readonly string[],
): { grid: Grid; findings: Finding[] } | null | "too large" {
  const rows = new Map<number, Map<number, string>>();
  const hiddenRows: number[] = [];
  const hiddenColumns: number[] = [];
  const merges: string[] = [];
  let cell: { row: number; column: number; type: string; style: number; text: string } | null = null;
  let row = 0;
  let column = 0;
  let inValue = false;
  streamXml(part, {
    open: (name, attributes) => {
      if (name === "row") {
        row = Number(attributes.r ?? row + 1);
        column = 0;
        if (isOn(attributes.hidden)) hiddenRows.push(row);
      } else if (name === "col" && isOn(attributes.hidden)) {
        const last = Math.min(Number(attributes.max), MOST_COLUMNS);
        for (let at = Number(attributes.min); at <= last; at++) hiddenColumns.push(at);
      } else if (name === "c") {
        const at = position(attributes.r);
        column = at?.column ?? column + 1;
        cell = { row: at?.row ?? row, column, type: attributes.t ?? "n", style: Number(attributes.s ?? 0), text: "" };
      } else if (name === "v" || name === "t") inValue = true;
      else if (name === "rPh") inValue = false;
      else if (name === "mergeCell" && attributes.ref) merges.push(attributes.ref);
    },
    close: name => {
      if (name === "v" || name === "t") inValue = false;
      if (name !== "c" || cell === null) return;
      const text = cellText(cell, strings, formats);
      if (text !== "" && cell.column <= MOST_COLUMNS && cell.row <= MOST_ROWS) {
        const cells = rows.get(cell.row) ?? new Map<number, string>();
        rows.set(cell.row, cells.set(cell.column, text));
      }
      cell = null;
    },
    text: data => {
      if (inValue && cell) cell.text += data;
    },
  });
  const grid = gridOf(rows, merges, sheet);
  if (grid === null || grid === "too large") return grid;
  return { grid, findings: hiddenParts(rows, hiddenRows, hiddenColumns, sheet) };
}

const isOn = (value: string | undefined) => value === "1" || value === "true";

/** Rows and columns that the sheet does not show although they hold something; a filter hides rows too. */
function hiddenParts(
  rows: ReadonlyMap<number, ReadonlyMap<number, string>>,
  hiddenRows: readonly number[],
  hiddenColumns: readonly number[],
  sheet: string,
): Finding[] {
  const findings: Finding[] = [];
  const filled = hiddenRows.filter(row => rows.has(row));
  const textOf = (row: number) => [...(rows.get(row) ?? new Map<number, string>()).values()].join(" | ");
  if (filled.length > 0)
    findings.push(
      warning("rows-hidden", { sheet, row: filled[0]! }, textOf(filled[0]!), { sheet, rows: filled.join("、") }),
    );
  const columns = hiddenColumns.filter(column => [...rows.values()].some(cells => cells.has(column)));
  if (columns.length > 0) {
    const first = [...rows.values()].find(cells => cells.has(columns[0]!))!.get(columns[0]!)!;
    const names = columns.map(columnName).join("、");
    findings.push(warning("columns-hidden", { sheet, column: columns[0]! }, first, { sheet, columns: names }));
  }
  return findings;
}

/** 28 -> AB */
function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnName(rest) : ""}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

function cellText(
  { type, style, text }: { type: string; style: number; text: string },
  strings: readonly string[],
  formats: readonly string[],
): string {
  if (type === "s") return (strings[Number(text)] ?? "").trim();
  if (type === "n" && text !== "") return displayNumber(text, formats[style] ?? "General");
  if (type === "b") return text === "1" ? "是" : "否";
  // An error (#REF!) is shown as it stands, and found to be no number there.
  return text.trim();
}

/** B3 -> row 3, column 2 */
function position(reference: string | undefined): { row: number; column: number } | null {
  const match = /^([A-Z]{1,3})(\d+)$/.exec(reference ?? "");
  if (!match) return null;
  const column = [...match[1]!].reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(match[2]), column };
}

function gridOf(
  rows: ReadonlyMap<number, ReadonlyMap<number, string>>,
  merges: readonly string[],
  sheet: string,
): Grid | null | "too large" {
  if (rows.size === 0) return null;
  let width = 0;
  for (const cells of rows.values()) for (const column of cells.keys()) width = Math.max(width, column);
  if (rows.size * width > MOST_CELLS) return "too large";
  const covers = new Map<string, { text: string; covered: "above" | "left" }>();
  for (const merge of merges) {
    const [from, to] = merge.split(":").map(position);
    if (!from || !to) continue;
    const text = rows.get(from.row)?.get(from.column) ?? "";
    for (let row = from.row; row <= Math.min(to.row, from.row + MOST_ROWS); row++) {
      // Only rows that hold something become rows of the grid.
      if (!rows.has(row)) continue;
      for (let column = from.column; column <= Math.min(to.column, width); column++)
        if (row !== from.row || column !== from.column)
          covers.set(`${row} ${column}`, { text, covered: column > from.column ? "left" : "above" });
    }
  }
  const numbers = [...rows.keys()].sort((a, b) => a - b);
  return {
    kind: "grid",
    place: { sheet },
    rows: numbers.map(row => ({
      place: { sheet, row },
      cells: Array.from({ length: width }, (_, index): Cell => {
        const place = { sheet, row, column: index + 1 };
        const cover = covers.get(`${row} ${index + 1}`);
        return cover ? { ...cover, place } : { text: rows.get(row)!.get(index + 1) ?? "", place };
      }),
    })),
  };
}
