import { Failure, Failures } from "../failure.ts";
import type { Warehouse } from "../warehouse/connection.ts";
import { escapeHtml } from "./slots.ts";

/** An item that printed figures come from, with the sentences they stand in. */
export interface CitedItem {
  /** Anchor that the marks link to, `src-jiangmen-2020-7`. */
  id: string;
  /** As the marks print it, `2020-7`. */
  label: string;
  /** 江门市2020年第7项 */
  title: string;
  /** One for each text of the item that is cited: task, milestone or progress; in pieces, the quantities marked. */
  passages: Passage[][];
  /** That a figure was corrected, and why. */
  note?: string;
}

export interface Passage {
  text: string;
  marked: boolean;
  /** Clauses away from any quantity: on paper …… stands for them, unless it stands beside them anyway (joined). */
  far?: "alone" | "joined";
}

/** A document as marks name it. */
export interface CitableDocument {
  id: string;
  region: string;
  year: string;
}

/**
 * The measures a report cites. Marks are handed out while the prose is rendered; the list is made at its end.
 *
 * Marks name a document by its year where no other document cited has that year, else by region and year, else by its
 * id; all marks of a paper do so in the same way. Which documents a paper cites is known when it is rendered whole: it
 * is rendered again where that makes its marks shorter (settleLabels).
 */
export class Sources {
  /** Measure ids by item id, in the order of first mention. */
  private readonly cited = new Map<string, Set<string>>();
  private readonly documents: readonly CitableDocument[];
  private labels: ReadonlyMap<string, string>;

  /** @param documents all that may be cited, in the order in which marks beside each other name them */
  constructor(documents: readonly CitableDocument[]) {
    this.documents = documents;
    this.labels = documentLabels(documents);
  }

  /** Names documents by what tells those cited so far apart. True where marks handed out before were others. */
  settleLabels(): boolean {
    const cited = new Set([...this.cited.keys()].map(item => item.slice(0, item.indexOf("/"))));
    const labels = documentLabels(this.documents.filter(({ id }) => cited.has(id)));
    const isOther = [...labels].some(([id, label]) => label !== this.labels.get(id));
    this.labels = labels;
    return isOther;
  }

  /**
   * Marks for the sources of a figure, e.g. `[2020-7]`: year and item number, linked to the list of sources, in the
   * order of that list.
   *
   * @param ids measure ids such as `jiangmen-2020/7#1`
   */
  cite(ids: readonly string[]): { html: string; text: string } {
    const items = new Map<string, string>();
    for (const id of ids) {
      const item = id.slice(0, id.lastIndexOf("#"));
      if (!this.cited.has(item)) this.cited.set(item, new Set());
      this.cited.get(item)!.add(id);
      items.set(item, this.label(item));
    }
    const sorted = [...items].sort(([a], [b]) => this.compare(a, b));
    const marks = sorted.map(
      ([item, label]) => `<a class="src" href="#${escapeHtml(sourceAnchor(item))}">[${escapeHtml(label)}]</a>`,
    );
    return { html: marks.join(""), text: sorted.map(([, label]) => `[${label}]`).join("") };
  }

  /** Documents in their order, items by their number: 2025-9 before 2025-26. */
  private compare(a: string, b: string): number {
    const place = (item: string) => {
      const [document = "", seq = ""] = item.split("/");
      return { document: this.documents.findIndex(({ id }) => id === document), seq: Number(seq) };
    };
    const [first, second] = [place(a), place(b)];
    return first.document - second.document || first.seq - second.seq;
  }

  /** `jiangmen-2020/7` is cited as `2020-7`. */
  private label(item: string): string {
    const [document = "", seq = ""] = item.split("/");
    return `${this.labels.get(document) ?? document}-${seq}`;
  }

  /** The cited items in the order of document and number, each with the sentences cited, the quantities marked. */
  async list(warehouse: Warehouse): Promise<CitedItem[]> {
    if (this.cited.size === 0) return [];
    const ids = [...this.cited.values()].flatMap(set => [...set]);
    const rows = await warehouse.query(
      `SELECT m.measure_id, m.item_id, d.region, d.year, i.seq, m.context, m.span_start, m.span_end, m.quote,
              CASE m.context WHEN 'task' THEN i.text WHEN 'progress' THEN i.progress ELSE s.text END AS text
         FROM measures m
         JOIN items i USING (item_id)
         JOIN documents d ON d.document_id = m.document_id
         LEFT JOIN milestones s ON m.context = 'milestone' AND s.item_id = m.item_id AND s.due = m.due
        WHERE list_contains($ids, m.measure_id)
        ORDER BY d.region, d.year, d.document_id, i.seq, m.ord, s.ord`,
      { ids },
    );
    const column = (name: string, row: number) => rows.getChild(name)!.get(row) as unknown;
    const found = new Set(Array.from({ length: rows.numRows }, (_, row) => String(column("measure_id", row))));
    const unknown = ids.filter(id => !found.has(id));
    if (unknown.length > 0) throw new Failures(unknown.map(id => new Failure("source-unknown", { id })));
    const notes = await correctionNotes(ids, warehouse);
    const items = new Map<string, { head: string; texts: Map<string, { text: string; spans: [number, number][] }> }>();
    for (let row = 0; row < rows.numRows; row++) {
      const item = String(column("item_id", row));
      const head = `${column("region", row)}${column("year", row)}年第${column("seq", row)}项`;
      if (!items.has(item)) items.set(item, { head, texts: new Map() });
      const { texts } = items.get(item)!;
      const text = String(column("text", row));
      const span: [number, number] = [Number(column("span_start", row)), Number(column("span_end", row))];
      // Of steps that are due on one day the one that holds the quote at its place is meant.
      if (column("context", row) === "milestone" && text.slice(...span) !== column("quote", row)) continue;
      const key = `${column("context", row)} ${text}`;
      if (!texts.has(key)) texts.set(key, { text, spans: [] });
      texts.get(key)!.spans.push(span);
    }
    return [...items].map(([item, { head, texts }]) => ({
      id: sourceAnchor(item),
      label: this.label(item),
      title: head,
      passages: [...texts.values()].map(({ text, spans }) => citedSentences(text, spans)),
      ...(notes.has(item) && { note: notes.get(item)! }),
    }));
  }
}

