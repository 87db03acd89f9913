import { readFileSync } from "node:fs";
import { basename } from "node:path";
import Handlebars from "handlebars";
import { Failure } from "../failure.ts";
import type { MastheadTexts } from "../notebook/prose.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { PageScripts } from "./interactive/scripts.ts";
import { widthInEm } from "./masthead.ts";
import { type PageWords, pageWords } from "./page-words.ts";

/** A report as its template takes it. Texts are plain and get escaped; only `body` is HTML. */
export interface Page {
  /** Name of a layout: templates/<template>.hbs. */
  template: string;
  title: string;
  subtitle?: string | undefined;
  /** Of the text, e.g. `zh-CN`. */
  lang: string;
  /** Who hands the paper in. */
  issuer?: string | undefined;
  /** As printed: 2025年3月1日. */
  date?: string | undefined;
  /** Says in a sentence or two what the paper holds; for search and for lists of papers. */
  description?: string | undefined;
  /** Head and foot of a bulletin (简报); `issuer` and `date` then stand in its head. */
  masthead?: MastheadTexts | undefined;
  /** Trusted HTML, made by the notebook's Markdown renderer. */
  body: string;
  /** Headings of the body in order; level 2 is the highest. */
  toc: readonly TocEntry[];
  sources: readonly PageSource[];
  /** Of a page that draws its charts itself. */
  scripts?: PageScripts | undefined;
}

export interface TocEntry {
  level: number;
  id: string;
  text: string;
  /** Only the printed contents name it. */
  onPaper?: true;
}

/** Where figures come from: one entry of the list at the end, which marks in the text point to (`href="#<id>"`). */
export interface PageSource {
  id: string;
  /** As the marks print it: 2020-7. */
  label: string;
  /** 江门市2020年第7项 */
  title: string;
  /** The sentences cited, each in pieces, the quantities marked. */
  passages: readonly (readonly Passage[])[];
  /** What a reader must know to use the figures: their basis. */
  note?: string | undefined;
}

export interface Passage {
  text: string;
  marked: boolean;
  /** Left out on paper, where …… stands for it if it is alone. */
  far?: "alone" | "joined";
}

/**
 * Sets a page into its layout: one HTML file that holds all its styles and asks no network for anything.
 * Layouts, partials (`_name.hbs`) and style sheets are those of the workspace, else the built-in ones.
 * @throws Failure file-missing, template-invalid, masthead-layout, template-without-scripts
 */
export function renderPage(page: Page, workspace: Workspace): string {
  const file = workspace.file("templates", `${page.template}.hbs`);
  const handlebars = Handlebars.create();
  handlebars.registerHelper("style", (name: string) => new Handlebars.SafeString(readStyle(name, workspace)));
  for (const path of workspace.list("templates", ".hbs"))
    if (basename(path).startsWith("_"))
      handlebars.registerPartial(basename(path, ".hbs").slice(1), readFileSync(path, "utf8"));
  const words = pageWords(page.lang);
  const tree = tocTree(page.toc);
  const body = markAnnexes(page, words.annex);
  const end = body.search(/<h\d id="[^"]*" class="annex\b/);
  const context = {
    ...page,
    masthead: page.masthead && mastheadOf(page.masthead, words),
    body: new Handlebars.SafeString(body),
    // The same in two parts, for layouts with something between them.
    text: new Handlebars.SafeString(end === -1 ? body : body.slice(0, end)),
    annexes: new Handlebars.SafeString(end === -1 ? "" : body.slice(end)),
    words,
    tree,
    annexNotes: annexNotes(body, page.lang),
    contentsClass: contentsClass(tree),
    policy: new Handlebars.SafeString(POLICY + (page.scripts ? `; script-src ${page.scripts.sources}` : "")),
    scripts: page.scripts ? new Handlebars.SafeString(page.scripts.html) : "",
  };
  let html: string;
  try {
    html = handlebars.compile(readFileSync(file, "utf8"), { strict: true, preventIndent: true })(optional(context));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Failure("template-invalid", { detail: detail.split("\n")[0] ?? "" }, { file }, { cause: error });
  }
  if (page.masthead && !html.includes('class="masthead"'))
    throw new Failure("masthead-layout", { name: page.template }, { file });
  if (page.scripts && !Object.values(page.scripts).every(part => html.includes(part)))
    throw new Failure("template-without-scripts", {}, { file });
  return html;
}

