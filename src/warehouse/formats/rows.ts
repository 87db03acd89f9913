import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { ChunkSource } from "../arrow.ts";

/** The chunks of a result, one after the other, until its end. DuckDB makes the next while one is worked on. */
export async function* chunksOf(result: ChunkSource): AsyncGenerator<DuckDBDataChunk> {
  const fetch = () => {
    const chunk = result.fetchChunk();
    // Its failure is told when it is its turn, which may be a while.
    chunk.catch(() => {});
    return chunk;
  };
  let next = fetch();
  try {
    for (;;) {
      const chunk = await next;
      if (!chunk || chunk.rowCount === 0) return;
      next = fetch();
      yield chunk;
    }
  } finally {
    // Whoever stops early may close the database.
    await next.catch(() => {});
  }
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
