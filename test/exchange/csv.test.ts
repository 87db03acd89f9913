import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exportWarehouse } from "../../src/exchange/export.ts";
import { DIMENSIONS } from "../../src/exchange/sdmx.ts";
import { openWarehouse } from "../../src/warehouse/connection.ts";
import { publishWarehouse } from "../../src/warehouse/publish.ts";
import { type RealWarehouse, realWarehouse } from "../questions/real-warehouse.ts";
import { smallRows } from "../warehouse/small-warehouse.ts";

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let real: RealWarehouse;
const at = (...names: string[]) => join(folder, ...names);
const read = (...names: string[]) => readFileSync(at(...names), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minsheng-csv-"));
  real = await realWarehouse();
  for (const format of ["csv", "sdmx-csv"] as const)
    await exportWarehouse(real.warehouse, at(format), "test", { format });
});
afterAll(() => {
  real.close();
  rmSync(folder, { recursive: true });
});

/** The rows of a file as another reader sees them. */
const records = (...names: string[]) => parse(read(...names), { columns: true, bom: true }) as Record<string, string>[];

describe("CSV", () => {
  it("holds each row and each value, numbers with their own digits", async () => {
    const measures = records("csv", "measures.csv");
    const rows = await real.rows("SELECT * FROM measures ORDER BY rowid");
    expect(measures).toEqual(
      rows.map(row => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell ?? ""]))),
    );
  });

  it("begins with a byte order mark and ends its lines as RFC 4180 says", () => {
    const bytes = readFileSync(at("csv", "documents.csv"));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().split("\r\n")).toHaveLength(7);
  });

  it("leaves hostile texts as they are, tells their number, and keeps NULL apart from empty text", async () => {
    const texts = ['=HYPERLINK("http://x")', "+1", "-1", "@A1", "\tx", "=", 'a"b,\r\nc'];
    const [catalogue, loaded] = smallRows(texts.map((_, index) => ({ year: 2020 + index, value: "1" })));
    const items = loaded!.items!.map((row, index) => ({ ...row, text: texts[index], status: "" }));
    await publishWarehouse(at("hostile.duckdb"), { rows: [catalogue!, { ...loaded, items }] });
    const warehouse = await openWarehouse(at("hostile.duckdb"));
    const result = await exportWarehouse(warehouse, at("hostile"), "test", { format: "csv" });
    warehouse.close();
    expect(result.formulas).toBe(5);
    expect(records("hostile", "items.csv").map(({ text }) => text)).toEqual(texts);
    expect(read("hostile", "items.csv")).toContain(',"",,');
  });

  it("writes lists as JSON arrays", () => {
    const [row] = records("csv", "yearly_figures.csv");
    expect(JSON.parse(row!.measure_ids!)).toEqual([expect.stringMatching(/#\d+$/)]);
  });
});

describe("datapackage.json", () => {
  const descriptor = () => JSON.parse(read("csv", "datapackage.json"));
  interface Resource {
    name: string;
    path: string;
    bytes: number;
    hash: string;
    schema: {
      fields: { name: string; type: string; description: string; unit?: string; constraints?: { required: boolean } }[];
      primaryKey?: string[];
      foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
    };
  }
  const resources = () => descriptor().resources as Resource[];
  const rowsOf = ({ path }: Resource) => records("csv", path);

  it("names each file's columns in their order, each with its meaning", () => {
    for (const resource of resources()) {
      const [header] = parse(read("csv", resource.path), { bom: true, to_line: 1 }) as [string[]];
      expect(resource.schema.fields.map(({ name }) => name)).toEqual(header);
      for (const { description } of resource.schema.fields) expect(description).toMatch(/. \| ./);
    }
    const value = resources()
      .find(({ name }) => name === "measures")!
      .schema.fields.find(({ name }) => name === "value");
    expect(value).toMatchObject({ type: "number", unit: "unit", constraints: { required: true } });
  });

  it("gives types that every value has", () => {
    const fits: Record<string, RegExp> = {
      integer: /^-?\d+$/,
      number: /^-?\d+(\.\d+)?$/,
      boolean: /^(true|false)$/,
      date: /^\d{4}-\d\d-\d\d$/,
      array: /^\[.*\]$/,
      object: /^\{.*\}$/,
      string: /^/,
    };
    for (const resource of resources())
      for (const row of rowsOf(resource))
        for (const { name, type, constraints } of resource.schema.fields) {
          if (row[name] === "")
            expect([resource.name, name, constraints?.required]).toEqual([resource.name, name, undefined]);
          else expect(row[name]).toMatch(fits[type]!);
        }
  });

  it("gives keys that hold", () => {
    const all = resources();
    const key = (row: Record<string, string>, fields: readonly string[]) =>
      JSON.stringify(fields.map(field => row[field]));
    for (const resource of all) {
      const rows = rowsOf(resource);
      const { primaryKey, foreignKeys = [] } = resource.schema;
      if (primaryKey) expect(new Set(rows.map(row => key(row, primaryKey))).size).toBe(rows.length);
      for (const { fields, reference } of foreignKeys) {
        const other = all.find(({ name }) => name === reference.resource)!;
        const known = new Set(rowsOf(other).map(row => key(row, reference.fields)));
        const lost = rows.filter(row => fields.every(field => row[field] !== "") && !known.has(key(row, fields)));
        expect([resource.name, lost]).toEqual([resource.name, []]);
      }
    }
    expect(all.find(({ name }) => name === "measures")!.schema.foreignKeys).toHaveLength(3);
  });

  it("tells size and checksum of each file as the manifest does", () => {
    const manifest = JSON.parse(read("csv", "minsheng-export.json"));
    for (const { path, bytes, hash } of resources())
      expect(manifest.files).toContainEqual({ path, bytes, sha256: hash.replace("sha256:", "") });
  });
});

describe("SDMX-CSV", () => {
  const observations = () => records("sdmx-csv", "observations.csv");

  it("has the columns of a 2.0 data message in their order: structure, action, dimensions, measures, attributes", () => {
    expect(read("sdmx-csv", "observations.csv").split("\r\n")[0]).toBe(
      "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,BASIS,ROLE,STATEMENT,TIME_PERIOD,OBS_VALUE,OBS_VALUE_HIGH," +
        "UNIT_MEASURE,COMPARATOR,IS_EACH,OBS_STATUS,AS_OF,DUE,DOCUMENT,SUBJECT,QUOTE,COMMENT",
    );
    for (const row of observations()) {
      expect(row).toMatchObject({
        STRUCTURE: "dataflow",
        STRUCTURE_ID: "MINSHENG:OBSERVATIONS(1.0.0)",
        ACTION: "R",
        FREQ: "A",
      });
      expect(row.REF_AREA).toMatch(/^\d{6}$/);
      expect(row.TIME_PERIOD).toMatch(/^\d{4}$/);
      // Identifiers of SDMX.
      for (const code of [row.INDICATOR, row.BASIS, row.ROLE]) expect(code).toMatch(/^[A-Za-z0-9_@$-]+$/);
      expect(row.OBS_VALUE).toMatch(/^-?\d+(\.\d+)?$/);
      expect(row.OBS_STATUS).toMatch(/^[APDB]$/);
    }
  });

  it("names every observation once by its dimensions, none of which is empty", async () => {
    const keys = observations().map(row => DIMENSIONS.map(dimension => row[dimension]));
    expect(keys.flat().every(Boolean)).toBe(true);
    expect(new Set(keys.map(key => key.join("\u0000"))).size).toBe(keys.length);
    const [{ n }] = (await real.rows("SELECT count(*) AS n FROM observations")) as [{ n: string }];
    expect(keys).toHaveLength(Number(n));
  });

  it("says what the observation says: value, unit, status and comment", () => {
    const roads = observations().filter(
      ({ INDICATOR, ROLE, REF_AREA }) =>
        INDICATOR === "rural-road-length" && ROLE === "TARGET" && REF_AREA === "440700",
    );
    expect(roads.map(row => [row.TIME_PERIOD, row.OBS_VALUE, row.COMPARATOR, row.UNIT_MEASURE])).toContainEqual([
      "2025",
      "50",
      ">",
      "公里",
    ]);
    const partial = observations().find(({ OBS_STATUS }) => OBS_STATUS === "P")!;
    expect(partial).toMatchObject({
      ROLE: "ACTUAL",
      AS_OF: "2021-06-30",
      COMMENT: expect.stringContaining("截至2021年6月30日"),
    });
  });

  it("of no observations is a header", async () => {
    await publishWarehouse(at("empty.duckdb"), { rows: [] });
    const warehouse = await openWarehouse(at("empty.duckdb"));
    for (const format of ["csv", "sdmx-csv"] as const)
      await exportWarehouse(warehouse, at("none", format), "test", { format });
    warehouse.close();
    expect(observations().length).toBeGreaterThan(0);
    expect(records("none", "sdmx-csv", "observations.csv")).toEqual([]);
    expect(read("none", "csv", "items.csv")).toMatch(/^\uFEFFitem_id,[a-z_,]+\r\n$/);
  });
});
