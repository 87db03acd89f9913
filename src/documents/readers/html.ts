import { type ChildNode, DomHandler, type Element, isComment } from "domhandler";
import { Parser } from "htmlparser2";
import { Failure } from "../../failure.ts";
import { decodeText } from "../encoding.ts";
import type { Block, Source } from "../source.ts";
import { ListCounter } from "./html-lists.ts";
import { children, isElement, type SpanningCell, spread } from "./markup.ts";

/** Elements that are no text of the page. */
const skipped = new Set([
  "script",
  "style",
  "head",
  "template",
  "noscript",
  "svg",
  "select",
  "button",
  "nav",
  "iframe",
  // What an editor struck out no longer holds.
  "del",
  "s",
  "strike",
]);

/** Not shown on the page: whoever wrote it did not mean it to be read. */
const isHidden = ({ attribs }: Element) =>
  "hidden" in attribs || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribs.style ?? "");

/** Elements that begin a line of their own. */
const blocks = new Set(
  "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody tfoot thead tr td th ul caption".split(
    " ",
  ),
);

/** A page of 25,000 tasks has half as many. */
const MOST_TAGS = 1_000_000;

const tooLarge = (file: string) => new Failure("document-too-large", { file }, { file });

/** Deeper nesting than any page has; beyond it only damage is. */
const DEEPEST = 400;

/**
 * A web page as a government site or Word saves it. Tables keep rowspan and colspan; a table inside a cell is text of
 * that cell, unless the outer one only lays out the page.
 */
export function readHtml(bytes: Uint8Array, fileName: string): Source {
  const page = decodeHtml(bytes, fileName);
  if (page.split("<", MOST_TAGS + 1).length > MOST_TAGS) throw tooLarge(fileName);
  const nodes = parsePage(page, fileName);
  const reader = new HtmlReader(fileName, layoutTables(nodes));
  reader.read(nodes, 0);
  return { reader: "html", blocks: reader.finish() };
}

/** The page's tree; nesting beyond all sense ends it before it costs time. */
function parsePage(page: string, fileName: string): ChildNode[] {
  let depth = 0;
  const handler = new DomHandler();
  const parser = new Parser({
    onparserinit: parserOf => handler.onparserinit(parserOf),
    onopentag: (name, attributes) => {
      if (++depth > DEEPEST) throw new Failure("document-damaged", { file: fileName }, { file: fileName });
      handler.onopentag(name, attributes);
    },
    onclosetag: () => {
      depth--;
      handler.onclosetag();
    },
    ontext: text => handler.ontext(text),
    onend: () => handler.onend(),
  });
  parser.end(page);
  return handler.root.children as ChildNode[];
}

/** The charset that the page names goes before what its bytes look like; gb2312 and gbk mean GB18030. */
function decodeHtml(bytes: Uint8Array, fileName: string): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  const charset = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  const encoding = /^gb/i.test(charset ?? "") ? "gb18030" : charset;
  if (encoding) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The page names another encoding than it is in, which sites do: see what fits.
    }
  }
  return decodeText(bytes, fileName);
}

class HtmlReader {
  readonly #blocks: Block[] = [];
  readonly #fileName: string;
  readonly #layout: ReadonlySet<Element>;
  /** The lists that are open, the innermost last. */
  readonly #lists: ListCounter[] = [];
  /** The number of the item that begins, until its first line does. */
  #label = "";
  #line = "";
  #tables = 0;

  constructor(fileName: string, layout: ReadonlySet<Element>) {
    this.#fileName = fileName;
    this.#layout = layout;
  }

