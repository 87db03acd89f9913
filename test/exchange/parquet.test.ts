import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { exportWarehouse } from "../../src/exchange/export.ts";
import { importWarehouse } from "../../src/exchange/import.ts";
import { MANIFEST } from "../../src/exchange/manifest.ts";
import { findingText } from "../../src/messages/messages.ts";
import { openWarehouse } from "../../src/warehouse/connection.ts";
import { openFreshWarehouse } from "../../src/warehouse/fresh.ts";
import { ingestFiles } from "../../src/warehouse/ingest.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import type { Row, TableRows } from "../../src/warehouse/rows.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { smallRows } from "../warehouse/small-warehouse.ts";
import { tablesOf } from "./tables-of.ts";

// Each export computes all views; on a busy machine several in one test take their time.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-exchange-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]) => join(folder, ...names);
const workspace = openWorkspace(null);
const small = smallRows([
  { year: 2020, value: "150" },
  { year: 2021, value: "80.5", high: "90" },
  { year: 2021, value: "12", region: "丙县" },
]);

async function warehouseOf(rows: readonly TableRows[], path = at("w.duckdb")): Promise<string> {
  await publishWarehouse(path, { rows });
  return path;
}

async function exportTo(path: string, target: string, overwrite = false) {
  const warehouse = await openWarehouse(path);
  try {
    return await exportWarehouse(warehouse, target, "minsheng test", { format: "parquet", overwrite });
  } finally {
    warehouse.close();
  }
}

