import { join } from "node:path";
import { writeCsv } from "./csv.ts";
import type { Exporter } from "./export.ts";

/** The dataflow that the observations are of. Another set of dimensions is another major version. */
const DATAFLOW = "MINSHENG:OBSERVATIONS(1.0.0)";

/**
 * The observations as an SDMX-CSV 2.0 data message (sdmx-twg/sdmx-csv, field guide). Columns stand as the message wants
 * them: structure, action, dimensions, measures, attributes.
 *
 * Figures of several bases and roles, parts of one total and steps of one plan are observations of the same area, year
 * and indicator, so BASIS, ROLE and STATEMENT (the measure, which leads back to document and item) are dimensions, too:
 * together they name each observation once. The action R puts an observation in the place of one of the same key, which
 * versions 2.0 and 2.1 both have.
 */
const COLUMNS: readonly (readonly [name: string, sql: string])[] = [
  ["STRUCTURE", "'dataflow'"],
  ["STRUCTURE_ID", `'${DATAFLOW}'`],
  ["ACTION", "'R'"],
  ["FREQ", "'A'"],
  ["REF_AREA", "region_code"],
  ["INDICATOR", "indicator_id"],
  ["BASIS", "basis"],
  ["ROLE", "upper(role)"],
  ["STATEMENT", "measure_id"],
  ["TIME_PERIOD", "year"],
  ["OBS_VALUE", "value"],
  ["OBS_VALUE_HIGH", "value_high"],
  ["UNIT_MEASURE", "unit"],
  ["COMPARATOR", "comparator"],
  ["IS_EACH", "is_each"],
  ["OBS_STATUS", "obs_status"],
  ["AS_OF", "as_of"],
  ["DUE", "due"],
  ["DOCUMENT", "document_id"],
  ["SUBJECT", "subject"],
  ["QUOTE", "quote"],
  ["COMMENT", "note"],
];

/** The columns that name an observation. */
export const DIMENSIONS: readonly string[] = [
  "FREQ",
  "REF_AREA",
  "INDICATOR",
  "BASIS",
  "ROLE",
  "STATEMENT",
  "TIME_PERIOD",
];

export const sdmx: Exporter = {
  choose: tables => tables.filter(({ name }) => name === "observations"),
  async write({ name }, from, snapshot, folder) {
    const rows = Number(await snapshot.value(`SELECT count(*) FROM ${from}`));
    const columns = COLUMNS.map(([column, sql]) => `${sql} AS ${column}`).join(", ");
    const result = await snapshot.stream(`SELECT ${columns} FROM ${from} ORDER BY ${DIMENSIONS.join(", ")}`);
    // No byte order mark: the message is for programs, and its first field is STRUCTURE.
    await writeCsv(join(folder, `${name}.csv`), result, "");
    return { rows };
  },
};