  read(nodes: readonly ChildNode[], depth: number): void {
    if (depth > DEEPEST) throw new Failure("document-damaged", { file: this.#fileName }, { file: this.#fileName });
    for (const node of nodes) {
      if (!isElement(node)) {
        if ("data" in node && !isComment(node)) this.#line += node.data.replace(/\s+/g, " ");
        continue;
      }
      if (skipped.has(node.name) || isHidden(node)) continue;
      const isBlock = blocks.has(node.name);
      if (isBlock || node.name === "br") this.#endLine();
      const isList = node.name === "ol" || node.name === "ul";
      if (isList) this.#lists.push(new ListCounter(node, this.#lists));
      // A list of links is a menu of the page.
      if (node.name === "li") this.#label = (!isLinks(node) && this.#lists.at(-1)?.labelOf(node)) || "";
      if (node.name === "table" && !this.#layout.has(node)) this.#readTable(node, depth);
      else this.read(node.children, depth + 1);
      if (isList) this.#lists.pop();
      if (isBlock) this.#endLine();
    }
  }

  finish(): Block[] {
    this.#endLine();
    return this.#blocks;
  }

  #endLine(): void {
    const text = this.#line.trim();
    this.#line = "";
    if (text === "") return;
    // Where the text has a number of its own, the list's is hidden by a style sheet more often than not.
    const label = ownNumber.test(text) ? "" : this.#label;
    this.#label = "";
    this.#blocks.push({ kind: "paragraph", text: label + text, place: {} });
  }

  #readTable(table: Element, depth: number): void {
    this.#tables++;
    const caption = children(table, "caption")[0];
    if (caption) this.read([caption], depth + 1);
    const cells = rowsOf(table).map(row =>
      children(row, "td", "th").map(
        (cell): SpanningCell => ({
          text: textOf(cell.children, depth + 1),
          rowSpan: span(cell.attribs.rowspan),
          columnSpan: span(cell.attribs.colspan),
        }),
      ),
    );
    const grid = spread(cells, this.#tables);
    if (grid === null) throw tooLarge(this.#fileName);
    this.#blocks.push(grid);
  }
}

const ownNumber =
  /^(?:\d{1,3}[.、．)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|第?[一二三四五六七八九十]{1,3}[、.．件项类是]|[①-⑳●■◆·•])/u;

/** Whether all text of an item stands in links. */
const isLinks = (item: Element): boolean =>
  item.children.length > 0 &&
  item.children.every(child =>
    isElement(child) ? child.name === "a" : !("data" in child) || child.data.trim() === "",
  );

const rowsOf = (table: Element): Element[] =>
  children(table, "tr", "thead", "tbody", "tfoot").flatMap(part =>
    isHidden(part) ? [] : part.name === "tr" ? [part] : children(part, "tr").filter(row => !isHidden(row)),
  );

const span = (value: string | undefined) => Math.min(Math.max(Number.parseInt(value ?? "1", 10) || 1, 1), 10_000);

/**
 * Tables that arrange the page instead of holding data: those of one cell a row, and those round a table of data that
 * have hardly any rows of their own (a line of links, the foot).
 */
function layoutTables(nodes: readonly ChildNode[]): ReadonlySet<Element> {
  const found = new Set<Element>();
  /** Whether there is a table of data below. */
  const visit = (list: readonly ChildNode[], depth: number): boolean => {
    if (depth > DEEPEST) return false;
    let data = false;
    for (const node of list) {
      if (!isElement(node)) continue;
      const inside = visit(node.children, depth + 1);
      data ||= inside;
      if (node.name !== "table") continue;
      const widths = rowsOf(node).map(row => children(row, "td", "th").length);
      if (widths.every(width => width <= 1) || (inside && ownRows(widths) < FEWEST_ROWS)) found.add(node);
      else data ||= widths.filter(width => width >= FEWEST_COLUMNS).length >= 2;
    }
    return data;
  };
  visit(nodes, 0);
  return found;
}

/** A table of data has a header and two tasks, and columns for number, task and who does it. */
const FEWEST_ROWS = 3;
const FEWEST_COLUMNS = 3;

/** Rows of one width, of the width that most have. */
function ownRows(widths: readonly number[]): number {
  const wide = widths.filter(width => width >= FEWEST_COLUMNS);
  return Math.max(0, ...[...Map.groupBy(wide, width => width).values()].map(list => list.length));
}

/** Characters looked at for the sign that ends a point. */
const LONGEST_END = 64;

/** The text of a cell, a line for each paragraph and line break. */
function textOf(nodes: readonly ChildNode[], depth: number): string {
  let text = "";
  const read = (list: readonly ChildNode[], level: number) => {
    if (level > DEEPEST) return;
    for (const node of list) {
      if (!isElement(node)) {
        if ("data" in node && !isComment(node)) text += node.data.replace(/\s+/g, " ");
        continue;
      }
      if (skipped.has(node.name) || isHidden(node)) continue;
      const breaks = blocks.has(node.name) || node.name === "br";
      if (breaks) text += "\n";
      read(node.children, level + 1);
      // Points of a list are told apart by their numbers or dots on the page, which are no text.
      if (node.name === "li" && !/[。；;！？，、：]$/u.test(text.slice(-LONGEST_END).trimEnd())) text += "；";
      if (breaks && node.name !== "br") text += "\n";
    }
  };
  read(nodes, depth);
  return text
    .split("\n")
    .map(line => line.trim())
    .filter(line => line !== "")
    .join("\n")
    .replace(/(?<=[^；])；$/u, "");
}
