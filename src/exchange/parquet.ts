import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { quoteText } from "../warehouse/sql-text.ts";
import { type Exporter, orderOf, tablesAndViews } from "./export.ts";

/**
 * Parquet files: `tables/measures/region=…/year=2025/data_0.parquet` for what has region and year, as Hive lays
 * partitions out, else `tables/indicators.parquet`. Each file has all columns, those of its partition too: so it can be
 * read alone, and no name of a region has to survive being a folder's.
 */
export const parquet: Exporter = {
  choose: tablesAndViews,
  async write(table, from, snapshot, folder) {
    const { name, kind, columns } = table;
    const home = join(folder, kind === "table" ? "tables" : "views");
    mkdirSync(home, { recursive: true });
    const rows = Number(await snapshot.value(`SELECT count(*) FROM ${from}`));
    const partitioned = ["region", "year"].every(part => columns.some(column => column.name === part));
    // Of no rows there are no partitions, and yet somebody may ask for the columns.
    const [target, partition] =
      partitioned && rows > 0
        ? [join(home, name), ", PARTITION_BY (region, year), WRITE_PARTITION_COLUMNS true"]
        : [join(home, `${name}.parquet`), ""];
    await snapshot.run(
      `COPY (FROM ${from} ORDER BY ${orderOf(table)}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION zstd${partition})`,
    );
    return { rows };
  },
};
