import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, rmSync, statSync } from "node:fs";
import { copyFile, mkdir, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FailurePlace } from "../../failure.ts";
import type { ChunkSource } from "../arrow.ts";
import type { Parameter, Warehouse } from "../connection.ts";
import { withTemporary } from "../temporary.ts";
import type { ResultFormat } from "./format.ts";
import { counted, firstRows } from "./rows.ts";

/** A query whose rows are to be written. */
export interface Query {
  sql: string;
  parameters?: Readonly<Record<string, Parameter>>;
  /** Of the first line of the SQL in a file of the user's. */
  place?: FailurePlace;
}

export interface WriteOptions {
  /** No more rows than these. */
  limit?: number | undefined;
  /** Told how many rows have been written so far; not of Parquet, which DuckDB writes. */
  onRows?: ((rows: number) => void) | undefined;
}

/**
 * The rows of a query in a format, piece by piece as they come: whatever the number of rows, memory does not grow.
 *
 * @throws Failure as Warehouse.stream() does, and those of the format
 */
export async function* writtenResult(
  warehouse: Warehouse,
  query: Query,
  format: ResultFormat,
  options: WriteOptions = {},
): AsyncGenerator<string | Uint8Array> {
  if (format === "parquet") {
    const file = await parquetFile(warehouse, query, options);
    try {
      yield* createReadStream(file) as AsyncIterable<Uint8Array>;
    } finally {
      rmSync(file, { force: true });
    }
    return;
  }
  const stream = await warehouse.stream(query.sql, query.parameters, query.place);
  yield* written(limited(stream, options), format);
}

/**
 * Writes the rows of a query into a file, whole or not at all.
 *
 * @param path absolute; its folder is made
 * @throws Failure as writtenResult() does
 */
export async function writeResultFile(
  warehouse: Warehouse,
  query: Query,
  format: ResultFormat,
  path: string,
  options: WriteOptions = {},
): Promise<void> {
  await writeWhole(path, async unfinished => {
    if (format === "parquet") await move(await parquetFile(warehouse, query, options), unfinished);
    else
      await pipeline(
        Readable.from(inLargerPieces(writtenResult(warehouse, query, format, options))),
        createWriteStream(unfinished),
      );
  });
}

/**
 * Writes a file under another name beside its place and renames it when it is done: neither a failure nor Ctrl-C leaves
 * half of it, and a reader sees the old file or the new one. What a link points to is replaced, not the link; a device or
 * a pipe (/dev/stdout) is written into, for it must not be replaced.
 */
export async function writeWhole(path: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (isDeviceOrPipe(path)) return write(path);
  const target = existsSync(path) ? await realpath(path) : path;
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}-${randomUUID().slice(0, 8)}.part`);
  await withTemporary([unfinished], async () => {
    await write(unfinished);
    await rename(unfinished, target);
  });
}

function isDeviceOrPipe(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

async function parquetFile(warehouse: Warehouse, query: Query, { limit }: WriteOptions): Promise<string> {
  return warehouse.writeParquet(query.sql, query.parameters, query.place, limit);
}

/** Across disks a file cannot be renamed, nor into a pipe. */
async function move(from: string, to: string): Promise<void> {
  if (isDeviceOrPipe(to)) {
    await pipeline(createReadStream(from), createWriteStream(to));
    return rm(from);
  }
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await copyFile(from, to);
    await rm(from);
  }
}

function limited(result: ChunkSource, { limit, onRows }: WriteOptions): ChunkSource {
  const first = limit === undefined ? result : firstRows(result, limit);
  return onRows === undefined ? first : counted(first, onRows);
}

/** Characters or bytes that are worth a call of the system. */
const PIECE = 1 << 19;

/** The same text or bytes in fewer pieces: a chunk of a narrow table is short. */
export async function* inLargerPieces(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let text = "";
  for await (const piece of pieces) {
    if (typeof piece !== "string") {
      if (text !== "") yield text;
      text = "";
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < PIECE) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

/** Each format is loaded when it is asked for. */
async function* written(
  result: ChunkSource,
  format: Exclude<ResultFormat, "parquet">,
): AsyncGenerator<string | Uint8Array> {
  switch (format) {
    case "csv":
    case "tsv": {
      const { delimited } = await import("./delimited.ts");
      return yield* delimited(result, format === "csv" ? "," : "\t");
    }
    case "json":
      return yield* (await import("./json.ts")).json(result);
    case "ndjson":
      return yield* (await import("./json.ts")).ndjson(result);
    case "markdown":
      return yield* (await import("./markdown.ts")).markdown(result);
    case "arrow":
      return yield* (await import("./arrow-file.ts")).arrowFile(result);
    case "xlsx":
      return yield* (await import("./xlsx.ts")).xlsx([{ name: "Sheet1", result }]);
    default:
      return format satisfies never;
  }
}
