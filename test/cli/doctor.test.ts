import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installedFamilies } from "../../src/cli/doctor/installed-fonts.ts";
import { run } from "./run.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-doctor-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function look(...argv: string[]) {
  const { status, stdout } = await run(["doctor", "--json", ...argv], { cwd });
  const { ok, checks } = JSON.parse(stdout) as {
    ok: boolean;
    checks: ({ check: string; state: string } & Record<string, unknown>)[];
  };
  return { status, ok, of: (name: string) => checks.find(({ check }) => check === name) };
}

describe("doctor", () => {
  it("finds all that is needed where the tests run", async () => {
    const { status, ok, of } = await look();
    expect([status, ok]).toEqual([0, true]);
    expect(of("node")).toMatchObject({ state: "ok", version: process.versions.node });
    expect(of("duckdb")).toMatchObject({ state: "ok" });
    expect(of("browser")).toMatchObject({ state: "ok", path: expect.any(String) });
    expect(of("font")).toMatchObject({ name: "方正小标宋" });
    expect(of("warehouse")).toMatchObject({ state: "note", file: join(cwd, ".minsheng/warehouse.duckdb") });
    expect(of("folder")).toMatchObject({ state: "ok", folder: cwd });
  });

  it("knows a warehouse that is current, one that is stale, and a file that is none", async () => {
    await run(["query", "SELECT 1"], { cwd });
    expect((await look()).of("warehouse")).toMatchObject({ state: "ok", documents: 5 });
    await run(["init"], { cwd });
    expect((await look()).of("warehouse")).toMatchObject({ state: "note", documents: 5 });
    writeFileSync(join(cwd, "broken.duckdb"), "no database ".repeat(1000));
    const broken = await look("--database", "broken.duckdb");
    expect(broken.of("warehouse")).toMatchObject({ state: "missing" });
    expect(broken.status).toBe(1);
  });

  it("speaks in marks, findings and advice", async () => {
    const { stdout } = await run(["doctor", "--lang", "zh"], { cwd });
    expect(stdout).toMatch(/^✓ Node\.js [\d.]+/);
    expect(stdout).toMatch(/\n! 还没有数据仓库 .*\n {4}首次使用时自动生成/);
    expect(stdout).toMatch(/\n\n需要的都齐了。\n$/);
  });
});

describe("the fonts of a folder", () => {
  it("are known by the names in their files; what is no font is passed over", () => {
    writeFileSync(join(cwd, "a.ttf"), font("仿宋_GB2312", "FangSong_GB2312")());
    writeFileSync(join(cwd, "b.TTC"), collection(font("甲"), font("乙")));
    writeFileSync(join(cwd, "c.otf"), "");
    writeFileSync(join(cwd, "d.ttf"), Buffer.alloc(64, 0xff));
    expect([...installedFamilies([cwd, join(cwd, "nowhere")])].sort()).toEqual(
      ["仿宋_GB2312", "FangSong_GB2312", "甲", "乙"].sort(),
    );
  });
});

/** The least of a font file: a directory with a `name` table alone, which has these families for Windows. */
function font(...families: string[]): (offset?: number) => Buffer {
  return (offset = 0) => {
    const names = families.map(family => Buffer.from(family, "utf16le").swap16());
    const records = names.map((name, i) => {
      const start = names.slice(0, i).reduce((sum, { length }) => sum + length, 0);
      return u16(3, 1, 0x804, 1, name.length, start);
    });
    const table = Buffer.concat([u16(0, names.length, 6 + names.length * 12), ...records, ...names]);
    const directory = Buffer.alloc(16);
    directory.write("name", 0, "latin1");
    directory.writeUInt32BE(offset + 28, 8);
    directory.writeUInt32BE(table.length, 12);
    return Buffer.concat([u16(1, 0, 1, 0, 0, 0), directory, table]);
  };
}

function collection(...fonts: ((offset: number) => Buffer)[]): Buffer {
  const header = Buffer.alloc(12 + fonts.length * 4);
  header.write("ttcf", 0, "latin1");
  header.writeUInt32BE(fonts.length, 8);
  const parts: Buffer[] = [header];
  for (const [i, make] of fonts.entries()) {
    const offset = parts.reduce((sum, { length }) => sum + length, 0);
    header.writeUInt32BE(offset, 12 + i * 4);
    parts.push(make(offset));
  }
  return Buffer.concat(parts);
}

function u16(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(numbers.length * 2);
  for (const [i, number] of numbers.entries()) buffer.writeUInt16BE(number, i * 2);
  return buffer;
}
