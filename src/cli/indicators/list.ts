import { Failure } from "../../failure.ts";
import { loadCatalogue } from "../../measures/catalogue.ts";
import type { Indicator } from "../../model.ts";
import { nearest } from "../../nearest.ts";
import { alignColumns } from "../columns.ts";
import type { Context } from "../command.ts";

export interface Filter {
  /** Blanks between several: each must stand in id, names, definition or a basis. */
  words: string | undefined;
  theme: string | undefined;
}

/** Prints the catalogue, a line for each basis, in the order of the file. */
export function listIndicators(filter: Filter, context: Context): void {
  const { indicators } = loadCatalogue(context.workspace);
  const themes = [...new Set(indicators.map(({ theme }) => theme))];
  if (filter.theme !== undefined && !themes.includes(filter.theme))
    throw new Failure("indicator-theme-unknown", {
      theme: filter.theme,
      known: themes.join("、"),
      hint: nearest(filter.theme, themes),
    });
  const found = indicators.filter(indicator => fits(indicator, filter));
  context.stdout.write(context.json ? `${JSON.stringify(found.map(asData))}\n` : table(found, context));
}

function fits(indicator: Indicator, { words, theme }: Filter): boolean {
  if (theme !== undefined && indicator.theme !== theme) return false;
  const { indicatorId, name, nameEn, definition, unit, bases } = indicator;
  const text = [indicatorId, name, nameEn, definition, unit, ...bases.map(basis => basis.name)]
    .join("\n")
    .toLowerCase();
  return (words ?? "").split(/\s+/).every(word => text.includes(word.toLowerCase()));
}

/** Field names are those of the tables indicators and indicator_bases. */
function asData({ indicatorId, name, nameEn, unit, direction, theme, definition, bases }: Indicator): object {
  return {
    indicator_id: indicatorId,
    name,
    name_en: nameEn,
    unit,
    direction,
    theme,
    definition,
    bases: bases.map(({ basis, kind, name, additive, relations }) => ({
      basis,
      kind,
      name,
      additive,
      comparable_with: relations.map(({ basis, verdict, note }) => ({ basis, verdict, note })),
    })),
  };
}

function table(indicators: readonly Indicator[], { t, lang }: Context): string {
  const head = ["id", "name", "unit", "theme", "basis", "comparable"].map(name => t(`cli.indicators.columns.${name}`));
  const rows = indicators.flatMap(indicator =>
    indicator.bases.map((basis, index) => {
      const { indicatorId, name, nameEn, unit, theme } = indicator;
      const own = index === 0 ? [indicatorId, lang === "en" ? nameEn : name, unit, theme] : ["", "", "", ""];
      const others = basis.relations.map(relation => relation.basis).join("、");
      return [...own, `${basis.basis} ${basis.name}`, others || "—"];
    }),
  );
  const count = t("cli.indicators.count", { n: indicators.length });
  return `${alignColumns(head, rows, [])}${count}\n`;
}
