import type { DuckDBResult, DuckDBType } from "@duckdb/node-api";
import { Field, makeData, RecordBatch, Schema, Struct, Table } from "apache-arrow";
import { columnWriter } from "./arrow-columns.ts";
import type { ColumnWriter } from "./arrow-writers.ts";

/** Key of a field's metadata under which the DuckDB type stands, e.g. `DECIMAL(24,6)`. */
export const DUCKDB_TYPE = "duckdb.type";

/** What is read of a result: DuckDB's own, or a stream of its chunks. */
export type ChunkSource = Pick<DuckDBResult, "deduplicatedColumnNames" | "columnTypes" | "fetchChunk">;

/**
 * The result of a query as an Arrow table, made column by column from DuckDB's chunks. Types are kept: DECIMAL as
 * Decimal128, HUGEINT as Decimal128 of scale 0, dates and timestamps without a shift of zone, lists, arrays, structs and
 * maps as such. What Arrow has no type for (INTERVAL, UUID, UHUGEINT, UNION, …) becomes text as DuckDB prints it, its
 * DuckDB type in the metadata.
 *
 * @param result of a run or a stream; it is read to its end
 */
export async function toArrow(result: ChunkSource): Promise<Table> {
  for await (const batch of recordBatches(result, Number.POSITIVE_INFINITY)) return new Table(batch);
  throw new Error("a result has at least one batch");
}

/**
 * The same in batches of at least `rows` rows, but for the last; one batch, empty, for a result without rows.
 *
 * @param result of a run or a stream; as much of it is read as batches are asked for
 */
export async function* recordBatches(result: ChunkSource, rows: number): AsyncGenerator<RecordBatch> {
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes();
  for (let first = true, more = true; more; first = false) {
    const writers = types.map(columnWriter);
    let length = 0;
    while (more && length < rows) {
      const chunk = await result.fetchChunk();
      more = chunk !== null && chunk.rowCount > 0;
      if (!chunk || !more) break;
      for (const [index, writer] of writers.entries()) writer.append(chunk.getColumnVector(index), chunk.rowCount);
      length += chunk.rowCount;
    }
    if (length > 0 || first) yield recordBatch(names, types, writers);
  }
}

function recordBatch(
  names: readonly string[],
  types: readonly DuckDBType[],
  writers: readonly ColumnWriter[],
): RecordBatch {
  const vectors = writers.map(writer => writer.finish());
  const fields = names.map((name, index) => {
    const metadata = new Map([[DUCKDB_TYPE, types[index]!.toString()]]);
    return new Field(name, vectors[index]!.type, true, metadata);
  });
  const data = makeData({
    type: new Struct(fields),
    length: vectors[0]?.length ?? 0,
    nullCount: 0,
    children: vectors.map(vector => vector.data[0]!),
  });
  return new RecordBatch(new Schema(fields), data);
}
