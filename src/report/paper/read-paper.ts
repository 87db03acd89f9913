import { type ChildNode, DomHandler, type Element } from "domhandler";
import { Parser } from "htmlparser2";
import { classed, find, findAll, hasClass, isElement, named, textIn } from "./elements.ts";
import {
  type Block,
  type Contents,
  type Line,
  type LineRole,
  type Paper,
  plainText,
  type Run,
  type SourceList,
} from "./paper.ts";
import { readColophon, readMasthead } from "./read-bulletin.ts";
import { chartFigure, NO_FIGURE, tableFigure } from "./read-figures.ts";
import { readRuns } from "./read-runs.ts";
import { readTable } from "./read-table.ts";

/**
 * Reads a page of ours back: whatever its template, it is made of the elements that the notebook's renderer and the
 * partials of templates/ write.
 */
export function readPaper(html: string): Paper {
  const handler = new DomHandler(undefined, { withStartIndices: true, withEndIndices: true });
  new Parser(handler, { decodeEntities: true, recognizeSelfClosing: true }).end(html);
  const root = handler.root;
  const body = find(root, named("body"));
  const reader = new PaperReader(html);
  reader.read(body?.children ?? root.children);
  const { blocks } = reader;
  const text = (...roles: LineRole[]) => {
    const line = blocks.find((block): block is Line => block.kind === "line" && roles.includes(block.role));
    return line && plainText(line.runs);
  };
  const masthead = blocks.find(block => block.kind === "masthead");
  const titleElement = find(root, named("title"));
  const description = find(root, element => element.name === "meta" && element.attribs.name === "description");
  return {
    title: titleElement ? plainText(readRuns(titleElement.children)) : (text("title") ?? ""),
    lang: find(root, named("html"))?.attribs.lang ?? "zh-CN",
    description: description?.attribs.content || undefined,
    issuer: masthead?.office || text("issuer", "signature"),
    date: dayOf(masthead?.date ?? text("first-date", "date") ?? ""),
    isSheet: body !== undefined && hasClass(body, "sheet"),
    blocks,
  };
}

/** 2025年3月1日, 2025-03-01 -> 2025-03-01 */
function dayOf(text: string): string | undefined {
  const [, year, month, day] = /(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})/.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1
    ? date.toISOString().slice(0, 10)
    : undefined;
}

const TITLE_ROLES: Readonly<Record<string, LineRole>> = { subtitle: "subtitle", issuer: "issuer", date: "first-date" };
/** On paper who hands it in and the day stand below the titles. */
const TITLE_ORDER: readonly LineRole[] = ["title", "subtitle", "issuer", "first-date"];

class PaperReader {
  readonly blocks: Block[] = [];
  private readonly html: string;
  private orderedLists = 0;

  constructor(html: string) {
    this.html = html;
  }

  read(nodes: readonly ChildNode[], role: LineRole = "text"): void {
    // Text beside blocks is a paragraph of its own.
    let loose: ChildNode[] = [];
    const endLine = () => {
      this.line(role, readRuns(loose));
      loose = [];
    };
    for (const node of nodes) {
      if (!isElement(node) || INLINE.has(node.name)) {
        if (!isElement(node) || !hasClass(node, "skip")) loose.push(node);
        continue;
      }
      endLine();
      this.element(node, role);
    }
    endLine();
  }

