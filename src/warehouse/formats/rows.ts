import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { ChunkSource } from "../arrow.ts";

/** The chunks of a result, one after the other, until its end. */
export async function* chunksOf(result: ChunkSource): AsyncGenerator<DuckDBDataChunk> {
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield chunk;
}

/** The first rows of a result; what follows is not asked for. */
export function firstRows(result: ChunkSource, limit: number): ChunkSource {
  let left = limit;
  return {
    deduplicatedColumnNames: () => result.deduplicatedColumnNames(),
    columnTypes: () => result.columnTypes(),
    async fetchChunk() {
      if (left === 0) return null;
      const chunk = await result.fetchChunk();
      if (!chunk) return null;
      const rows = Math.min(left, chunk.rowCount);
      left -= rows;
      return rows === chunk.rowCount ? chunk : head(chunk, rows);
    },
  };
}

/** A chunk with fewer rows; its vectors are those of the whole one, of which only the first items are read. */
function head(chunk: DuckDBDataChunk, rows: number): DuckDBDataChunk {
  const shorter = { rowCount: rows, getColumnVector: (index: number) => chunk.getColumnVector(index) };
  return shorter as unknown as DuckDBDataChunk;
}

/** The same result, each chunk's rows told as they pass. */
export function counted(result: ChunkSource, onRows: (rows: number) => void): ChunkSource {
  return {
    deduplicatedColumnNames: () => result.deduplicatedColumnNames(),
    columnTypes: () => result.columnTypes(),
    async fetchChunk() {
      const chunk = await result.fetchChunk();
      if (chunk) onRows(chunk.rowCount);
      return chunk;
    },
  };
}