/** 报头 and 报尾, the words before what the notebook gives with it. */
function mastheadOf({ name, issue, copies, ...to }: MastheadTexts, words: PageWords): object {
  const recipients = RECIPIENTS.filter(key => to[key] !== "").map(key => words.recipients[key](to[key]));
  const hasFoot = recipients.length > 0 || copies !== "";
  return { name, issue, ems: widthInEm(name), hasFoot, recipients, copies: copies && words.copies(copies) };
}

const RECIPIENTS = ["superiors", "peers", "subordinates"] as const;

/** What a page may load and run: nothing, but for its own styles and pictures. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** An annex begins on a page of its own (GB/T 9704-2012, 7.3.5); its heading is no heading of the text. */
function markAnnexes({ body, toc }: Page, annex: RegExp): string {
  return toc
    .filter(({ text }) => annex.test(text))
    .reduce((html, { level, id }) => html.replace(`<h${level} id="${id}"`, `$& class="annex"`), body);
}

/**
 * 附件：1. and so on below the text (GB/T 9704-2012, 7.3.4), as HTML: an annex is named by the title of the table that it
 * begins with. Nothing where one has no such title. The data of charts (附表) are no annex of the text.
 */
function annexNotes(body: string, lang: string): Handlebars.SafeString[] {
  const heads = [...body.matchAll(/<h\d id="[^"]*" class="annex">[^<]*<\/h\d>\s*/g)];
  const names = heads.map(({ 0: head, index }) => {
    const figure = body.slice(index + head.length);
    return /^<figure class="table[^>]*><figcaption><span class="title">附?表\d+\u3000([^<]*)</.exec(figure)?.[1];
  });
  if (names.includes(undefined)) return [];
  const mark = pageWords(lang).annexNote;
  return names.map((name, index) => {
    const number = names.length > 1 ? `${index + 1}.` : "";
    return new Handlebars.SafeString(`${index === 0 ? mark : ""}${number}${name}`);
  });
}

/** From this number of entries on the printed paper opens with its contents. */
const LONG_CONTENTS = 6;
/** From this number on they fill most of the first page, which has 22 lines, and text begins on the next one. */
const FULL_CONTENTS = 13;

function contentsClass(tree: readonly TocNode[]): string {
  const entries = tree.reduce((sum, { children }) => sum + 1 + children.length, 0);
  return entries < LONG_CONTENTS ? "" : entries < FULL_CONTENTS ? "long" : "full";
}

/** In strict mode a template may ask only for what is there: what a page leaves out is there, and empty. */
function optional(page: object): object {
  return { subtitle: "", issuer: "", date: "", description: "", masthead: null, ...definedOf(page) };
}

function definedOf(page: object): object {
  return Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined));
}

/** A style sheet of templates/, without comments; none can end the style element that it stands in. */
function readStyle(name: string, workspace: Workspace): string {
  return readFileSync(workspace.file("templates", name), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\n\s*/g, "\n")
    .replace(/<\//g, "<\\/")
    .trim();
}

interface TocNode extends TocEntry {
  children: TocEntry[];
}

/** Two levels are enough to find one's way; deeper headings are left out. */
function tocTree(entries: readonly TocEntry[]): TocNode[] {
  const top = Math.min(...entries.map(entry => entry.level));
  const tree: TocNode[] = [];
  for (const entry of entries) {
    const parent = tree.at(-1);
    if (entry.level === top) tree.push({ ...entry, children: [] });
    else if (entry.level === top + 1 && parent) parent.children.push(entry);
  }
  return tree;
}