  private element(element: Element, role: LineRole): void {
    switch (element.name) {
      case "script":
      case "style":
      case "details":
        break;
      case "header":
        this.head(element);
        break;
      case "nav":
        if (hasClass(element, "toc")) this.contents(element);
        break;
      case "h1":
        this.line("title", readRuns(element.children));
        break;
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        this.blocks.push({
          kind: "heading",
          level: Number(element.name[1]),
          id: element.attribs.id ?? "",
          isAnnex: hasClass(element, "annex"),
          runs: readRuns(element.children),
        });
        break;
      case "p":
        this.line(hasClass(element, "annex-note") ? "annex-note" : role, readRuns(element.children));
        break;
      case "pre":
        this.line("code", [{ text: textIn(element).replace(/\n$/, ""), code: true }]);
        break;
      case "hr":
        this.blocks.push({ kind: "line", role: "rule", runs: [] });
        break;
      case "blockquote":
        this.read(element.children, "quotation");
        break;
      case "ul":
      case "ol":
        this.list(element, 0);
        break;
      case "figure":
        this.blocks.push(hasClass(element, "chart") ? chartFigure(element, this.html) : tableFigure(element));
        break;
      case "table":
        this.blocks.push({
          ...NO_FIGURE,
          kind: "table",
          isWide: false,
          isGrid: false,
          repeatsChart: false,
          table: readTable(element),
        });
        break;
      default:
        if (hasClass(element, "sources")) this.blocks.push(sourceList(element));
        else if (hasClass(element, "masthead")) this.blocks.push(readMasthead(element));
        else if (hasClass(element, "colophon")) this.blocks.push(readColophon(element));
        else if (hasClass(element, "signed")) this.signature(element);
        else this.read(element.children, role);
    }
  }

  private line(role: LineRole, runs: Run[], list?: Line["list"]): void {
    if (runs.length > 0) this.blocks.push({ kind: "line", role, runs, ...(list && { list }) });
  }

  private head(element: Element): void {
    const start = this.blocks.length;
    for (const child of element.children) {
      if (!isElement(child)) continue;
      const role = TITLE_ROLES[child.attribs.class ?? ""];
      if (role) this.line(role, readRuns(child.children));
      else this.element(child, "text");
    }
    const place = (block: Block) => (block.kind === "line" ? TITLE_ORDER.indexOf(block.role) : -1);
    this.blocks.push(...this.blocks.splice(start).sort((a, b) => place(a) - place(b)));
  }

  private signature(element: Element): void {
    for (const child of element.children) {
      if (!isElement(child)) continue;
      const isDate = hasClass(child, "date") || dayOf(textIn(child)) !== undefined;
      this.line(isDate ? "date" : "signature", readRuns(child.children));
    }
  }

  private list(element: Element, level: number): void {
    const ordered = element.name === "ol" ? ++this.orderedLists : undefined;
    const isList = (node: ChildNode) => isElement(node) && (node.name === "ul" || node.name === "ol");
    for (const item of element.children) {
      if (!isElement(item) || item.name !== "li") continue;
      this.line("text", readRuns(item.children, isList), { level, ordered });
      for (const inner of item.children) if (isElement(inner) && isList(inner)) this.list(inner, level + 1);
    }
  }

  private contents(element: Element): void {
    const isPrinted = hasClass(element, "long") || hasClass(element, "full");
    if (!isPrinted) return;
    const title = find(element, classed("toc-title"));
    const entries = findAll(element, named("a")).map(link => ({
      level: depthOf(link, element) > 1 ? (2 as const) : (1 as const),
      id: (link.attribs.href ?? "").slice(1),
      text: textIn(link),
    }));
    const contents: Contents = {
      kind: "contents",
      title: title ? textIn(title) : "",
      fillsPage: hasClass(element, "full"),
      entries,
    };
    this.blocks.push(contents);
  }
}

/** Elements that stand within a line. */
const INLINE = new Set(["a", "b", "strong", "i", "em", "s", "del", "code", "mark", "span", "q", "br", "sup", "sub"]);

function sourceList(element: Element): SourceList {
  const title = find(element, named("h2"));
  const key = find(element, classed("key"));
  const textOf = (item: Element, name: string) => {
    const found = find(item, classed(name));
    return found ? textIn(found) : undefined;
  };
  return {
    kind: "sources",
    id: title?.attribs.id ?? "sources",
    title: title ? textIn(title) : "",
    key: key ? textIn(key) : "",
    sources: findAll(element, named("li")).map(item => ({
      id: item.attribs.id ?? "",
      label: textOf(item, "label") ?? "",
      title: (textOf(item, "title") ?? "").replace(/[：:]$/, ""),
      passages: findAll(item, named("q")).map(passage => readRuns(passage.children)),
      note: textOf(item, "basis"),
    })),
  };
}

function depthOf(element: Element, top: Element): number {
  let depth = 0;
  for (let at = element.parent; at && at !== top; at = at.parent)
    if (isElement(at as ChildNode) && (at as Element).name === "ol") depth++;
  return depth;
}
