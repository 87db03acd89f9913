import type { Table } from "apache-arrow";
import type { ChartForm } from "../../charts/forms.ts";
import type { Context } from "../command.ts";

/** What a picture can be written as. */
export const PICTURE_FORMATS = ["svg", "png"] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/**
 * A result as a picture in a form that suits it.
 *
 * @param title of the query, if it has one
 * @returns the picture, and what it leaves out in sentences
 * @throws Failure those of defaultChart(), renderChart(), openPrinter() and Printer.picture()
 */
export async function drawnResult(
  table: Table,
  format: PictureFormat,
  { form, title }: { form: ChartForm | undefined; title: string | undefined },
  context: Context,
): Promise<{ picture: string | Uint8Array; notes: string[] }> {
  const { startDrawing, renderChart } = await import("../../charts/render.ts");
  startDrawing();
  const { defaultChart } = await import("../../charts/default-form.ts");
  const { toChartData } = await import("../../charts/columns.ts");
  const { t, lang } = context;
  const data = toChartData(table);
  const { spec, combined, axis, measures, series, left } = defaultChart(RESULT, data, form);
  const { Table, Utf8, vectorFromArray } = await import("apache-arrow");
  const texts = combined.map(({ name, of }) => {
    const values = data.rows.map(row => of.map(column => row[column] ?? "").join(" "));
    return [name, vectorFromArray(values, new Utf8())] as const;
  });
  const whole = texts.length === 0 ? table : table.assign(new Table(Object.fromEntries(texts)));
  const list = (columns: readonly string[]) => columns.join(t("words.listComma"));
  const description = t(series === null ? "cli.chart.description" : "cli.chart.descriptionSeries", {
    measures: list(measures),
    axis,
    series: series ?? "",
    n: table.numRows,
  });
  const { svg } = await renderChart(spec, new Map<string, Table>([[RESULT, whole]]), {
    description,
    ...(title === undefined ? {} : { title }),
    lang: lang === "zh" ? "zh-CN" : "en",
  });
  const notes = left.length === 0 ? [] : [t("cli.chart.left", { columns: list(left) })];
  if (format === "svg") return { picture: `${svg}\n`, notes };
  const { openPrinter } = await import("../../report/pdf.ts");
  const printer = await openPrinter({ env: context.env });
  try {
    return { picture: await printer.picture(svg), notes };
  } finally {
    await printer.close();
  }
}

/** The table's name in the spec. */
const RESULT = "result";
