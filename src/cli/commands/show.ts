import { Failure } from "../../failure.ts";
import { clip, describeSourcePlace } from "../../messages/describe.ts";
import { nearest } from "../../nearest.ts";
import { type Cell, readRows } from "../../warehouse/cell.ts";
import type { Warehouse } from "../../warehouse/connection.ts";
import { rowAsJson } from "../../warehouse/row-text.ts";
import { alignColumns } from "../columns.ts";
import { type Context, defineCommand } from "../command.ts";
import { openContextWarehouse } from "../warehouse.ts";

type Row = Record<string, Cell>;

export const command = defineCommand({
  positionals: { item: { type: "string", demandOption: true } },
  examples: { item: "show jiangmen-2025/9" },
  async run(args, context) {
    const warehouse = await openContextWarehouse(context);
    try {
      const document = await readDocument(args.item, warehouse);
      if (document) context.stdout.write(context.json ? documentAsJson(document) : describeDocument(document, context));
      else {
        const found = await readItem(args.item, warehouse);
        context.stdout.write(context.json ? asJson(found) : describe(found, context));
      }
    } finally {
      warehouse.close();
    }
    return 0;
  },
});

interface FoundDocument {
  document: Row;
  items: Row[];
}

/** A document's items in short, or null if that is the id of none. */
async function readDocument(id: string, warehouse: Warehouse): Promise<FoundDocument | null> {
  const rows = async (sql: string) => readRows(await warehouse.query(sql, { id }));
  const [document] = await rows("SELECT * FROM documents WHERE document_id = $id");
  if (!document) return null;
  const items = await rows(
    "SELECT item_id, seq, category, text, lead_org, deadline, status FROM items WHERE document_id = $id ORDER BY seq",
  );
  return { document, items };
}

const jsonRow = (cells: Row) => rowAsJson(Object.entries(cells));

const documentAsJson = ({ document, items }: FoundDocument) =>
  `{"document": ${jsonRow(document)}, "items": [${items.map(jsonRow).join(", ")}]}\n`;

function describeDocument({ document, items }: FoundDocument, context: Context): string {
  const { t } = context;
  const width = (context.stdout as { columns?: number }).columns ?? 100;
  const ids = items.map(({ item_id }) => String(item_id));
  const longest = ids.reduce((most, id) => Math.max(most, id.length), 0);
  const lines = items.map(
    ({ text }, index) => `${ids[index]!.padEnd(longest)}  ${clip(String(text), width - longest - 2)}\n`,
  );
  return [
    `${document.document_id}  ${document.title}\n`,
    `${t("cli.show.source")}${document.source_path}\n`,
    "\n",
    ...lines,
  ].join("");
}

interface Found {
  item: Row;
  organisations: Row[];
  people: Row[];
  milestones: Row[];
  notes: Row[];
  measures: Row[];
  corrections: Row[];
  links: Row[];
}

async function readItem(id: string, warehouse: Warehouse): Promise<Found> {
  const rows = async (sql: string) => readRows(await warehouse.query(sql, { id }));
  const [item] = await rows(
    `SELECT i.*, d.title, d.source_path, d.source_sha256, d.reader FROM items i JOIN documents d USING (document_id)
      WHERE i.item_id = $id`,
  );
  if (!item) {
    const [document] = await rows(
      `SELECT document_id, string_agg(seq, '、' ORDER BY seq) AS numbers FROM items
        WHERE document_id = regexp_extract($id, '^(.*)/', 1) GROUP BY document_id`,
    );
    if (document)
      throw new Failure("item-not-in-document", {
        id,
        document: String(document.document_id),
        numbers: String(document.numbers),
      });
    const known = readRows(
      await warehouse.query("SELECT item_id FROM items UNION ALL SELECT document_id FROM documents ORDER BY item_id"),
    );
    throw new Failure("item-unknown", {
      id,
      hint: nearest(
        id,
        known.map(row => String(row.item_id)),
      ),
    });
  }
  return {
    item,
    organisations: await rows("SELECT org, agency_id, is_lead FROM item_orgs WHERE item_id = $id ORDER BY ord"),
    people: await rows("SELECT person, person_id FROM item_people WHERE item_id = $id ORDER BY ord"),
    milestones: await rows("SELECT due, text FROM milestones WHERE item_id = $id ORDER BY ord"),
    notes: await rows("SELECT name, text FROM item_notes WHERE item_id = $id ORDER BY ord"),
    measures: await rows(
      `SELECT m.*, i.name AS indicator, b.name AS basis_name FROM measures m
         LEFT JOIN indicators i USING (indicator_id) LEFT JOIN indicator_bases b USING (indicator_id, basis)
        WHERE m.item_id = $id ORDER BY m.ord`,
    ),
    corrections: await rows("SELECT * EXCLUDE (item_id) FROM corrections WHERE item_id = $id ORDER BY ALL"),
    links: await rows(
      `SELECT CASE WHEN item_id = $id THEN 'earlier' ELSE 'later' END AS direction,
         CASE WHEN item_id = $id THEN earlier_item_id ELSE item_id END AS other_item_id, score, reason, corrected
       FROM item_links WHERE item_id = $id OR earlier_item_id = $id ORDER BY other_item_id`,
    ),
  };
}

