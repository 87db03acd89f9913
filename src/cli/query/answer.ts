import { resolve } from "node:path";
import type { ChartForm } from "../../charts/forms.ts";
import { pathFrom } from "../../messages/describe.ts";
import type { Warehouse } from "../../warehouse/connection.ts";
import { BINARY_FORMATS, FORMAT_ENDINGS, formatOfFile, type ResultFormat } from "../../warehouse/formats/format.ts";
import { writeResultFile, writtenResult } from "../../warehouse/formats/write.ts";
import type { Context } from "../command.ts";
import { writeOutput, writeTo } from "../output.ts";
import { UsageError } from "../usage.ts";
import { withinLimits } from "../within-limits.ts";
import { PICTURE_FORMATS, type PictureFormat } from "./chart.ts";
import type { Request } from "./request.ts";

/** How an answer is to be given. */
export interface AnswerOptions {
  format: "table" | ResultFormat | PictureFormat;
  /** Of a picture; undefined for the form that suits. */
  form?: ChartForm | undefined;
  /** A file; else to stdout. */
  output?: string | undefined;
  limit?: number | undefined;
  /** Seconds; 0 for no end. */
  timeout: number;
}

/**
 * The format of an answer: the one that is asked for, else the one of the file's name.
 *
 * @param chart a picture is asked for
 * @throws UsageError `chart-format`, `output-format` for an ending that means none, `terminal-binary`
 */
export function chosenFormat(
  { format, output, chart }: { format?: string | undefined; output?: string | undefined; chart: boolean },
  context: Context,
): AnswerOptions["format"] {
  const ending = output === undefined ? undefined : /\.(\w+)$/.exec(output)?.[1]?.toLowerCase();
  const picture = PICTURE_FORMATS.find(known => known === (format ?? ending));
  if (chart && !picture && (format !== undefined || output !== undefined))
    throw new UsageError("chart-format", { output: format ?? output!, known: PICTURE_FORMATS.join(", ") });
  const ofFile = output === undefined ? undefined : formatOfFile(output);
  // A table in `answer.xls` would be a file that no program opens; a name without an ending promises nothing.
  if (ending !== undefined && format === undefined && !picture && !chart && !ofFile && !context.json)
    throw new UsageError("output-format", {
      output: output!,
      known: [...FORMAT_ENDINGS, ...PICTURE_FORMATS].join(", "),
    });
  const chosen =
    picture ??
    (chart ? "svg" : ((format as ResultFormat | "table" | undefined) ?? ofFile)) ??
    (context.json ? "json" : "table");
  const isBinary = chosen === "png" || BINARY_FORMATS.includes(chosen as ResultFormat);
  if (isBinary && output === undefined && context.stdout.isTTY)
    throw new UsageError("terminal-binary", { format: chosen });
  return chosen;
}

/** Runs a query and gives its answer. Notes and where it was written go to stderr. */
export async function answer(
  request: Request,
  options: AnswerOptions,
  warehouse: Warehouse,
  context: Context,
): Promise<void> {
  const { format, output, limit, timeout } = options;
  let rows = 0;
  const limits = { timeout, rows: () => rows };
  const notes = await withinLimits(warehouse, context, limits, async () => {
    if (format === "table") return table(request, options, warehouse, context);
    if (format === "svg" || format === "png") return picture(request, { ...options, format }, warehouse, context);
    const onRows = (more: number) => {
      rows += more;
    };
    if (output === undefined)
      await writeTo(context.stdout, writtenResult(warehouse, request, format, { limit, onRows }));
    else await writeResultFile(warehouse, request, format, resolve(context.cwd, output), { limit, onRows });
    return [];
  });
  if (output !== undefined)
    context.stderr.write(
      `${context.t("cli.written", { path: pathFrom(context.cwd, resolve(context.cwd, output)) })}\n`,
    );
  for (const note of notes) context.stderr.write(`${note}\n`);
}

async function table(
  request: Request,
  { output, limit }: AnswerOptions,
  warehouse: Warehouse,
  context: Context,
): Promise<string[]> {
  const { shownTable } = await import("./table.ts");
  const stream = await warehouse.stream(request.sql, request.parameters, request.place);
  const { text, notes } = await shownTable(stream, limit, output === undefined ? context.stdout : {}, context);
  await given(text, output, context);
  return notes;
}

async function picture(
  request: Request,
  { format, form, output, limit }: AnswerOptions & { format: PictureFormat },
  warehouse: Warehouse,
  context: Context,
): Promise<string[]> {
  const { drawnResult } = await import("./chart.ts");
  const whole = await warehouse.query(request.sql, request.parameters, request.place);
  const table = limit === undefined ? whole : whole.slice(0, limit);
  const drawn = await drawnResult(table, format, { form, title: request.title }, context);
  await given(drawn.picture, output, context);
  return drawn.notes;
}

async function given(data: string | Uint8Array, output: string | undefined, context: Context): Promise<void> {
  if (output !== undefined) await writeOutput(output, data, context);
  else
    await writeTo(
      context.stdout,
      (async function* () {
        yield data;
      })(),
    );
}