/** The documents of a warehouse in the order of region, year and id. */
export async function citableDocuments(warehouse: Warehouse): Promise<CitableDocument[]> {
  const rows = await warehouse.query(
    "SELECT document_id, region, year FROM documents ORDER BY region, year, document_id",
  );
  const column = (name: string, row: number) => String(rows.getChild(name)!.get(row));
  return Array.from({ length: rows.numRows }, (_, row) => ({
    id: column("document_id", row),
    region: column("region", row),
    year: column("year", row),
  }));
}

/** How documents are called beside each other, by id: all by their years, all by region and year, or all by id. */
function documentLabels(documents: readonly CitableDocument[]): Map<string, string> {
  const forms: ((document: CitableDocument) => string)[] = [
    ({ year }) => year,
    ({ region, year }) => region + year,
    ({ id }) => id,
  ];
  const form = forms.find(label => new Set(documents.map(label)).size === documents.length) ?? (({ id }) => id);
  return new Map(documents.map(document => [document.id, form(document)]));
}

/** What was corrected of the measures cited, by item id. */
async function correctionNotes(ids: readonly string[], warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.query(
    `SELECT item_id, '经更正：' || string_agg(
         coalesce(original, '（空）') || '更正为' || corrected || '（' || reason || '，' || source || '）', '；' ORDER BY measure_id, field) AS note
       FROM corrections c
      WHERE list_contains($ids, measure_id)
         OR (field IN ('progress', 'milestone_due', 'milestone_text') AND EXISTS (
              SELECT 1 FROM measures m WHERE m.item_id = c.item_id AND m.corrected AND list_contains($ids, m.measure_id)))
      GROUP BY item_id ORDER BY item_id`,
    { ids },
  );
  const column = (name: string, row: number) => String(rows.getChild(name)!.get(row));
  return new Map(Array.from({ length: rows.numRows }, (_, row) => [column("item_id", row), column("note", row)]));
}

function sourceAnchor(item: string): string {
  return `src-${item.replace("/", "-")}`;
}

/** Only the sentences that hold a span, the spans marked; what is left out is shown as ……. */
function citedSentences(text: string, spans: readonly [number, number][]): Passage[] {
  const ends = [...text.matchAll(/[。；！？;]|\n/g)].map(match => match.index + match[0].length);
  if (ends.at(-1) !== text.length) ends.push(text.length);
  const passages: Passage[] = [];
  let start = 0;
  let skipped = false;
  for (const end of ends) {
    const inside = spans.filter(([from, to]) => from < end && to > start).sort(([a], [b]) => a - b);
    if (inside.length > 0) {
      if (skipped) passages.push({ text: ELLIPSIS, marked: false });
      passages.push(...pieces(text, start, end, inside));
      skipped = false;
    } else skipped = true;
    start = end;
  }
  if (skipped) passages.push({ text: ELLIPSIS, marked: false });
  return passages.map((piece, i) =>
    piece.far && [passages[i - 1], passages[i + 1]].some(beside => beside?.text === ELLIPSIS)
      ? { ...piece, far: "joined" }
      : piece,
  );
}

const ELLIPSIS = "……";

function pieces(text: string, start: number, end: number, spans: readonly [number, number][]): Passage[] {
  const result: Passage[] = [];
  let at = start;
  const add = (to: number, marked: boolean) => {
    if (to > at) result.push({ text: text.slice(at, to), marked });
    at = Math.max(at, to);
  };
  for (const [from, to] of spans) {
    add(Math.max(from, at), false);
    add(Math.min(to, end), true);
  }
  add(end, false);
  return result.flatMap((piece, i) => (piece.marked ? piece : nearAndFar(piece.text, i > 0, i < result.length - 1)));
}

/** Characters that stay beside a quantity, so that it can be told what it is of. */
const NEAR = 10;
/** Fewer are not worth an ellipsis. */
const FAR = 14;

/** Parts the clauses next to the quantities before and behind a text from those between. */
function nearAndFar(text: string, isBehind: boolean, isBefore: boolean): Passage[] {
  const clauses = text.match(/[^，、：]*[，、：]?/g)!.filter(clause => clause !== "");
  let first = isBehind ? 1 : 0;
  while (isBehind && first < clauses.length && clauses.slice(0, first).join("").length < 2) first++;
  let last = clauses.length;
  while (isBefore && last > first && clauses.slice(last).join("").length < NEAR) last--;
  const far = clauses.slice(first, last).join("");
  if (far.length < FAR) return [{ text, marked: false }];
  const parts: Passage[] = [
    { text: clauses.slice(0, first).join(""), marked: false },
    { text: far, marked: false, far: "alone" },
    { text: clauses.slice(last).join(""), marked: false },
  ];
  return parts.filter(part => part.text !== "");
}
