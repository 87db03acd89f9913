import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import type { Document, Item } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { run } from "../cli/run.ts";

// A 任务分解表 that this program writes is one that it reads: the same items, whatever the format.

const DOCUMENTS = [
  ["江门市", "2020", "jiangmen-2020"],
  ["江门市", "2021", "jiangmen-2021"],
  ["江门市", "2023", "jiangmen-2023"],
  ["江门市", "2025", "jiangmen-2025"],
  ["开平市", "2024", "kaiping-2024"],
] as const;
const FORMATS = ["html", "docx", "xlsx"];
/** What the paper prints of an item; how far it has come is another paper's. */
const PRINTED = [
  "seq",
  "categoryNo",
  "category",
  "text",
  "leadOrg",
  "orgs",
  "people",
  "leader",
  "deadline",
  "deadlineText",
  "milestones",
] as const satisfies readonly (keyof Item)[];

const workspace = openWorkspace(null);
const reference = loadDocumentReference(workspace);
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "minsheng-office-"));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** A document's own file, as the data of the package name it. */
async function original(region: string, year: string): Promise<Document> {
  const rows = readFileSync(workspace.file("data", "sources.csv"), "utf8").split("\n");
  const name = rows.map(row => row.split(",")).find(row => row[1] === region && row[2] === year)![0]!;
  const path = workspace.file("data", join("sources", name));
  return readDocument(readFileSync(path), name, reference, { region, year: Number(year) });
}

function printed({ items }: Document): Partial<Item>[] {
  return items.map(item => {
    const fields = Object.fromEntries(PRINTED.map(name => [name, item[name]]));
    // Dated steps are printed by their days (9月底), the last of which is the deadline however it was written (9月30日前).
    return item.milestones.length > 0 ? { ...fields, deadlineText: null } : fields;
  });
}

describe.each(DOCUMENTS)("the task table of %s %s", (region, year, documentId) => {
  it("is read back with the same items from every format", async () => {
    const args = ["--region", region, "--year", year, "--format", FORMATS.join(","), "--output", year];
    expect(await run(["report", "task-table", ...args], { cwd })).toMatchObject({ status: 0 });
    const expected = await original(region, year);
    expect(expected.items.length).toBeGreaterThan(20);
    for (const format of FORMATS) {
      const file = `task-table.${format}`;
      const read = await readDocument(readFileSync(join(cwd, year, file)), file, reference);
      expect(read.documentId).toBe(documentId);
      expect(printed(read), file).toEqual(printed(expected));
      expect(read.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  }, 120_000);
});

describe("a batch in Word and Excel", () => {
  it("comes out the same, byte for byte, when its manifest is verified", async () => {
    const args = ["--each", "region", "--format", FORMATS.join(","), "--output", "batch"];
    expect(await run(["report", "task-table", ...args], { cwd })).toMatchObject({ status: 0 });
    const manifest = join(cwd, "batch", "task-table.manifest.json");
    const { reports } = JSON.parse(readFileSync(manifest, "utf8"));
    expect(reports.flatMap(({ outputs }: { outputs: { format: string }[] }) => outputs).length).toBe(6);
    const verified = await run(["report", "--verify", manifest], { cwd });
    expect(verified).toMatchObject({ status: 0, stderr: "" });
  }, 120_000);
});
