import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseAliases, resolveAgency, resolvePerson } from "../../src/documents/agencies.ts";
import { parseRecords } from "../../src/documents/csv.ts";
import { findRegion, resolveRegion } from "../../src/documents/metadata/region.ts";
import { parseOrgans } from "../../src/documents/organs.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

const reference = loadDocumentReference(openWorkspace(null));
const { regions } = reference;
const jiangmen = "440700";
const kaiping = "440783";

test("names that changed or are short for others are one agency", () => {
  const same = (a: [string, number], b: [string, number]) =>
    expect(resolveAgency(a[0], jiangmen, a[1], reference)).toBe(resolveAgency(b[0], jiangmen, b[1], reference));
  same(["市政务服务数据管理局", 2023], ["市政务和数据局", 2025]);
  same(["市消防支队", 2021], ["市消防救援支队", 2023]);
  same(["市住房和城乡建设局", 2020], ["市住房城乡建设局", 2020]);
  same(["各市（区）政府", 2020], ["各县（市、区）政府", 2025]);
  same(["各市(区)政府", 2020], ["各县（市、区）政府", 2025]);
});

test("agencies of one name in two regions are two", () => {
  expect(resolveAgency("市民政局", jiangmen, 2024, reference)).toBe("440700/市民政局");
  expect(resolveAgency("市民政局", kaiping, 2024, reference)).toBe("440783/市民政局");
});

test("an alias holds in its region and its years", () => {
  const agencies = parseAliases("name,canonical,region,from,to,note\n甲局,乙局,440700,2020,2022,\n甲局,丙局,,2023,,\n");
  const resolved = (region: string, year: number) =>
    resolveAgency("甲局", region, year, { agencies, organs: reference.organs });
  expect(resolved(jiangmen, 2021)).toBe("440700/乙局");
  expect(resolved(jiangmen, 2023)).toBe("440700/丙局");
  expect(resolved(kaiping, 2021)).toBe("440783/甲局");
});

const pairs = (verdict: string) =>
  parseRecords(readFileSync(resolve(import.meta.dirname, "../fixtures/agencies/pairs.csv"), "utf8"), [
    "verdict",
    "name",
    "other",
    "why",
  ]).filter(row => row.verdict === verdict);
const agency = (name: string) => resolveAgency(name, "331125", 2024, reference);

test.each(pairs("same"))("$name and $other are one organ of any region", ({ name, other }) => {
  expect(agency(other)).toBe(agency(name));
});

test.each(pairs("different"))("$name and $other are two organs ($why)", ({ name, other }) => {
  expect(agency(other)).not.toBe(agency(name));
});

test("an alias is of all names of an organ, leads to any of them, or keeps one apart", () => {
  const agencies = parseAliases(
    "name,canonical,region,from,to,note\n县卫生和计划生育局,县卫健局,,,,\n县人社局,县人社局,,,,\n县市场监管局,县质量局,,,,\n",
  );
  const resolved = (name: string) => resolveAgency(name, "331125", 2024, { agencies, organs: reference.organs });
  expect(resolved("县卫生和计划生育局")).toBe(resolved("县卫生健康局"));
  expect(resolved("县人社局")).not.toBe(resolved("县人力社保局"));
  expect(resolved("县市监局")).toBe("331125/县质量局");
});

test("no name is of two organs", () => {
  expect(() => parseOrgans("whole: [[甲局, 乙局], [丙局, 乙局]]\nby-ending: []\n")).toThrow("乙局");
});

test("written variants of a person are one", () => {
  expect(resolvePerson("芶晓彤", jiangmen, 2021, reference)).toBe(resolvePerson("苟晓彤", jiangmen, 2020, reference));
});

test("every division has its own slug, its parent, and the usual reading", () => {
  const all = [...regions.byCode.values()];
  expect(new Set(all.map(region => region.slug)).size).toBe(all.length);
  expect(all.filter(({ parent }) => parent !== null && !regions.byCode.has(parent))).toEqual([]);
  const slug = (name: string) => regions.named(name).map(region => region.slug);
  expect(["江门市", "开平市", "重庆市", "长沙市", "六安市", "蚌埠市", "厦门市", "陕西省"].flatMap(slug)).toEqual([
    "jiangmen",
    "kaiping",
    "chongqing",
    "changsha",
    "luan",
    "bengbu",
    "xiamen",
    "shaanxi",
  ]);
  expect(slug("朝阳区")).toEqual(["beijing-chaoyang", "changchun-chaoyang"]);
  expect(slug("鼓楼区")).toHaveLength(4);
});

test("a region is found by code, name, short name and path", () => {
  for (const name of ["440700", "江门市", "江门", "广东省江门市"])
    expect(findRegion(name, regions, "f").code).toBe(jiangmen);
  expect(findRegion("南京市鼓楼区", regions, "f").code).toBe("320106");
  expect(() => findRegion("鼓楼区", regions, "f")).toThrow(expect.objectContaining({ code: "region-ambiguous" }));
  expect(() => findRegion("大江市", regions, "f")).toThrow(expect.objectContaining({ code: "region-not-found" }));
});

test("one county beside its prefecture may be of either", () => {
  const evidence = {
    title: "2022年市民生实事",
    issuer: null,
    before: [],
    topic: /实事/u,
    text: "江门市的开平市建公园",
  };
  expect(() => resolveRegion(evidence, regions, "f")).toThrow(
    expect.objectContaining({
      code: "region-ambiguous",
      params: { file: "f", candidates: "广东省江门市（440700）、广东省江门市开平市（440783）" },
    }),
  );
});
