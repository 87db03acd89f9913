import type { Warehouse } from "../warehouse/connection.ts";
import { escapeHtml } from "./slots.ts";

/** A sentence that a printed figure comes from. */
interface SourceSentence {
  label: string;
  anchor: string;
  html: string;
}

/** The measures a report cites. Marks are handed out while the prose is rendered; the list is made at its end. */
export class Sources {
  /** Measure ids by item id, in the order of first mention. */
  private readonly cited = new Map<string, Set<string>>();

  /**
   * Marks for the sources of a figure, e.g. `[2020-7]`: year and item number, linked to the list of sources.
   *
   * @param ids measure ids such as `jiangmen-2020/7#1`
   */
  cite(ids: readonly string[]): { html: string; text: string } {
    const items = new Map<string, string>();
    for (const id of ids) {
      const item = id.slice(0, id.lastIndexOf("#"));
      if (!this.cited.has(item)) this.cited.set(item, new Set());
      this.cited.get(item)!.add(id);
      items.set(item, sourceLabel(item));
    }
    const marks = [...items].map(
      ([item, label]) => `<a class="src" href="#${escapeHtml(sourceAnchor(item))}">[${escapeHtml(label)}]</a>`,
    );
    return { html: marks.join(""), text: [...items.values()].map(label => `[${label}]`).join("") };
  }

  get empty(): boolean {
    return this.cited.size === 0;
  }

  /** The cited items in the order of document and number, each with the sentences cited, the quantities marked. */
  async list(warehouse: Warehouse): Promise<SourceSentence[]> {
    const ids = [...this.cited.values()].flatMap(set => [...set]);
    const rows = await warehouse.query(
      `SELECT m.measure_id, m.item_id, d.title, d.region, d.year, i.seq, m.context, m.due, m.span_start, m.span_end,
              CASE m.context
                WHEN 'task' THEN i.text
                WHEN 'progress' THEN i.progress
                ELSE (SELECT string_agg(s.text, '' ORDER BY s.ord) FROM milestones s WHERE s.item_id = m.item_id AND s.due = m.due)
              END AS text
         FROM measures m
         JOIN items i USING (item_id)
         JOIN documents d ON d.document_id = m.document_id
        WHERE list_contains($ids, m.measure_id)
        ORDER BY d.region, d.year, d.document_id, i.seq, m.seq`,
      { ids },
    );
    const column = (name: string, row: number) => rows.getChild(name)!.get(row) as unknown;
    const items = new Map<string, { head: string; texts: Map<string, { text: string; spans: [number, number][] }> }>();
    for (let row = 0; row < rows.numRows; row++) {
      const item = String(column("item_id", row));
      const head = `${column("region", row)}${column("year", row)}年第${column("seq", row)}项`;
      if (!items.has(item)) items.set(item, { head, texts: new Map() });
      const { texts } = items.get(item)!;
      const key = `${column("context", row)} ${column("due", row) ?? ""}`;
      if (!texts.has(key)) texts.set(key, { text: String(column("text", row)), spans: [] });
      texts.get(key)!.spans.push([Number(column("span_start", row)), Number(column("span_end", row))]);
    }
    return [...items].map(([item, { head, texts }]) => ({
      label: sourceLabel(item),
      anchor: sourceAnchor(item),
      html: `${escapeHtml(head)}：${[...texts.values()].map(({ text, spans }) => `“${markedSentences(text, spans)}”`).join("")}`,
    }));
  }
}

/** `jiangmen-2020/7` is cited as `2020-7`; a document whose id does not end with a year by its whole id. */
function sourceLabel(item: string): string {
  const [document = "", seq = ""] = item.split("/");
  const year = /-(\d{4})$/.exec(document)?.[1];
  return `${year ?? document}-${seq}`;
}

function sourceAnchor(item: string): string {
  return `src-${item.replace("/", "-")}`;
}

/** Only the sentences that hold a span, the spans marked; what is left out between them is shown as ……. */
function markedSentences(text: string, spans: readonly [number, number][]): string {
  const ends = [...text.matchAll(/[。；！？;]|\n/g)].map(match => match.index + match[0].length);
  if (ends.at(-1) !== text.length) ends.push(text.length);
  const pieces: string[] = [];
  let start = 0;
  let skipped = false;
  for (const end of ends) {
    const inside = spans
      .filter(([from, to]) => from < end && to > start)
      .map(([from, to]): [number, number] => [Math.max(from, start), Math.min(to, end)])
      .sort(([a], [b]) => a - b);
    if (inside.length > 0) {
      if (skipped) pieces.push("……");
      pieces.push(marked(text, start, end, inside));
      skipped = false;
    } else skipped = true;
    start = end;
  }
  if (skipped) pieces.push("……");
  return pieces.join("");
}

function marked(text: string, start: number, end: number, spans: readonly [number, number][]): string {
  let html = "";
  let at = start;
  for (const [from, to] of spans) {
    if (to <= at) continue;
    const begin = Math.max(from, at);
    html += `${escapeHtml(text.slice(at, begin))}<mark>${escapeHtml(text.slice(begin, to))}</mark>`;
    at = to;
  }
  return html + escapeHtml(text.slice(at, end));
}
