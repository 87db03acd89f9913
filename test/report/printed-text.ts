import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { parseDocument } from "htmlparser2";
import type { ReadPdf } from "./read-pdf.ts";

// What of a page is to be read on its paper, and what is to be read there: for the comparison of the two.

/**
 * The readable text of a page of ours in its order, without blanks: one for each heading, paragraph, figure and source,
 * the contents left out.
 * What only a screen shows is left out; what only paper shows (……, quotation marks) is there.
 */
export function textPutIn(html: string): string[] {
  const body = elements(parseDocument(html).children, element => element.name === "body")[0]!;
  const texts: string[] = [];
  const read = (element: Element): void => {
    if (isUnprinted(element) || element.name === "nav") return;
    if (UNITS.has(element.name)) texts.push(textOf([element]));
    else for (const child of element.children) if (isTag(child)) read(child);
  };
  read(body);
  return texts.filter(text => text !== "");
}

const UNITS: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "p", "figure", "li"]);

/**
 * The text of a PDF in the order in which it is written, without blanks, and without what the printer adds: the numbers of
 * the pages, and above each later part of a table 续表, the head and a cell that goes on.
 *
 * @param html the page it was printed from, for the heads of its tables
 */
export function textReadOut({ pages }: ReadPdf, html: string): string {
  const tables = headsOf(html);
  const texts = pages.map(({ runs }, i) => {
    const number = runs.findIndex(({ text }) => text === `— ${i + 1} —`);
    if (number === -1) throw new Error(`no page number on page ${i + 1}`);
    return squeezed(
      runs
        .filter((_, at) => at !== number)
        .map(({ text }) => text)
        .join(""),
    );
  });
  return texts
    .map(text => {
      if (!/^续附?表/.test(text)) return text;
      const table = tables.find(({ name, head }) => text.startsWith(name + head));
      if (!table) throw new Error(`a part of no table: ${text.slice(0, 40)}`);
      const rest = text.slice((table.name + table.head).length);
      // The cell of the first column that goes on is said again.
      const again = table.merged.find(cell => rest.startsWith(cell) && !table.starts.some(row => rest.startsWith(row)));
      return rest.slice(again?.length ?? 0);
    })
    .join("");
}

interface Head {
  /** 续表1 */
  name: string;
  head: string;
  /** Cells that stand for several rows. */
  merged: string[];
  /** Rows that such cells begin. */
  starts: string[];
}

function headsOf(html: string): Head[] {
  return elements(parseDocument(html).children, ({ name }) => name === "figure").flatMap(figure => {
    const head = elements(figure.children, ({ name }) => name === "thead")[0];
    if (!head) return [];
    const title = elements(figure.children, ({ attribs }) => attribs.class === "title")[0];
    const rows = elements(figure.children, ({ name }) => name === "tr").filter(row => row.parent !== head);
    const first = rows.flatMap(row => {
      const cell = row.children.find(isTag);
      return cell?.attribs.rowspan ? [{ cell: textOf([cell]), row: textOf([row]) }] : [];
    });
    const [name = "表"] = /^附?表[\d.-]+/.exec(title ? rawText([title]) : "") ?? [];
    return [
      {
        name: `续${name}`,
        head: textOf([head]),
        merged: first.map(({ cell }) => cell),
        starts: first.map(({ row }) => row),
      },
    ];
  });
}

/** What the paper does not hold of a page (templates/print.css), and what stands in a picture's place for others. */
function isUnprinted({ name, attribs, parent }: Element): boolean {
  const classes = (attribs.class ?? "").split(" ");
  const inside = (kind: string) =>
    parent?.type === "tag" && (parent as Element).attribs.class?.split(" ").includes(kind);
  return (
    ["style", "script", "details", "title", "desc"].includes(name) ||
    ["skip", "close", "narrow"].some(each => classes.includes(each)) ||
    (name === "nav" && !classes.includes("long") && !classes.includes("full")) ||
    (name === "span" && (inside("far") === true || (classes.includes("title") && parentName(parent) === "li")))
  );
}

const parentName = (parent: unknown): string => (parent as Element | null)?.name ?? "";

function textOf(nodes: readonly ChildNode[]): string {
  return squeezed(rawText(nodes));
}

function rawText(nodes: readonly ChildNode[]): string {
  return nodes
    .map(node => {
      if (isText(node)) return node.data;
      if (!isTag(node) || isUnprinted(node)) return "";
      const text = (node.attribs.class === "far alone" ? "……" : "") + rawText(node.children);
      return node.name === "q" ? `“${text}”` : text;
    })
    .join("");
}

function elements(nodes: readonly ChildNode[], isWanted: (element: Element) => boolean): Element[] {
  return nodes.flatMap(node =>
    isTag(node) ? [...(isWanted(node) ? [node] : []), ...elements(node.children, isWanted)] : [],
  );
}

function squeezed(text: string): string {
  return text.replaceAll(/[\s\u200b\u3000]/g, "");
}

/** An entry of the contents (but for 目录, which has no page), and the page that the paper names beside it. */
export interface ContentsEntry {
  text: string;
  page: number;
}

export interface TextDifferences {
  /** What was put in and is not read out. */
  missing: string[];
  /** What is read out and was not put in. */
  added: string;
  /** How many texts stand elsewhere than put in: those that a figure has let before it. */
  moved: number;
  contents: ContentsEntry[];
}

/** Where what was put into a paper and what is read out of it differ. */
export function textDifferences(html: string, pdf: ReadPdf): TextDifferences {
  let added = textReadOut(pdf, html);
  const contents: ContentsEntry[] = [];
  const missing: string[] = [];
  for (const text of contentsOf(html)) {
    const at = added.indexOf(text);
    const page = /^\d*/.exec(added.slice(at + text.length))![0];
    if (at === -1) missing.push(text);
    else added = added.slice(0, at) + added.slice(at + text.length + page.length);
    if (page !== "") contents.push({ text, page: Number(page) });
  }
  let moved = 0;
  for (const text of textPutIn(html)) {
    const at = added.startsWith(text) ? 0 : added.indexOf(text);
    if (at === -1) missing.push(text);
    else added = added.slice(0, at) + added.slice(at + text.length);
    if (at > 0) moved++;
  }
  return { missing, added, moved, contents };
}

function contentsOf(html: string): string[] {
  return elements(parseDocument(html).children, element => element.name === "nav" && !isUnprinted(element)).flatMap(
    nav =>
      elements(nav.children, ({ name, attribs }) => name === "a" || attribs.class === "toc-title").map(entry =>
        textOf([entry]),
      ),
  );
}
