// Makes test/golden/documents/formats: the five documents as real tables of Word, PDF, HTML and Excel, with merged category
// cells, repeated heads and rows that go over page breaks. The tables are written as flat OpenDocument from the truth in
// test/golden/documents and converted by LibreOffice (Debian: libreoffice-writer, libreoffice-calc, fonts-noto-cjk).
//
//   node scripts/make-format-fixtures.mjs
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const golden = fileURLToPath(new URL("../test/golden/documents/", import.meta.url));
const target = join(golden, "formats");
mkdirSync(target, { recursive: true });

const heads = {
  "jiangmen-2020": ["2020年市十件民生实事任务分解表", "（共21项）"],
  "jiangmen-2021": ["2021年市十件民生实事任务1-6月进展情况汇总表", "（共25项，其中已完成4项，按进度完成21项）"],
  "jiangmen-2023": ["2023年市十件民生实事任务分解表", "（共10件，29项）"],
  "jiangmen-2025": ["2025年市十件民生实事任务分解表", "（共10件，26项）"],
  "kaiping-2024": ["2024年开平市十件民生实事项目", "（共10件，25项）"],
};

const numerals = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const lines = list => list.join("\n");
const bracket = item => `${item.text}（牵头单位：${item.lead_org}）`;
const spaced = names => lines(names.map(name => (/^\p{Script=Han}{2}$/u.test(name) ? `${name[0]} ${name[1]}` : name)));

const columns = {
  plan: [
    ["序号", 1, item => String(item.seq)],
    ["工作任务", 8, bracket],
    ["分管\n市领导", 2, item => item.leader],
    ["责任单位", 4, item => lines(item.orgs)],
    ["责任人", 3, item => spaced(item.people)],
    ["完成时间", 2, item => item.deadline_text],
  ],
  progress: [
    ["序号", 1, item => String(item.seq)],
    ["工作任务", 7, bracket],
    ["分管\n市领导", 2, item => item.leader],
    ["责任单位", 4, item => lines(item.orgs)],
    ["责任人", 2, item => spaced(item.people)],
    ["进展情况", 7, item => item.progress?.replace(/(?<=。)(?=（\d）)/g, "\n")],
  ],
  schedule: [
    ["序号", 1, item => String(item.seq)],
    ["具体内容", 7, item => item.text],
    [
      "节点计划",
      9,
      item =>
        lines(
          (item.milestones ?? []).map(
            ({ due, text }) => `${Number(due.slice(5, 7))}月${Number(due.slice(8))}日前：${text}`,
          ),
        ),
    ],
    ["责任单位", 4, item => lines(item.orgs)],
  ],
};

const xmlText = text =>
  text.replace(/[&<>"]/g, sign => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const paragraphs = (text, style) =>
  (text || "")
    .split("\n")
    .map(line => `<text:p text:style-name="${style}">${xmlText(line)}</text:p>`)
    .join("");

function table(id, items, header, repeatHeader) {
  const set = columns[id === "jiangmen-2021" ? "progress" : id === "kaiping-2024" ? "schedule" : "plan"];
  const widths = [3, ...set.map(([, width]) => width)];
  const cell = (text, attributes = "", name = "table:table-cell") =>
    `<${name} table:style-name="cell" office:value-type="string" ${attributes}>${paragraphs(text, "body")}</${name}>`;
  const headerRow = `<table:table-row>${["大类", ...set.map(([name]) => name)].map(name => cell(name)).join("")}</table:table-row>`;
  const rows = items.map((item, index) => {
    const first = items[index - 1]?.category_no !== item.category_no;
    const span = items.filter((other, at) => at >= index && other.category_no === item.category_no).length;
    const category = first
      ? cell(`${numerals[item.category_no]}、${item.category}`, `table:number-rows-spanned="${span}"`)
      : cell("", "", "table:covered-table-cell");
    return `<table:table-row>${category}${set.map(([, , value]) => cell(value(item) ?? "")).join("")}</table:table-row>`;
  });
  const total = widths.reduce((sum, width) => sum + width, 0);
  return {
    styles: widths
      .map(
        (width, index) =>
          `<style:style style:name="col${index}" style:family="table-column"><style:table-column-properties style:column-width="${((width / total) * 25).toFixed(2)}cm"/></style:style>`,
      )
      .join(""),
    xml: `<table:table table:name="任务表">${widths.map((_, index) => `<table:table-column table:style-name="col${index}"/>`).join("")}${header}${repeatHeader ? `<table:table-header-rows>${headerRow}</table:table-header-rows>` : headerRow}${rows.join("")}</table:table>`,
    width: widths.length,
  };
}

const names =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"';
const cellStyle =
  '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>';
const bodyStyle =
  '<style:style style:name="body" style:family="paragraph"><style:text-properties style:font-name-asian="Noto Serif CJK SC" style:font-size-asian="10pt" fo:font-size="10pt"/></style:style>';
const page =
  '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="2cm"/><style:footer-style/></style:page-layout>';

function writer(id, items) {
  const { styles, xml } = table(id, items, "", true);
  const [title, counts] = heads[id];
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${names} office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>${page}${bodyStyle}${cellStyle}${styles}</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:footer><text:p>— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer></style:master-page></office:master-styles><office:body><office:text><text:p>附件2</text:p>${paragraphs(title, "body")}${paragraphs(counts, "body")}${xml}</office:text></office:body></office:document>`;
}

function calc(id, items) {
  const [title, counts] = heads[id];
  const { width } = table(id, items, "", false);
  const merged = text =>
    `<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="${width}">${paragraphs(text, "body")}</table:table-cell></table:table-row>`;
  const { styles, xml } = table(id, items, merged(title) + merged(counts), false);
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${names} office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>${bodyStyle}${cellStyle}${styles}</office:automatic-styles><office:body><office:spreadsheet>${xml}</office:spreadsheet></office:body></office:document>`;
}

const work = mkdtempSync(join(tmpdir(), "formats-"));
const convert = (file, format) =>
  execFileSync(
    "soffice",
    [
      "--headless",
      `-env:UserInstallation=file://${work}/profile`,
      "--convert-to",
      format,
      "--outdir",
      target,
      join(work, file),
    ],
    { stdio: "inherit" },
  );

for (const name of readdirSync(golden).filter(file => file.endsWith(".tasks.jsonl"))) {
  const id = name.replace(".tasks.jsonl", "");
  const items = readFileSync(join(golden, name), "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line));
  writeFileSync(join(work, `${id}.fodt`), writer(id, items));
  writeFileSync(join(work, `${id}.fods`), calc(id, items));
  convert(`${id}.fodt`, "docx");
  convert(`${id}.fodt`, "pdf");
  convert(`${id}.fodt`, "html");
  convert(`${id}.fods`, "xlsx");
}
rmSync(work, { recursive: true });
