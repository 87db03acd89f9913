/** The floor under an export: DuckDB's own COPY. Arguments: the warehouse, the query, the format, the file. */
import { DuckDBInstance } from "@duckdb/node-api";

const [database, sql, format, file] = process.argv.slice(2) as [string, string, string, string];
const instance = await DuckDBInstance.create(database, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
const name = format === "ndjson" ? "json" : format;
await connection.run(`COPY (${sql}) TO '${file}' (FORMAT ${name}${name === "parquet" ? ", COMPRESSION zstd" : ""})`);
