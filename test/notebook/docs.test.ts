import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TABLE_OPTIONS } from "../../src/notebook/cell-options.ts";
import { chartSchema } from "../../src/notebook/chart-cell.ts";
import { declaration, frontMatterSchema } from "../../src/notebook/front-matter.ts";
import { MASTHEAD_KEYS } from "../../src/notebook/notebook.ts";
import { proseHelpers } from "../../src/notebook/prose-helpers.ts";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";

const text = readFileSync(resolve(import.meta.dirname, "../../docs/notebooks.md"), "utf8");

/** Blocks set in by four blanks, with the file name that the line before gives. */
const examples: { name: string | undefined; block: string }[] = [];
let before = "";
for (const part of text.split(/\n(?=\S)|(?<=^\S.*)\n(?=\n {4})/m)) {
  if (/^\s* {4}\S/.test(part) && !/^\S/.test(part))
    examples.push({ name: /`([^`\n]+\.md)`:$/.exec(before)?.[1], block: `${part.replace(/^ {4}/gm, "").trim()}\n` });
  before = part.trimEnd();
}

let cwd: string;
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-docs-");
  writeFileSync(join(cwd, "minsheng.yaml"), "");
  examples.forEach(({ name, block }, index) => {
    const path = join(cwd, name ?? `reports/example-${index}.md`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, block);
  });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("docs/notebooks.md", () => {
  const whole = examples
    .map((example, index) => ({ ...example, index }))
    .filter(({ block }) => block.startsWith("---"));

  it("has its examples", () => {
    expect(whole.length).toBe(2);
    expect(examples.length).toBeGreaterThan(2);
  });

  it.each(whole)(
    "has an example that runs: $name",
    async ({ name, index }) => {
      const made = await run(["report", name ?? `reports/example-${index}.md`, "--format", "html", "--output", "out"], {
        cwd,
      });
      expect(made).toMatchObject({ status: 0, stderr: expect.not.stringContaining("warning") });
    },
    90_000,
  );

  it("names every helper and every option", () => {
    const nothing = () => {
      throw new Error();
    };
    const helpers = Object.keys(proseHelpers({ cite: nothing, table: nothing, chart: nothing, reference: nothing }));
    for (const helper of helpers) expect(text, helper).toMatch(new RegExp(`(\\{\\{|\\()${helper} `));
    for (const option of Object.keys(TABLE_OPTIONS)) expect(text, option).toMatch(new RegExp(`\`${option}[=\`]`));
  });

  it("names every key of front matter, and no other", () => {
    const [, table = ""] = /\n## Front matter\n[\s\S]*?\n\|---\|---\|---\|\n((?:\|.*\n)+)/.exec(text) ?? [];
    const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, keys = ""]) => keys.match(/[\w-]+/g) ?? []);
    expect(named.sort()).toEqual(Object.keys(frontMatterSchema.entries).sort());
  });

  it("names every key of a masthead, a parameter and a chart", () => {
    for (const key of MASTHEAD_KEYS) expect(text, key).toMatch(new RegExp(`^ {6}${key}: `, "m"));
    for (const key of Object.keys(declaration.entries)) expect(text, key).toMatch(new RegExp(`\\b${key}: |\`${key}\``));
    const cells = text.slice(text.indexOf("\n## Cells\n"));
    for (const key of Object.keys(chartSchema.entries)) expect(cells, key).toMatch(new RegExp(`\`${key}[:\`]`));
  });
});
