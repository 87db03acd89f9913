import type { Run } from "../paper/paper.ts";
import { xml } from "../paper/xml.ts";
import type { Bookmarks } from "./bookmarks.ts";
import type { Relations } from "./relations.ts";

/** What runs need of the document that they stand in. */
export interface RunContext {
  bookmarks: Bookmarks;
  relations: Relations;
  /** Ids of figures with a number, by which text refers to them. */
  numbered: ReadonlyMap<string, string>;
}

/** Runs of text with their links. */
export function runsXml(runs: readonly Run[], context: RunContext): string {
  return onPaper(runs)
    .map(run => runXml(run, context))
    .join("");
}

/** A run without a link. */
export function textXml(text: string, properties = "", hyphen = "-"): string {
  return `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}${linesXml(text, hyphen)}</w:r>`;
}

/** A field with the text that it has until somebody updates it. */
export function fieldXml(code: string, text: string, properties = ""): string {
  const run = (content: string) => `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}${content}</w:r>`;
  const mark = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`);
  return (
    mark("begin") +
    run(`<w:instrText xml:space="preserve"> ${xml(code)} </w:instrText>`) +
    mark("separate") +
    run(linesXml(text)) +
    mark("end")
  );
}

/** Clauses that paper leaves out are told by …… as in the printed paper. */
function onPaper(runs: readonly Run[]): Run[] {
  return runs.flatMap(run => (run.far === "joined" ? [] : run.far === "alone" ? [{ ...run, text: "……" }] : [run]));
}

function runXml(run: Run, { bookmarks, relations, numbered }: RunContext): string {
  const properties = propertiesOf(run);
  if (run.url !== undefined)
    return `<w:hyperlink r:id="${relations.link(run.url)}" w:history="1">${textXml(run.text, `<w:rStyle w:val="Hyperlink"/>`)}</w:hyperlink>`;
  const place = run.anchor === undefined ? undefined : bookmarks.nameOf(run.anchor);
  if (place === undefined) return textXml(run.text, properties);
  // 表1 in the text follows the number of the table when tables are put in or taken out.
  if (numbered.get(run.anchor!) === run.text) return fieldXml(`REF ${place} \\h`, run.text, properties);
  // A mark does not break: [2020-7].
  const text = textXml(run.text, properties, run.isSource ? "<w:noBreakHyphen/>" : "-");
  return `<w:hyperlink w:anchor="${place}" w:history="1">${text}</w:hyperlink>`;
}

/** In the order that the schema wants. */
function propertiesOf({ bold, italic, struck, code, marked, isSource }: Run): string {
  const style = isSource ? "SourceMark" : code ? "Code" : marked ? "Quantity" : undefined;
  return (
    (style ? `<w:rStyle w:val="${style}"/>` : "") +
    (bold ? "<w:b/><w:bCs/>" : "") +
    (italic ? "<w:i/><w:iCs/>" : "") +
    (struck ? "<w:strike/>" : "")
  );
}

function linesXml(text: string, hyphen = "-"): string {
  const stretch = (part: string) => (part === "" ? "" : `<w:t xml:space="preserve">${xml(part)}</w:t>`);
  const line = (whole: string) => (hyphen === "-" ? stretch(whole) : whole.split("-").map(stretch).join(hyphen));
  return text.split("\n").map(line).join("<w:br/>");
}
