import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveAgency } from "../../src/documents/agencies.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { listSources } from "../../src/documents/sources.ts";
import { loadCorrections } from "../../src/warehouse/corrections.ts";
import { loadVerdicts } from "../../src/warehouse/links/verdicts.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

// A workspace's data beside the package's (the catalogue's own: test/measures/catalogue.test.ts).
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "minsheng-own-data-"));
  write("minsheng.yaml", "");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
function write(name: string, ...lines: string[]): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), `${lines.join("\n")}\n`);
}
const workspace = () => openWorkspace(root);
const builtIn = openWorkspace(null);

describe("sources.csv", () => {
  const head = "file,region,year,kind,title,origin";
  const files = () => listSources(workspace()).map(({ file }) => file);
  const known = listSources(builtIn).map(({ file }) => file);

  it("adds to the built-in documents", () => {
    write("data/sources.csv", head, "a.txt,台山市,2025,plan,,", "b.txt,,,,,");
    expect(files()).toEqual([...known, "a.txt", "b.txt"]);
    expect(listSources(workspace()).at(-1)!.path).toBe(join(root, "data/sources/b.txt"));
  });
  it("takes the place of one of the same region and year, or file name", () => {
    write("data/sources.csv", head, "a.txt,江门市,2020,plan,,", "jiangmen-2021.txt,,,,,");
    expect(files()).toEqual([...known.filter(file => !/2020|2021/.test(file)), "a.txt", "jiangmen-2021.txt"]);
  });
});

it("agencies.csv adds to the built-in names and goes before them", () => {
  write(
    "data/agencies.csv",
    "name,canonical,region,from,to,note",
    "市桥梁办,市桥梁局,440700,,,",
    "市政务服务数据管理局,市数据局,440700,,2022,",
  );
  const reference = loadDocumentReference(workspace());
  const agency = (name: string, year: number) => resolveAgency(name, "440700", year, reference);
  expect(agency("市桥梁办", 2023)).toBe("440700/市桥梁局");
  expect(agency("市政务服务数据管理局", 2021)).toBe("440700/市数据局");
  expect(agency("市政务服务数据管理局", 2023)).toBe("440700/市政务和数据局");
});

it("corrections.csv and item-links.csv are read beside the built-in ones", () => {
  write(
    "data/corrections.csv",
    "document,item,field,quote,value,reason,source,by,on",
    "jiangmen-2020,16,deadline,,2020-12-31,栏内误作4月底,公告,李某,2020-05-01",
  );
  write("data/item-links.csv", "item,earlier_item,verdict,reason,by,on", "a-2021/1,a-2020/1,same,同,李某,2021-01-01");
  expect(loadCorrections(workspace())).toHaveLength(loadCorrections(builtIn).length + 1);
  expect(loadVerdicts(workspace()).all).toHaveLength(loadVerdicts(builtIn).all.length + 1);
  expect(loadVerdicts(workspace()).get("a-2021/1", "a-2020/1")?.verdict).toBe("same");
});
