import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../../src/documents/read.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import type { Document, Item } from "../../src/model.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { run } from "../cli/run.ts";
import { folderWithWarehouse } from "../warehouse/built-warehouse.ts";

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
beforeAll(async () => {
  cwd = await folderWithWarehouse("minsheng-office-");
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

describe("the task table of an office's own document", () => {
  const ORGS = ["市民政局", "市卫生健康局", "市水利局", "各县（市、区）人民政府", "市财政局"];
  const TASKS = [
    "新建长者食堂（助餐点）20个，其中：（1）城区12个；（2）镇街8个。<br>全年服务不少于1.5万人次。",
    "改造农村公路28公里（含桥梁9座），<br>对G325线（K28+9至K28+1296）实施中修。",
    "为20名适龄妇女提供“两癌”免费筛查[含乳腺癌、宫颈癌]，建档率达95%以上。",
    "推进“一网通办”，实现事项25项“跨域通办”，平均办理时限压减60%。<br>工作要求：按月报送进展，确保年底前完成。".repeat(
      4,
    ),
    "加强青少年心理健康服务，完善服务网络。",
  ];
  const DUTIES = [
    ([a, b, c]: string[]) => `${a}（牵头），${b}、${c}`,
    ([a, b, c]: string[]) => `${a}、${b}（牵头）；${c}`,
    ([a, b, c]: string[]) => `牵头单位：${a}<br>配合单位：${b}、${c}`,
    ([a]: string[]) => a!,
  ];
  const DEADLINES = ["12月底", "6月30日", "11月15日前", "9月底", ""];
  const CATEGORIES = [
    "一、优化“一老一小”服务（含托育）",
    "二、城乡供水、供电保障",
    "三、交通出行（农村公路）",
    "四、数字政府",
  ];

  it("is read back with the same 40 items: merged categories, lines, brackets, several leads, empty cells", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => {
      const orgs = [0, 2, 3].map(step => ORGS[(i + step) % ORGS.length]!);
      const leader = i % 6 === 0 ? "" : "欧阳明";
      const cells = [i + 1, TASKS[i % 5], leader, DUTIES[i % 4]!(orgs), "王平、司徒伟", DEADLINES[i % 5]];
      const category = i % 10 === 0 ? `<td rowspan="10">${CATEGORIES[i / 10]}</td>` : "";
      return `<tr>${category}${cells.map(cell => `<td>${cell}</td>`).join("")}</tr>`;
    });
    const title = "2024年阳江市民生实事任务分解表";
    const heads = ["大类", "序号", "工作任务", "分管市领导", "责任单位", "责任人", "完成时限"];
    const html =
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>` +
      `<table><tr>${heads.map(head => `<th>${head}</th>`).join("")}</tr>${rows.join("")}</table></body></html>`;
    const own = join(cwd, "own");
    mkdirSync(join(own, "data", "sources"), { recursive: true });
    writeFileSync(join(own, "minsheng.yaml"), "");
    writeFileSync(join(own, "data", "sources", "own.html"), html);
    writeFileSync(
      join(own, "data", "sources.csv"),
      `file,region,year,kind,title,origin\nown.html,阳江市,2024,plan,${title},虚构\n`,
    );
    const args = ["--region", "阳江市", "--year", "2024", "--format", FORMATS.join(","), "--output", "out"];
    expect(await run(["report", "task-table", ...args], { cwd: own })).toMatchObject({ status: 0 });
    const expected = await readDocument(Buffer.from(html), "own.html", reference, { region: "阳江市", year: 2024 });
    expect(expected.items.length).toBe(40);
    expect(expected.items[5]!.text).toContain("（助餐点）20个");
    for (const format of FORMATS) {
      const file = `task-table.${format}`;
      const read = await readDocument(readFileSync(join(own, "out", file)), file, reference);
      expect(read.documentId).toBe("yangjiang-2024");
      expect(printed(read), file).toEqual(printed(expected));
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
