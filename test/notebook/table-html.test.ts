import { describe, expect, test } from "vitest";
import { columnShape } from "../../src/notebook/column-shape.ts";
import { legendText, readLegends } from "../../src/notebook/legend.ts";
import { tableHtml } from "../../src/notebook/table-html.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";
import { toTable } from "../charts/case.ts";

describe("a column of texts", () => {
  test.each([
    [["≥2.737万", "≥2.778万", "—"]],
    [["+410", "−21.52万", "×", "持平"]],
    [["+1.5%", "−39.1%", "—"]],
    [["各4.24万例", "＞5万", "1.6倍", "100项"]],
    [["+10个百分点", "+18†", "×†"]],
    [["6、6.4", "13万～17万"]],
  ])("of figures and their signs is set as numbers: %j", texts => {
    expect(columnShape(texts)).toBe("num");
  });

  test.each([
    [["2021→2025", "2020→2023"]],
    [["元/人/月", "批次", "%"]],
    [["2023-12-10"]],
    [["2023年12月"]],
    [["×", "†"]],
  ])("that is short does not break: %j", texts => {
    expect(columnShape(texts)).toBe("short");
  });

  test.each([[["市民政局、市财政局", "市残联"]], [["杨蕾、各县（市、区）长"]]])(
    "of lists of names breaks between names: %j",
    texts => {
      expect(columnShape(texts)).toBe("names");
    },
  );

  test.each([[["职业技能培训", "65岁及以上老年人医养结合服务率"]], [["2020年为例，2023年为名"]], [[]]])(
    "of words is words: %j",
    texts => {
      expect(columnShape(texts)).toBeUndefined();
    },
  );
});

describe("source marks", () => {
  const cite = (ids: readonly string[]) => ids.map(id => `<a class="src">[${id}]</a>`).join("");
  const rows = (table: Record<string, unknown[]>) => {
    const html = tableHtml(toTable(table), { cite, empty: "—" });
    return [...html.matchAll(/<t[hd]\b[^>]*>.*?<\/t[hd]>/g)].map(match => match[0]);
  };

  test("stand in a strip as wide as the longest, beside figures without marks too", () => {
    expect(rows({ "2020_值": ["≥2.737万", "12†", null], "2020_来源": ["2020-7", "2020-10 2021-1", null] })).toEqual([
      '<th scope="col" class="num marked" style="--marks:9">2020</th>',
      '<td class="num marked" style="--marks:9">≥2.737万<span class="marks"><a class="src">[2020-7]</a></span></td>',
      '<td class="num marked" style="--marks:9">12<span class="sign">†</span><span class="marks"><a class="src">[2020-10]</a><a class="src">[2021-1]</a></span></td>',
      '<td class="num marked" style="--marks:9">—<span class="marks"></span></td>',
    ]);
  });

  test("have room for the names of regions", () => {
    expect(rows({ 值: ["12"], 值_来源: ["江门市2020-7"] })[0]).toBe(
      '<th scope="col" class="num marked" style="--marks:14">值</th>',
    );
  });

  test("follow words as they come", () => {
    expect(rows({ 说明: ["口径不同：一为存量，一为新增"], 说明_来源: ["2020-7"] })[1]).toBe(
      '<td>口径不同：一为存量，一为新增<a class="src">[2020-7]</a></td>',
    );
  });
});

describe("an official table", () => {
  const html = (table: Record<string, unknown[]>, layout: object) =>
    tableHtml(toTable(table), { cite: () => "", empty: "—", ...layout });

  test("has equal cells of its first column stand as one, of no other", () => {
    const table = html(
      { 大类: ["医疗", "医疗", "教育", "医疗"], 时限: ["年底", "年底", "年底", "年底"] },
      { merge: true },
    );
    expect([...table.matchAll(/<td[^>]*>[^<]*/g)].map(match => match[0].replace(' class="short"', ""))).toEqual([
      '<td rowspan="2">医疗',
      "<td>年底",
      "<td>年底",
      "<td>教育",
      "<td>年底",
      "<td>医疗",
      "<td>年底",
    ]);
  });

  test("has columns of the widths asked for", () => {
    expect(html({ 甲: ["一"], 乙: ["二"] }, { widths: [1, 3] })).toContain(
      '<table class="fixed"><colgroup><col style="width:25.00%"><col style="width:75.00%"></colgroup>',
    );
  });
});

describe("a legend", () => {
  const signs = { "—": "当年未列入", "…": "列入但未定量", "×": "不比较", "†": "附说明", "≥": "不少于", 约: "约数" };

  test("explains the signs that a table holds, in its own order, and no others", () => {
    const table = tableHtml(toTable({ 值: ["≥2.737万", "+410†", null], 说明: ["大约", "2020—2025年", "约"] }), {
      cite: () => "",
      empty: "—",
    });
    expect(legendText(table, signs)).toBe("— 当年未列入；† 附说明；≥ 不少于；约 约数。");
  });

  test("is silent where there is none to explain", () => {
    expect(legendText("<td>大约</td>", signs)).toBe("");
    expect(legendText("<td>×</td>")).toBe("");
  });

  test("stands for a table that asks for it by a name there is", () => {
    expect(Object.keys(readLegends(openWorkspace(null).file("data", "legends.yaml")))).toContain("years");
  });
});
