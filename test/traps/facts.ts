import { afterAll, beforeAll } from "vitest";
import { type RealWarehouse, realWarehouse, type TextRow } from "../questions/real-warehouse.ts";

/** Short ways to ask the five documents; `J23#12` is item 12 of Jiangmen's document of 2023. */
export interface Facts {
  rows: RealWarehouse["rows"];
  ask: RealWarehouse["ask"];
  /** Figures of an item with an indicator: `target >=20000批次 supervisory`; milestones begin with their date. */
  observed(item: string, indicator?: string): Promise<string[]>;
  /** All measures of an item's text: `各42400例` where each, `3-5人` for a range. */
  measured(item: string, context?: "task" | "milestone" | "progress"): Promise<string[]>;
  /** What is said of two years of an indicator of Jiangmen. */
  compared(indicator: string, earlier: number, later: number): Promise<TextRow | undefined>;
  /** Completions of an item: subject to `actual/target unit, rate, reached`. */
  completed(item: string): Promise<Record<string, string>>;
}

/** The facts of the real documents, there while the tests of a file run. */
export function realFacts(): Facts {
  let real: RealWarehouse;
  beforeAll(async () => {
    real = await realWarehouse();
  }, 60_000);
  afterAll(() => real.close());

  const rows: Facts["rows"] = (...args) => real.rows(...args);
  return {
    rows,
    ask: (...args) => real.ask(...args),
    async observed(item, indicator) {
      const found = await rows(
        `SELECT concat_ws(' ', due, role, CASE WHEN is_each THEN '各' ELSE '' END || comparator || plain_number(value) || unit, basis) AS text
           FROM observations WHERE item_id = $item AND ($indicator IS NULL OR indicator_id = $indicator) ORDER BY ord, indicator_id`,
        { item: itemId(item), indicator: indicator ?? null },
      );
      return found.map(({ text }) => text!);
    },
    async measured(item, context = "task") {
      const found = await rows(
        `SELECT CASE WHEN is_each THEN '各' ELSE '' END || nullif(comparator, '=') || plain_number(value) || coalesce('-' || plain_number(value_high), '') || unit AS marked,
                CASE WHEN is_each THEN '各' ELSE '' END || plain_number(value) || coalesce('-' || plain_number(value_high), '') || unit AS plain
           FROM measures WHERE item_id = $item AND context = $context ORDER BY ord`,
        { item: itemId(item), context },
      );
      return found.map(({ marked, plain }) => (marked ?? plain)!);
    },
    async compared(indicator, earlier, later) {
      const [row] = await rows(
        `SELECT * FROM comparisons WHERE region = '江门市' AND role = 'target' AND indicator_id = $indicator
            AND earlier_year = $earlier AND later_year = $later`,
        { indicator, earlier, later },
      );
      return row;
    },
    async completed(item) {
      const found = await rows(
        `SELECT subject, plain_number(actual_value) || '/' || plain_number(target_value) || actual_unit AS told,
                round(completion * 100, 1)::DECIMAL(8, 1)::VARCHAR AS percent, is_reached
           FROM completions WHERE item_id = $item AND verdict = 'comparable' ORDER BY subject`,
        { item: itemId(item) },
      );
      return Object.fromEntries(
        found.map(({ subject, told, percent, is_reached }) => [
          subject!,
          [told, percent && `${percent}%`, is_reached === "true" ? "reached" : "not reached"]
            .filter(Boolean)
            .join(", "),
        ]),
      );
    },
  };
}

/** `J23#12` is `jiangmen-2023/12`. */
export function itemId(short: string): string {
  const [, place, year, seq] = /^([JK])(\d\d)#(\d+)$/.exec(short)!;
  return `${place === "J" ? "jiangmen" : "kaiping"}-20${year}/${seq}`;
}
