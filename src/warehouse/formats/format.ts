/** The forms a result can be written in. */
export const RESULT_FORMATS = ["markdown", "csv", "tsv", "json", "ndjson", "arrow", "parquet", "xlsx"] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** What programs read, not people: it must not go to a terminal. */
export const BINARY_FORMATS: readonly ResultFormat[] = ["arrow", "parquet", "xlsx"];

/** File endings that mean a format; each format's own name does as well. */
const ENDINGS: Readonly<Record<string, ResultFormat>> = {
  md: "markdown",
  txt: "tsv",
  jsonl: "ndjson",
  feather: "arrow",
  ipc: "arrow",
  pq: "parquet",
};

/** All endings that mean a format. */
export const FORMAT_ENDINGS: readonly string[] = [
  ...RESULT_FORMATS.filter(format => format !== "markdown"),
  ...Object.keys(ENDINGS),
];

/** `answer.csv` wants csv; undefined for an ending that means none. */
export function formatOfFile(name: string): ResultFormat | undefined {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return RESULT_FORMATS.find(format => format === ending) ?? ENDINGS[ending];
}
