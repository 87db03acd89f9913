import { randomUUID } from "node:crypto";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { Failure } from "../failure.ts";

/** How much of the machine a query may take. */
export interface Limits {
  /** Bytes that DuckDB may hold; beyond it spills. */
  memory: number;
  /** Bytes that it may spill. */
  temporary: number;
  threads: number;
  /** Rows and bytes of an answer that is taken as a whole, for a page; what is streamed has none. */
  answerRows: number;
  answerBytes: number;
}

const MB = 2 ** 20;
const GB = 2 ** 30;

const DEFAULT_LIMITS: Omit<Limits, "threads"> = {
  memory: Math.min(4 * GB, Math.floor(totalmem() / 2)),
  temporary: 8 * GB,
  answerRows: 1_000_000,
  answerBytes: 256 * MB,
};

/**
 * DuckDB shares out work by 122,880 rows, and a warehouse of this size has hardly a table of so many. There a
 * second thread finds nothing to do and costs half as much again, for its views are many short steps.
 */
const SMALL = 32 * MB;

/** @param access with files of the user's, of any size, in reach of a query or not */
function threadsFor(path: string, { folders = [], trusted = false }: Access): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size < SMALL && folders.length === 0 && !trusted ? 1 : Math.min(4, availableParallelism());
}

/** What the SQL run on a warehouse may reach. */
export interface Access {
  limits?: Partial<Limits>;
  /** Folders whose files queries may read. None may be written: only statements that read are let through. */
  folders?: readonly string[];
  /**
   * The owner's own session: files, network, extensions, settings and all statements. The warehouse is still open for
   * reading only.
   */
  trusted?: boolean;
}

export interface Sandbox {
  instance: DuckDBInstance;
  connection: DuckDBConnection;
  limits: Limits;
  /** A folder of this process alone that DuckDB spills to; it need not exist yet. */
  scratch: string;
}

/**
 * Opens a database for reading, with all locks on it. Each is read back: a DuckDB that does not know one of them, or
 * leaves it open, is not used.
 *
 * Two folders and files stay open to DuckDB behind these locks, whatever is set: where it spills, and the database file
 * itself with its log. That is why statements are checked as well (statements.ts).
 *
 * @param path of the database file
 * @throws Failure `warehouse-unreadable`, `sandbox-open`, `folder-expected`
 */
export async function openSandbox(path: string, access: Access): Promise<Sandbox> {
  const limits = { ...DEFAULT_LIMITS, threads: threadsFor(path, access), ...access.limits };
  const scratch = scratchFolder(path);
  const folders = (access.folders ?? []).flatMap(realFolder);
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.create(path, {
      access_mode: "READ_ONLY",
      threads: String(limits.threads),
      memory_limit: bytesText(limits.memory),
      temp_directory: scratch,
      ...(access.trusted ? {} : CLOSED),
    });
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
    throw new Failure("warehouse-unreadable", { file: path, reason }, {}, { cause: error });
  }
  const connection = await instance.connect();
  try {
    // As an option of create() it is shown as set, but does not hold.
    await connection.run(`SET max_temp_directory_size = '${bytesText(limits.temporary)}'`);
    if (!access.trusted) await lock(connection, folders);
    await demandLocked(connection, { path, limits, scratch, folders, trusted: access.trusted ?? false });
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
  return { instance, connection, limits, scratch };
}

const CLOSED = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
  allow_persistent_secrets: "false",
};

/** Folders can only be named before access is closed, and nothing can be named after the last line. */
async function lock(connection: DuckDBConnection, folders: readonly string[]): Promise<void> {
  const list = folders.map(folder => `'${folder.replaceAll("'", "''")}'`).join(", ");
  const allow = folders.length === 0 ? "" : `SET allowed_directories = [${list}];`;
  // In the machine's own zone a TIMESTAMPTZ would be another day elsewhere.
  await connection.run(
    `${allow} SET TimeZone = 'UTC'; SET enable_external_access = false; SET lock_configuration = true`,
  );
}

interface Demanded {
  path: string;
  limits: Limits;
  scratch: string;
  folders: readonly string[];
  trusted: boolean;
}

async function demandLocked(connection: DuckDBConnection, demanded: Demanded): Promise<void> {
  const { path, limits, scratch, folders, trusted } = demanded;
  const names = [
    "access_mode",
    "threads",
    "memory_limit",
    "max_temp_directory_size",
    "temp_directory",
    ...(trusted ? [] : ["enable_external_access", "lock_configuration", ...Object.keys(CLOSED), "allowed_directories"]),
  ];
  const open = (setting: string) => new Failure("sandbox-open", { file: path, setting });
  let values: readonly unknown[];
  try {
    const select = names.map(name => `current_setting('${name}')`).join(", ");
    values = (await connection.runAndReadAll(`SELECT ${select}`)).getRowsJS()[0]!;
  } catch (error) {
    throw new Failure("sandbox-open", { file: path, setting: names.join(", ") }, {}, { cause: error });
  }
  const settings = new Map(names.map((name, index) => [name, values[index]]));
  const demand = (setting: string, holds: boolean) => {
    if (!holds) throw open(setting);
  };
  demand("access_mode", String(settings.get("access_mode")).toLowerCase() === "read_only");
  demand("threads", Number(settings.get("threads")) === limits.threads);
  demand("memory_limit", isAbout(settings.get("memory_limit"), limits.memory));
  demand("max_temp_directory_size", isAbout(settings.get("max_temp_directory_size"), limits.temporary));
  demand("temp_directory", settings.get("temp_directory") === scratch);
  if (trusted) return;
  demand("lock_configuration", settings.get("lock_configuration") === true);
  for (const name of ["enable_external_access", ...Object.keys(CLOSED)]) demand(name, settings.get(name) === false);
  // DuckDB adds the folder that it spills to.
  const known = new Set([scratch, ...folders].map(withoutSlash));
  const allowed = settings.get("allowed_directories") as readonly string[];
  demand(
    "allowed_directories",
    allowed.map(withoutSlash).every(folder => known.has(folder)),
  );
}

/** Both as it was named and as it is: a path that DuckDB resolves must be inside, too. */
function realFolder(folder: string): string[] {
  const path = resolve(folder);
  if (!statSync(path).isDirectory()) throw new Failure("folder-expected", { file: path });
  return [...new Set([path, realpathSync(path)])];
}

/**
 * Beside the database, whose disk has the room; in the system's folder where nothing can be written there. Two
 * processes must not share it: they would take each other's files for their own.
 */
function scratchFolder(path: string): string {
  const name = `${basename(path)}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`;
  const beside = dirname(resolve(path));
  try {
    accessSync(beside, constants.W_OK);
    return join(beside, name);
  } catch {
    return join(tmpdir(), name);
  }
}

const withoutSlash = (path: string): string => path.replaceAll("\\", "/").replace(/\/+$/, "");

const bytesText = (bytes: number): string => `${Math.floor(bytes / MB)}MiB`;

const UNITS: Readonly<Record<string, number>> = {
  bytes: 1,
  KiB: 2 ** 10,
  MiB: MB,
  GiB: GB,
  TiB: 2 ** 40,
};

/** Whether DuckDB's `3.9 GiB` is that many bytes, as far as it is written. */
function isAbout(text: unknown, bytes: number): boolean {
  const [, size, unit] = /^([\d.]+) (\w+)$/.exec(String(text)) ?? [];
  const factor = UNITS[unit ?? ""];
  return factor !== undefined && Math.abs(Number(size) * factor - bytes) <= Math.max(MB, bytes * 0.06);
}
