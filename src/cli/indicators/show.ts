import { Failure } from "../../failure.ts";
import { type Catalogue, loadCatalogue } from "../../measures/catalogue.ts";
import type { Indicator } from "../../model.ts";
import { nearest } from "../../nearest.ts";
import { type Cell, readRows } from "../../warehouse/cell.ts";
import { rowAsJson } from "../../warehouse/row-text.ts";
import { alignColumns } from "../columns.ts";
import type { Context } from "../command.ts";
import { openContextWarehouse } from "../warehouse.ts";
import { ruleInWords } from "./rule-words.ts";

type Row = Record<string, Cell>;

/**
 * Prints one indicator: its bases and with what they may be compared, its values over the years, its rules in words.
 * @throws Failure `indicator-unknown`
 */
export async function showIndicator(id: string, context: Context): Promise<void> {
  const catalogue = loadCatalogue(context.workspace);
  const indicator = catalogue.indicators.find(({ indicatorId }) => indicatorId === id);
  if (!indicator) {
    const ids = catalogue.indicators.map(({ indicatorId }) => indicatorId);
    throw new Failure("indicator-unknown", { id, hint: nearest(id, ids) });
  }
  const warehouse = await openContextWarehouse(context);
  try {
    const values = readRows(
      await warehouse.query(
        `SELECT region, year, role, due, comparator, value, value_high, unit, basis, basis_name, obs_status, note, item_id, quote
           FROM observations WHERE indicator_id = $id ORDER BY region, year, role, due NULLS FIRST, item_id, ord`,
        { id },
      ),
    );
    context.stdout.write(
      context.json ? asJson(indicator, values, catalogue, context) : describe(indicator, values, catalogue, context),
    );
  } finally {
    warehouse.close();
  }
}

function describe(indicator: Indicator, values: readonly Row[], catalogue: Catalogue, context: Context): string {
  const { t } = context;
  const { indicatorId, name, nameEn, unit, theme, direction, definition, bases } = indicator;
  const nameOf = (basis: string) => bases.find(other => other.basis === basis)!.name;
  const out = [
    `${indicatorId}  ${name} / ${nameEn}\n`,
    `${t("cli.indicators.facts", { unit, theme, direction: t(`cli.indicators.directions.${direction}`) })}\n`,
    `${definition}\n`,
    `\n${t("cli.indicators.bases")}\n`,
    ...bases.flatMap(({ basis, kind, name, additive, relations }) => [
      `  ${basis}  ${name}  ${t(`cli.indicators.kinds.${kind}`)}${additive ? t("cli.indicators.additive") : ""}\n`,
      ...relations.map(({ basis: other, verdict, note }) => {
        const params = { basis: other, name: nameOf(other), note };
        return `    ${t(`cli.indicators.verdicts.${verdict}`, params)}\n`;
      }),
      ...(relations.length === 0 && bases.length > 1 ? [`    ${t("cli.indicators.comparableNone")}\n`] : []),
    ]),
    `\n${t("cli.indicators.values")}\n`,
    values.length === 0 ? `  ${t("cli.indicators.noValues")}\n` : valueTable(values, t),
    `\n${t("cli.indicators.rules")}\n`,
    ...catalogue.rules
      .filter(rule => rule.indicatorId === indicatorId)
      .map((rule, index) => `  ${index + 1}. ${rule.basis}: ${ruleInWords(rule, t)}\n`),
  ];
  return out.join("");
}

function valueTable(values: readonly Row[], t: Context["t"]): string {
  const names = ["region", "year", "role", "value", "unit", "basis", "item", "note"];
  const rows = values.map(row => [
    String(row.region),
    String(row.year),
    t(`cli.indicators.roles.${row.role}`) + (row.due === null ? "" : ` ${row.due}`),
    `${row.comparator === "=" ? "" : row.comparator}${row.value}${row.value_high === null ? "" : `–${row.value_high}`}`,
    String(row.unit),
    String(row.basis_name),
    String(row.item_id),
    row.note === null ? "" : String(row.note),
  ]);
  const numeric = [false, true, false, true, false, false, false, false];
  return alignColumns(
    names.map(name => t(`cli.indicators.valueColumns.${name}`)),
    rows,
    numeric,
  );
}

/** Numbers with all their digits, as in every JSON of ours. */
function asJson(indicator: Indicator, values: readonly Row[], catalogue: Catalogue, { t }: Context): string {
  const { indicatorId, name, nameEn, unit, direction, theme, definition, bases } = indicator;
  const facts = { indicator_id: indicatorId, name, name_en: nameEn, unit, direction, theme, definition, bases };
  const rules = catalogue.rules
    .filter(rule => rule.indicatorId === indicatorId)
    .map(rule => ({ basis: rule.basis, words: ruleInWords(rule, t) }));
  const rows = values.map(row => rowAsJson(Object.entries(row))).join(", ");
  return `{"indicator": ${JSON.stringify(facts)}, "rules": ${JSON.stringify(rules)}, "values": [${rows}]}\n`;
}