/** Numbers with all their digits, as in every JSON of ours. */
function asJson({ item, ...lists }: Found): string {
  const parts = Object.entries(lists).map(
    ([name, rows]) => `${JSON.stringify(name)}: [${rows.map(jsonRow).join(", ")}]`,
  );
  return `{"item": ${jsonRow(item)}, ${parts.join(", ")}}\n`;
}

function describe(found: Found, context: Context): string {
  const { t } = context;
  const { item, measures } = found;
  const colours = (context.stdout as { isTTY?: boolean }).isTTY === true && !context.env.NO_COLOR;
  const label = (name: string, value: Cell | undefined) =>
    value === null || value === undefined || value === "" ? "" : `${t(`cli.show.${name}`)}${String(value)}\n`;
  const list = (rows: Row[], name: string) => rows.map(row => String(row[name])).join("、");
  const marked = (text: Cell | undefined, context_: string, due: Cell | undefined = null) =>
    text === null || text === undefined
      ? null
      : markSpans(
          String(text),
          measures.filter(row => row.context === context_ && String(row.due) === String(due)),
          colours,
        );

  const out = [
    `${item.item_id}  ${item.title}\n`,
    label("source", `${item.source_path}${t("words.comma")}${placeIn(String(item.source_ref), context)}`),
    label("category", item.category),
    "\n",
    `${marked(item.text, "task")}\n`,
    "\n",
    label("lead", item.lead_org),
    label("organisations", list(found.organisations, "org")),
    label("leader", item.leader),
    label("people", list(found.people, "person")),
    label("deadline", deadlineOf(item)),
    label("status", item.status),
    label("progress", marked(item.progress, "progress")),
    found.milestones.length > 0 ? `${t("cli.show.milestones")}\n` : "",
    ...found.milestones.map(row => `  ${row.due}  ${marked(row.text, "milestone", row.due)}\n`),
    ...found.notes.map(row => `${t("cli.show.note", { name: String(row.name), text: String(row.text) })}\n`),
    "\n",
    measures.length === 0 ? `${t("cli.show.noMeasures")}\n` : measureTable(measures, t),
  ];
  if (found.links.length > 0) out.push("\n");
  for (const row of found.links)
    out.push(`${t(`cli.show.${row.direction}`)}${row.other_item_id}（${row.score}：${row.reason}）\n`);
  if (found.corrections.length > 0) {
    out.push(`\n${t("cli.show.corrections")}\n`);
    for (const row of found.corrections)
      out.push(
        `  ${row.measure_id ?? item.item_id} ${row.field}: ${row.original ?? "—"} → ${row.corrected}（${row.reason}；${row.source}；${row.corrected_by}，${row.corrected_on}）\n`,
      );
  }
  return out.join("");
}

/** `page 3, table 1, row 4` in the reader's language. */
function placeIn(reference: string, { lang }: Context): string {
  const steps = reference.matchAll(/(sheet|page|table|row|column|line) ([^,]+)/g);
  return describeSourcePlace(Object.fromEntries([...steps].map(([, step, n]) => [step, n])), lang);
}

/** A term that is no date (长期坚持) is shown as printed; one without printed words comes from a correction. */
function deadlineOf({ deadline, deadline_text }: Row): string | null {
  if (deadline === null) return deadline_text === null ? null : String(deadline_text);
  return deadline_text === null ? String(deadline) : `${deadline}（${deadline_text}）`;
}

function measureTable(measures: readonly Row[], t: Context["t"]): string {
  const head = ["seq", "value", "unit", "role", "indicator", "quote"].map(name => t(`cli.show.columns.${name}`));
  const rows = measures.map(row => [
    String(row.ord),
    `${row.comparator === "=" ? "" : row.comparator}${row.value}${row.value_high === null ? "" : `–${row.value_high}`}${row.corrected ? "*" : ""}`,
    String(row.unit),
    t(`cli.indicators.roles.${row.role}`),
    row.indicator === null ? "—" : `${row.indicator}（${row.basis_name}）`,
    `“${row.quote}”`,
  ]);
  return alignColumns(head, rows, [true, true, false, false, false, false]);
}

/** The text with each quantity marked: in colour on a terminal, else in 【】. */
function markSpans(text: string, measures: readonly Row[], colours: boolean): string {
  const [open, close] = colours ? ["\x1b[1;33m", "\x1b[0m"] : ["【", "】"];
  const spans = measures.map(row => [Number(row.span_start), Number(row.span_end)] as const).sort(([a], [b]) => a - b);
  let out = "";
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at) continue;
    out += `${text.slice(at, start)}${open}${text.slice(start, end)}${close}`;
    at = end;
  }
  return out + text.slice(at);
}
