/** The floor under `minsheng query "SELECT 1"`: the database library alone. Argument: the warehouse. */
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(process.argv[2]!, { access_mode: "READ_ONLY" });
const connection = await instance.connect();
console.log((await connection.runAndReadAll("SELECT 1 AS a")).getRowObjectsJson());
