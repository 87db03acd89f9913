import { renderChart } from "../../src/charts/render.ts";
import type { Page } from "../../src/report/page.ts";
import { readCase, toTables } from "../charts/case.ts";

const TEXT =
  "2020年至2025年，我市连续四个年度以民生实事项目人大代表票决制组织实施民生实事，累计安排事项105项，涉及教育、医疗、养老、就业、" +
  "食品药品安全、农村公路、集中供水、老旧小区改造等领域。本报告依据四个年度公开的任务分解表，逐项核对数量指标，凡口径不同者一律不作" +
  "直接比较，并在文中注明。2021年上半年进展情况显示，25项中已完成4项、按进度完成21项，责任人芶晓彤等按月报送进展。";

/** A page of some ten sheets with everything in it that a report can hold, made as the notebook engine makes it. */
export async function samplePage(): Promise<Page> {
  const names = ["bars-with-floor", "lines-with-gaps", "grouped-target-actual", "small-multiples"];
  const charts = await Promise.all(names.map((name, i) => figure(name, i + 1)));
  const sources = Array.from({ length: 24 }, (_, i) => ({
    id: `src-${i + 1}`,
    label: `${2020 + (i % 4)}-${i + 1}`,
    title: `江门市${2020 + (i % 4)}年第${i + 1}项`,
    passages: [
      [
        { text: "在全市开展食品安全监督抽检，全年食品抽检任务量", marked: false },
        { text: "不少于2.737万批次", marked: true },
        { text: "，其中每千人6批次，不合格产品处置率100%。", marked: false },
      ],
    ],
    note: i % 5 === 0 ? "口径：全口径" : undefined,
  }));
  const marks = (from: number, to: number): string =>
    sources
      .slice(from, to)
      .map(({ id, label }) => `<a class="src" href="#${id}">[${label}]</a>`)
      .join("");
  const body = `
<h2 id="s1">一、总体情况</h2>
<p>${TEXT}${marks(0, 6)}</p><p>${TEXT}</p>
<h3 id="s1-1">（一）件数与项数</h3>
<p>${TEXT}${marks(6, 10)}</p>
<h4 id="s1-1-1">1. 分类情况</h4>
<p>${TEXT}</p>
<ul><li>教育：新增公办幼儿园学位2500个；</li><li>医疗：孕妇免费产前筛查2万名。</li></ul>
${charts[0]}
<h2 id="s2">二、指标变化</h2>
<p>${TEXT}</p>
${charts[1]}
<h3 id="s2-1">（一）分领域比较</h3>
<p>${TEXT}${marks(10, 16)}</p>
${charts[2]}
${charts[3]}
<h2 id="s3">三、可比性说明</h2>
<p>${TEXT}${marks(16, 24)}</p>
${longTable()}
<p>${TEXT}</p>
${wideTable()}
<h2 id="s4">四、建议</h2>
<p>${TEXT}</p>`;
  return {
    template: "report",
    title: "江门市民生实事项目年度对比分析报告",
    subtitle: "（2020—2025年）",
    lang: "zh-CN",
    issuer: "江门市人民政府督查室",
    date: "2025年3月1日",
    body,
    toc: [
      { level: 2, id: "s1", text: "一、总体情况" },
      { level: 3, id: "s1-1", text: "（一）件数与项数" },
      { level: 2, id: "s2", text: "二、指标变化" },
      { level: 3, id: "s2-1", text: "（一）分领域比较" },
      { level: 2, id: "s3", text: "三、可比性说明" },
      { level: 2, id: "s4", text: "四、建议" },
    ],
    sources,
  };
}

async function figure(name: string, number: number): Promise<string> {
  const { spec, tables, description, title } = readCase(name);
  const { svg } = await renderChart(spec, toTables(tables), {
    id: `fig-${name}-svg`,
    description,
    ...(title ? { title } : {}),
  });
  return `<figure class="chart" id="fig-${name}"><div class="plot">${svg}</div>
<figcaption>图${number} ${title ?? description.slice(0, 12)}</figcaption>
<p class="source">资料来源：江门市2020、2021、2023、2025年民生实事任务分解表</p>
<details class="data"><summary>图中数据</summary><table><thead><tr><th>年份</th><th class="num">数值</th></tr></thead>
<tbody><tr><td>2020</td><td class="num">27,370</td></tr></tbody></table></details></figure>`;
}

function longTable(): string {
  const rows = Array.from(
    { length: 60 },
    (_, i) =>
      `<tr><td>指标${i + 1}：65岁及以上老年人城乡社区规范健康管理服务率</td><td class="num">≥${27370 + i}</td><td class="num">${27780 + i}</td><td class="num">—</td><td class="num">+${(i / 7).toFixed(1)}</td></tr>`,
  );
  return `<figure class="table" id="tab-long"><figcaption><span class="title">表1　主要指标年度变化</span><span class="unit">单位：批次</span></figcaption>
<div class="scroll"><table><thead><tr><th>指标</th><th class="num">2020年</th><th class="num">2021年</th><th class="num">2023年</th><th class="num">变化（%）</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div><p class="note">注：“—”当年未列入；“…”列入但未定量；“×”口径不同不比较。</p><p class="source">资料来源：各年度任务分解表</p></figure>`;
}

function wideTable(): string {
  const rows = Array.from(
    { length: 25 },
    (_, i) =>
      `<tr><td>${["底线民生", "教育", "医疗卫生"][i % 3]}</td><td class="num">${i + 1}</td><td>${TEXT.slice(i, i + 70)}</td><td>何俊杰</td><td>市民政局、市财政局、市人力资源社会保障局，各县（市、区）政府</td><td>芶晓彤</td><td>按进度完成。累计完成15799批次，完成全年任务的56.87%。</td></tr>`,
  );
  return `<figure class="table wide grid" id="tab-wide"><figcaption><span class="title">表2　进展情况汇总表</span></figcaption>
<div class="scroll"><table><thead><tr><th>大类</th><th>序号</th><th>工作任务</th><th>分管市领导</th><th>责任单位</th><th>责任人</th><th>进展情况</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div><p class="source">资料来源：江门市2021年1—6月进展情况</p></figure>`;
}