/** Every file of a folder with its bytes. */
function bytesOf(target: string): Record<string, string> {
  const files = readdirSync(target, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(
    files.map(file => [
      join(file.parentPath, file.name).slice(target.length),
      readFileSync(join(file.parentPath, file.name), "hex"),
    ]),
  );
}

/** Less what says where a warehouse comes from: one that was imported is marked. */
async function dataOf(path: string) {
  const { warehouse_info, ...tables } = await tablesOf(path);
  return tables;
}

describe("export and import", () => {
  it("give equal tables, and the same bytes once more", async () => {
    const path = await warehouseOf(small);
    const result = await exportTo(path, at("one"));
    expect(result.tables.find(({ name }) => name === "measures")).toMatchObject({ rows: 3, files: 3 });
    await importWarehouse(workspace, at("copy.duckdb"), at("one"));
    expect(await dataOf(at("copy.duckdb"))).toEqual(await dataOf(path));
    await exportTo(path, at("two"));
    expect(bytesOf(at("two"))).toEqual(bytesOf(at("one")));
  });

  it("keep the order of rows, which is the catalogue's and which queries show", async () => {
    const [catalogue, documents] = small;
    const path = await warehouseOf([{ ...catalogue, indicators: catalogue!.indicators!.toReversed() }, documents!]);
    await exportTo(path, at("one"));
    await importWarehouse(workspace, at("copy.duckdb"), at("one"));
    const copy = await openWarehouse(at("copy.duckdb"));
    const order = await copy.query("SELECT indicator_id FROM indicators ORDER BY rowid");
    copy.close();
    expect([...order.getChild("indicator_id")!]).toEqual(
      catalogue!.indicators!.map(row => row.indicator_id).toReversed(),
    );
  });

  it("keep every text, number and name, whatever is in it", async () => {
    const text = fc.oneof(
      fc.constantFrom(
        "",
        "=1+1",
        "NULL",
        "a,b",
        '"',
        "'; DROP TABLE items --",
        "\u0000",
        "\r\n",
        "../..",
        "%2F",
        "𠮷",
        "\u202e",
      ),
      fc.string({ unit: "grapheme", maxLength: 12 }),
    );
    const name = text.filter(value => value !== "");
    const value = fc.bigInt({ min: 10n ** 6n, max: 10n ** 20n }).map(scaled => {
      const digits = scaled.toString();
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    });
    const row = fc.record({ region: name, task: text, category: text, amount: value, progress: fc.option(text) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 10, maxLength: 10 }), async rows => {
        run++;
        const [catalogue, loaded] = smallRows(rows.map((_, index) => ({ year: 2000 + index, value: "1" })));
        const hostile = (table: readonly Row[], change: (row: (typeof rows)[number]) => Row) =>
          table.map((plain, index) => ({ ...plain, ...change(rows[index]!) }));
        const path = await warehouseOf(
          [
            catalogue!,
            {
              documents: hostile(loaded!.documents!, ({ region }) => ({ region })),
              items: hostile(loaded!.items!, ({ task, ...row }) => {
                return { region: row.region, text: task, category: row.category, progress: row.progress };
              }),
              measures: hostile(loaded!.measures!, ({ region, amount }) => ({ region, value: amount })),
            },
          ],
          at(`p${run}.duckdb`),
        );
        await exportTo(path, at(`p${run}`));
        await importWarehouse(workspace, at(`q${run}.duckdb`), at(`p${run}`));
        expect(await dataOf(at(`q${run}.duckdb`))).toEqual(await dataOf(path));
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it("work for a warehouse without documents, and in folders with names that look like patterns", async () => {
    const path = await warehouseOf([]);
    await exportTo(path, at("a[1]*'?", "b"));
    await importWarehouse(workspace, at("copy.duckdb"), at("a[1]*'?", "b"));
    expect(await dataOf(at("copy.duckdb"))).toEqual(await dataOf(path));
  });
});

describe("an export", () => {
  it("takes the place of nothing but another export, and of that only when told to", async () => {
    const path = await warehouseOf(small);
    await exportTo(path, at("one"));
    const before = bytesOf(at("one"));
    await expect(exportTo(path, at("one"))).rejects.toMatchObject({ code: "export-in-the-way" });
    await exportTo(path, at("one"), true);
    expect(bytesOf(at("one"))).toEqual(before);

    writeFileSync(at("one", "notes.txt"), "mine");
    await expect(exportTo(path, at("one"), true)).rejects.toMatchObject({
      code: "export-not-ours",
      params: { files: "notes.txt" },
    });
    expect(bytesOf(at("one"))).toEqual({ ...before, "/notes.txt": Buffer.from("mine").toString("hex") });

    mkdirSync(at("other"));
    await exportTo(path, at("other"));
    writeFileSync(at("file"), "");
    await expect(exportTo(path, at("file"), true)).rejects.toMatchObject({ code: "export-in-the-way" });
  });

  it("leaves nothing behind when it fails", async () => {
    const path = await warehouseOf(small);
    const warehouse = await openWarehouse(path);
    const failing = exportWarehouse(warehouse, at("one"), "test", {
      format: "parquet",
      onTable: (_, __, name) => {
        if (name === "measures") throw new Error("stopped");
      },
    });
    await expect(failing).rejects.toThrow("stopped");
    warehouse.close();
    expect(readdirSync(folder)).toEqual(["w.duckdb"]);
  });
});

describe("an import", () => {
  const refused = async (code: string, target = at("one")) => {
    const before = readFileSync(at("w.duckdb"));
    const failure = await importWarehouse(workspace, at("w.duckdb"), target).catch((error: unknown) => error);
    const { all = [failure] } = failure as { all?: readonly unknown[] };
    expect(all[0]).toMatchObject({ code });
    expect(readFileSync(at("w.duckdb")).equals(before)).toBe(true);
    expect(readdirSync(folder).filter(name => name.includes(".draft"))).toEqual([]);
  };
  const manifest = (
    change: (manifest: {
      tables: { name: string; rows: number; columns: { name: string; type: string }[] }[];
      files: { path: string }[];
    }) => void,
  ) => {
    const json = JSON.parse(readFileSync(at("one", MANIFEST), "utf8"));
    change(json);
    writeFileSync(at("one", MANIFEST), JSON.stringify(json));
  };

  let prepared: string;
  beforeAll(async () => {
    prepared = mkdtempSync(join(tmpdir(), "minsheng-prepared-"));
    await warehouseOf(small, join(prepared, "w.duckdb"));
    await exportTo(join(prepared, "w.duckdb"), join(prepared, "one"));
  });
  afterAll(() => rmSync(prepared, { recursive: true }));
  beforeEach(() => cpSync(prepared, folder, { recursive: true }));

  it("refuses a folder that is none of ours, and keeps the present warehouse", async () => {
    await refused("import-not-an-export", at("nowhere"));
    mkdirSync(at("empty"));
    await refused("import-not-an-export", at("empty"));
    writeFileSync(at("empty", MANIFEST), "{}");
    await refused("export-manifest-wrong", at("empty"));
  });

  it("refuses a file that is damaged or missing", async () => {
    const file = at("one", "tables", "indicators.parquet");
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    await refused("import-file-damaged");
    rmSync(file);
    await refused("import-file-damaged");
  });

  it("refuses tables of another version, and a number of rows that is not there", async () => {
    manifest(({ tables }) => {
      tables.find(({ name }) => name === "items")!.columns[0]!.type = "INTEGER";
    });
    await refused("import-schema-differs");
  });

  it("refuses rows that break a rule of the schema, though the files are as exported", async () => {
    manifest(({ tables }) => {
      tables.find(({ name }) => name === "items")!.rows++;
    });
    await refused("import-data-wrong");
    manifest(({ tables }) => {
      Object.assign(tables.find(({ name }) => name === "items")!, { rows: 0, files: [] });
    });
    await refused("import-data-wrong");
  });

  it("reads no file that was not checked", async () => {
    manifest(({ files }) => {
      files.splice(0, files.length);
    });
    await refused("import-file-damaged");
  });

  it("refuses a manifest that leads out of its folder", async () => {
    for (const path of ["../w.duckdb", "/etc/passwd", "tables/../../w.duckdb", "C:/x", "a\\b"]) {
      manifest(({ files }) => {
        files[0]!.path = path;
      });
      await refused("export-manifest-wrong");
    }
  });
});

describe("after an import", () => {
  const content = readFileSync(join(workspace.builtIn, "data", "sources", "jiangmen-2020.txt"));
  const own = {
    path: "yangjiang.txt",
    content: () => content,
    options: { id: "yangjiang-2020", region: "阳江市", year: 2020 },
  };

  it("from the same data files everything goes on: nothing is made anew, more can be ingested, and all is kept", async () => {
    const ingest = (path: string, file: typeof own) => ingestFiles(workspace, path, [file], findingText);
    expect(await ingest(at("w.duckdb"), own)).toMatchObject({ files: [{ outcome: "new" }] });
    await exportTo(at("w.duckdb"), at("one"));
    const result = await importWarehouse(workspace, at("copy.duckdb"), at("one"));
    expect(result.pinned).toBe(false);
    expect(await tablesOf(at("copy.duckdb"))).toEqual(await tablesOf(at("w.duckdb")));

    const { warehouse, rebuilt } = await openFreshWarehouse(workspace, at("copy.duckdb"), findingText);
    warehouse.close();
    expect(rebuilt).toBe(false);
    const more = { ...own, options: { ...own.options, id: "yangjiang-2021", year: 2021 } };
    expect(await ingest(at("copy.duckdb"), more)).toMatchObject({ files: [{ outcome: "new" }] });
    expect((await dataOf(at("copy.duckdb"))).source_files).toHaveLength(2);

    await expect(importWarehouse(workspace, at("copy.duckdb"), at("one"))).rejects.toMatchObject({
      code: "import-would-lose",
      params: { documents: "yangjiang-2021" },
    });
    await importWarehouse(workspace, at("copy.duckdb"), at("one"), { overwrite: true });
    expect(await tablesOf(at("copy.duckdb"))).toEqual(await tablesOf(at("w.duckdb")));
  });

  it("from other data files it stays as it came: not made anew, nothing ingested into it", async () => {
    await warehouseOf(small);
    await exportTo(at("w.duckdb"), at("one"));
    expect(await importWarehouse(workspace, at("copy.duckdb"), at("one"))).toMatchObject({ pinned: true });
    const { warehouse, rebuilt } = await openFreshWarehouse(workspace, at("copy.duckdb"), findingText);
    expect(rebuilt).toBe(false);
    warehouse.close();
    expect(await dataOf(at("copy.duckdb"))).toEqual(await dataOf(at("w.duckdb")));
    await expect(ingestFiles(workspace, at("copy.duckdb"), [own], findingText)).rejects.toMatchObject({
      code: "warehouse-imported",
    });
    expect(existsSync(at("copy.duckdb"))).toBe(true);
  });

  it("by a version with other tables it is refused, not read wrongly", async () => {
    await publishWarehouse(at("old.duckdb"), {
      rows: [
        ...small,
        {
          warehouse_info: [
            { key: "inputs", value: "x" },
            { key: "imported", value: "another schema" },
          ],
        },
      ],
    });
    await expect(openFreshWarehouse(workspace, at("old.duckdb"), findingText)).rejects.toMatchObject({
      code: "warehouse-imported-outdated",
    });
  });
});
