import { describe, expect, test } from "vitest";
import { toChartData } from "../../src/charts/columns.ts";
import { drawChart } from "../../src/charts/draw.ts";
import { drawApart } from "../../src/charts/drawing-apart.ts";
import type { ChartSpec } from "../../src/charts/render.ts";
import { renderChart } from "../../src/charts/render.ts";
import { caseNames, readCase, toTable, toTables } from "./case.ts";
import { expectPicture } from "./golden.ts";

const table = toTable({ 年份: [2020, 2021, 2023], 数值: [1, 2, 3], 名称: ["甲", "乙", "丙"] });
const draw = (spec: ChartSpec, tables = new Map([["表", table]])) => renderChart(spec, tables, { description: "说明" });
const bar = { data: { name: "表" }, mark: "bar", encoding: { x: { field: "名称" }, y: { field: "数值" } } };

describe("pictures", () => {
  test.each(caseNames())("%s", async name => {
    const { spec, tables, title, description } = readCase(name);
    const chart = await renderChart(spec, toTables(tables), { id: name, description, ...(title ? { title } : {}) });
    expect(chart.warnings).toEqual([]);
    expectPicture(name, chart.svg);
  });
});

describe("what every chart keeps", () => {
  test("the same bytes, whatever was drawn before and in any time zone", async () => {
    const { spec, tables, description } = readCase("dates");
    const data = new Map([...toTables(tables)].map(([name, each]) => [name, toChartData(each)]));
    const zone = process.env.TZ;
    const pictures: string[] = [];
    for (const each of ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"]) {
      process.env.TZ = each;
      const job = { spec, data, id: "a", title: undefined, description, width: 640, theme: "screen" as const };
      pictures.push((await drawChart(job)).svg);
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(new Set(pictures).size).toBe(1);
    expect(pictures[0]).toContain(">3月31日<");
  });

  test("it is one picture to a screen reader, with title and description", async () => {
    const { svg } = await renderChart(bar, new Map([["表", table]]), {
      id: "图-1",
      title: "甲<乙",
      description: "“甲”&乙",
    });
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="图-1-title 图-1-desc"/);
    expect(svg).toContain('<title id="图-1-title">甲&#60;乙</title><desc id="图-1-desc">“甲”&#38;乙</desc>');
    expect(svg.match(/ role="/g)).toHaveLength(1);
  });

  test("clip paths of two charts on a page do not clash", async () => {
    const clipped = { ...bar, mark: { type: "bar", clip: true } };
    const one = (await renderChart(clipped, new Map([["表", table]]), { id: "a", description: "d" })).svg;
    expect(one).toMatch(/id="a-clip\d+"/);
    expect(one).toMatch(/url\(#a-clip\d+\)/);
    expect(one).not.toMatch(/"clip\d|#clip\d/);
  });

  test("a line stops where a year is missing", async () => {
    const { svg } = await draw({ ...bar, mark: "line", encoding: { x: { field: "年份" }, y: { field: "数值" } } });
    // 2020–2021 joined; 2023 a beginning without a line.
    expect(svg.match(/d="M[\d.,L]+M[\d.,]+(?:Z|L[\d.]+,[\d.]+)?"/)).not.toBeNull();
    for (const year of [2020, 2021, 2022, 2023]) expect(svg).toContain(`>${year}<`);
  });

  test("large numbers are written as in the text of a Chinese paper, unless the author says otherwise", async () => {
    const large = new Map([["表", toTable({ 名称: ["甲", "乙"], 数值: [27370, -5000] })]]);
    const labels = async (axis: object, lang?: string) => {
      const spec = { ...bar, encoding: { ...bar.encoding, y: { field: "数值", axis } } };
      const { svg } = await renderChart(spec, large, { description: "d", ...(lang ? { lang } : {}) });
      return [...svg.matchAll(/>([\d.,万−-]+)</g)].map(match => match[1]);
    };
    expect(await labels({})).toEqual(["−5000", "0", "5000", "1万", "1.5万", "2万", "2.5万", "3万"]);
    expect(await labels({ format: "d" })).toContain("20000");
    expect(await labels({}, "en")).toContain("20,000");
  });

  test("small charts and legends stand in the order of the rows, each head clear of the chart above", async () => {
    const rows = toTable({
      年份: [2020, 2021, 2021],
      名称: ["粤", "农", "危"],
      口径: ["新", "筛", "受"],
      数值: [1, 2, 3],
    });
    const unit = { mark: "bar", encoding: { x: { field: "年份" }, y: { field: "数值" }, color: { field: "口径" } } };
    const drawn = async (spacing: number) => {
      const facet = { row: { field: "名称", title: null, header: { labelOrient: "top" } } };
      const spec = { data: { name: "表" }, facet, spec: { width: 200, height: 60, layer: [unit] }, spacing };
      return (await draw(spec, new Map([["表", rows]]))).svg;
    };
    const narrow = await drawn(2);
    expect([...narrow.matchAll(/>([粤农危])</g)].map(match => match[1])).toEqual(["粤", "农", "危"]);
    expect([...narrow.matchAll(/>([新筛受])</g)].map(match => match[1])).toEqual(["新", "筛", "受"]);
    expect(narrow).toBe(await drawn(28));
  });

  test("a chart for phones is narrow, whatever width its parts are given for paper", async () => {
    const { spec, tables, description } = readCase("small-multiples");
    const { svg } = await renderChart(spec, toTables(tables), { description, width: 440 });
    expect(svg).toMatch(/^<svg [^>]*class="chart narrow"/);
    const width = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
    expect(width).toBeLessThanOrEqual(450);
  });

  test("decimals, big integers and nulls are drawn as what they are", async () => {
    const { Decimal, Field, Int64, makeData, RecordBatch, Schema, Struct, Table, Utf8, vectorFromArray } = await import(
      "apache-arrow"
    );
    const type = new Decimal(3, 18, 128);
    const words = new Uint32Array([2846, 0, 0, 0, 0xffffffff - 1499, 0xffffffff, 0xffffffff, 0xffffffff]);
    const decimals = makeData({ type, length: 2, data: words });
    const big = vectorFromArray([27370n, null], new Int64()).data[0]!;
    const names = vectorFromArray(["甲", "乙"], new Utf8()).data[0]!;
    const schema = new Schema([
      new Field("名称", new Utf8()),
      new Field("小数", type),
      new Field("整数", new Int64(), true),
    ]);
    const data = makeData({ type: new Struct(schema.fields), length: 2, children: [names, decimals, big] });
    expect(toChartData(new Table([new RecordBatch(schema, data)]) as never).rows).toEqual([
      { 名称: "甲", 小数: 2.846, 整数: 27370 },
      { 名称: "乙", 小数: -1.5, 整数: null },
    ]);
  });
});

describe("what is refused", () => {
  const refused: [string, ChartSpec, string][] = [
    ["a table that is not there", { ...bar, data: { name: "别的" } }, "chart-unknown-table"],
    [
      "a table of a lookup that is not there",
      { ...bar, transform: [{ lookup: "名称", from: { data: { name: "别的" }, key: "名称", fields: ["数值"] } }] },
      "chart-unknown-table",
    ],
    [
      "a field that is not there",
      { ...bar, encoding: { ...bar.encoding, y: { field: "数量" } } },
      "chart-unknown-field",
    ],
    [
      "a field of an expression",
      { ...bar, transform: [{ calculate: "datum.数量 * 2", as: "双倍" }] },
      "chart-unknown-field",
    ],
    ["a field of a filter", { ...bar, transform: [{ filter: { field: "数量", gt: 2 } }] }, "chart-unknown-field"],
    ["no marks", { data: { name: "表" } }, "chart-invalid"],
    ["a mark that does not exist", { ...bar, mark: "blob" }, "chart-invalid"],
    [
      "a channel that does not exist",
      { ...bar, encoding: { ...bar.encoding, farbe: { field: "名称" } } },
      "chart-invalid",
    ],
    [
      "an expression that does not parse",
      { ...bar, transform: [{ calculate: "datum.数值 *", as: "双倍" }] },
      "chart-invalid",
    ],
    ["data from an address", { ...bar, data: { url: "https://example.org/data.csv" } }, "chart-external"],
    ["a picture", { ...bar, mark: { type: "image", url: "https://example.org/a.png" } }, "chart-external"],
    ["a link", { ...bar, encoding: { ...bar.encoding, href: { value: "https://example.org" } } }, "chart-external"],
    [
      "a colour from an address",
      { ...bar, mark: { type: "bar", fill: "url(https://example.org/a.svg#a)" } },
      "chart-external",
    ],
    [
      "a colour from an address that an expression makes",
      { ...bar, mark: { type: "bar", fill: { expr: "'u' + 'rl(https://example.org/a.svg#a)'" } } },
      "chart-external",
    ],
    [
      "a cursor from an address",
      { ...bar, mark: { type: "bar", cursor: "URL(https://example.org/a.cur)" } },
      "chart-external",
    ],
    [
      "a font that is written in escapes",
      { ...bar, mark: { type: "bar", fill: "\\75rl(https://example.org/a.svg#a)" } },
      "chart-external",
    ],
    ["a field as rows are numbered by", { ...bar, transform: [{ calculate: "1", as: "\0row" }] }, "chart-invalid"],
    ["chance", { ...bar, transform: [{ sample: 1 }] }, "chart-invalid"],
    ...["now()", "random()", "screen().width", "windowSize()[0]", "containerSize()[0]", "timezoneoffset(0)"].map(
      (call): [string, ChartSpec, string] => [
        call,
        {
          ...bar,
          transform: [{ calculate: `datum.数值 * (${call} > 0 ? 2 : 1)`, as: "双倍" }],
          encoding: { ...bar.encoding, y: { field: "双倍", type: "quantitative" } },
        },
        "chart-invalid",
      ],
    ),
    ["endless data", { ...bar, data: { sequence: { start: 0, stop: 1e9 } } }, "chart-invalid"],
    ["a giant", { ...bar, width: 1e6 }, "chart-too-large"],
    [
      "bars that do not begin at zero",
      { ...bar, encoding: { ...bar.encoding, y: { field: "数值", scale: { zero: false } } } },
      "chart-bar-not-zero",
    ],
    [
      "bars with a domain above zero",
      { ...bar, encoding: { ...bar.encoding, y: { field: "数值", scale: { domain: [1, 3] } } } },
      "chart-bar-not-zero",
    ],
  ];
  test.each(refused)("%s", async (_, spec, code) => {
    await expect(draw(spec)).rejects.toMatchObject({ name: "Failure", code });
  });

  test.each(["constructor", "toString", "__proto__"])("a field named %s, and nothing else of its table", async name => {
    const { Field, makeData, RecordBatch, Schema, Struct, Table, Utf8, vectorFromArray } = await import("apache-arrow");
    const column = vectorFromArray(["甲", "乙"], new Utf8()).data[0]!;
    const fields = [name, "名称"].map(each => new Field(each, new Utf8()));
    const data = makeData({ type: new Struct(fields), length: 2, children: [column, column] });
    const tables = new Map([["表", new Table([new RecordBatch(new Schema(fields), data)]) as never]]);
    const of = (field: string) => renderChart({ ...bar, encoding: { x: { field } } }, tables, { description: "说明" });
    await expect(of(name)).rejects.toMatchObject({
      code: name === "__proto__" ? "chart-unknown-field" : "chart-invalid",
    });
    expect((await of("名称")).svg).toContain("甲");
  });

  test("a spec that takes all memory, and the next chart is drawn", async () => {
    const keyvals = { start: 0, stop: 3e7, step: 1 };
    const greedy = { ...bar, encoding: { ...bar.encoding, y: { field: "数值", impute: { value: 0, keyvals } } } };
    const [refused, drawn] = await Promise.allSettled([draw(greedy), draw(bar)]);
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "chart-too-large" } });
    expect(drawn).toMatchObject({ status: "fulfilled" });
  }, 60_000);

  test("a spec that takes too long, and the next chart is drawn", async () => {
    const slow = { ...bar, transform: [{ calculate: "length(sequence(0, 1e9))", as: "很多" }] };
    const data = new Map([["表", toChartData(table)]]);
    const job = {
      spec: slow,
      data,
      id: "a",
      title: undefined,
      description: "说明",
      width: 640,
      theme: "screen" as const,
    };
    await expect(drawApart(job, 500)).rejects.toMatchObject({ code: "chart-too-slow" });
    await draw(bar);
  }, 60_000);

  test("a table without rows", async () => {
    const empty = new Map([["表", table.slice(0, 0)]]);
    await expect(draw(bar, empty as never)).rejects.toMatchObject({ code: "chart-empty" });
  });

  test("an address that an expression makes up is not fetched or linked", async () => {
    const spec = {
      ...bar,
      params: [{ name: "u", expr: "'https://example.org/' + 1" }],
      mark: { type: "bar", tooltip: true },
    };
    const { svg } = await draw(spec);
    expect(svg).not.toContain("example.org");
  });
});

test("large numbers of a column whose name must be escaped are written as the text writes them", async () => {
  const tables = new Map([["表", toTable({ 名称: ["甲", "乙"], "数.值": [27370, 5000] })]]);
  const spec = { ...bar, encoding: { x: { field: "名称" }, y: { field: "数\\.值" } } };
  expect((await renderChart(spec, tables, { description: "说明" })).svg).toContain("万</text>");
});

test("a field made by a transform may be shown", async () => {
  const spec = {
    ...bar,
    transform: [
      { calculate: "datum.数值 * 2", as: "双倍" },
      { aggregate: [{ op: "sum", field: "双倍", as: "合计" }], groupby: ["名称"] },
    ],
    encoding: { x: { field: "名称" }, y: { field: "合计", type: "quantitative" } },
  };
  expect((await draw(spec)).svg).toContain("合计");
});
