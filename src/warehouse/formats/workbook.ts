import { Failure } from "../../failure.ts";
import { type ZipEntry, zip } from "./zip.ts";

/** What a cell holds (Excel specifications and limits). */
const MAX_TEXT = 32_767;
/** What a worksheet holds. */
export const MAX_ROWS = 1_048_576;
/** Excel keeps as many digits of a number; further ones become 0. */
export const DIGITS = 15;
/** Wider columns are cut on the screen. */
export const MAX_WIDTH = 60;

/** A worksheet of a workbook: its name, and the XML of the whole part. */
export interface WorkbookSheet {
  name: string;
  content: ZipEntry["content"];
}

export interface WorkbookExtras {
  /** The XML inside `<definedNames>`. */
  definedNames?: string;
  /** docProps/core.xml */
  coreProperties?: string;
}

/**
 * An Excel workbook, piece by piece.
 *
 * @param styles xl/styles.xml, which the cells of the sheets point into
 * @throws Failure `zip-too-large`, and what the sheets' contents throw
 */
export function workbook(
  sheets: readonly WorkbookSheet[],
  styles: string,
  { definedNames, coreProperties }: WorkbookExtras = {},
): AsyncGenerator<Uint8Array> {
  const part = (name: string, ...content: string[]) => ({ name, content });
  const core = [CORE, "docProps/core.xml"] as const;
  return zip([
    part("[Content_Types].xml", contentTypes(sheets.length, coreProperties !== undefined)),
    part(
      "_rels/.rels",
      relationships([[`${OFFICE}/officeDocument`, "xl/workbook.xml"], ...(coreProperties === undefined ? [] : [core])]),
    ),
    ...(coreProperties === undefined ? [] : [part("docProps/core.xml", coreProperties)]),
    part("xl/workbook.xml", workbookXml(sheets, definedNames)),
    part(
      "xl/_rels/workbook.xml.rels",
      relationships([
        ...sheets.map((_, index) => [`${OFFICE}/worksheet`, `worksheets/sheet${index + 1}.xml`] as const),
        [`${OFFICE}/styles`, "styles.xml"],
      ]),
    ),
    part("xl/styles.xml", styles),
    ...sheets.map(({ content }, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content })),
  ]);
}

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CORE = `${PACKAGE}/relationships/metadata/core-properties`;
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";

function contentTypes(sheets: number, hasCore: boolean): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}" ContentType="${TYPES}.${type}+xml"/>`;
  const all = Array.from({ length: sheets }, (_, index) => override(`worksheets/sheet${index + 1}.xml`, "worksheet"));
  const core = hasCore
    ? '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    : "";
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override("workbook.xml", "sheet.main")}${override("styles.xml", "styles")}${all.join("")}${core}</Types>`;
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join("")}</Relationships>`;
}

function workbookXml(sheets: readonly WorkbookSheet[], definedNames = ""): string {
  const all = sheets.map(
    ({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const names = definedNames === "" ? "" : `<definedNames>${definedNames}</definedNames>`;
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${all.join("")}</sheets>${names}</workbook>`;
}

/** Columns on the screen, about: Chinese takes two. */
export function width(text: string): number {
  let sum = 0;
  for (const character of text) sum += character.codePointAt(0)! > 0x2e7f ? 2 : 1;
  return sum;
}

/**
 * Text that is never taken for a formula.
 *
 * @param style index into the cellXfs of the workbook's styles
 * @throws Failure `xlsx-text-too-long`
 */
export function textCell(text: string, style: number): string {
  if (text.length > MAX_TEXT) throw new Failure("xlsx-text-too-long", { length: text.length, limit: MAX_TEXT });
  return `<c t="inlineStr"${style === 0 ? "" : ` s="${style}"`}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** XML has no control characters; `_x0007_` is one for Excel, and `_x005F_` the underscore of a text that looks so. */
export function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
      /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      character => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
