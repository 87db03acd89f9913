/** Six queries over a table `bench_rows` of any number of rows, of which four are drawn and three printed. */
export const QUERIES: Readonly<Record<string, string>> = {
  by_group: "SELECT g AS x, sum(v) AS y FROM bench_rows WHERE k >= $k GROUP BY ALL ORDER BY ALL",
  by_year: "SELECT year AS x, count(*) AS y FROM bench_rows GROUP BY ALL ORDER BY ALL",
  largest: "SELECT g AS x, max(v) AS y FROM bench_rows GROUP BY ALL ORDER BY y DESC, x LIMIT 10",
  by_text: "SELECT length(t) AS x, count(*) AS y FROM bench_rows GROUP BY ALL ORDER BY ALL",
  averages: "SELECT g AS x, year AS z, avg(v)::DECIMAL(18, 2) AS y FROM bench_rows GROUP BY ALL ORDER BY ALL LIMIT 40",
  whole: "SELECT count(*) AS x, sum(v) AS y FROM bench_rows",
};
export const CHARTED = ["by_group", "by_year", "largest", "by_text"];
export const TABLED = ["by_group", "averages", "whole"];

/** DuckDB's statement that makes the table. */
export const createRows = (count: number): string =>
  `CREATE OR REPLACE TABLE bench_rows AS
   SELECT i, 'group ' || (i % 20) AS g, 2015 + i % 10 AS year, ((i * 7919) % 100000 / 10)::DECIMAL(18, 2) AS v,
          repeat('x', (i % 12)::INTEGER) AS t, (i % 7)::INTEGER AS k
   FROM range(${count}) t(i)`;

export function notebookText(): string {
  const cells = Object.entries(QUERIES).map(
    ([name, sql]) => `\`\`\`sql ${name}${TABLED.includes(name) ? ` title=${name}` : ""}\n${sql}\n\`\`\`\n`,
  );
  const charts = CHARTED.map(
    name =>
      `\`\`\`chart chart_${name}\ndata: {name: ${name}}\ncaption: ${name}\ndescription: ${name}\nmark: bar\nencoding:\n  x: {field: x, type: ordinal}\n  y: {field: y, type: quantitative}\n\`\`\`\n`,
  );
  return `---\ntitle: Bench\nparams: {k: {type: integer, default: 1}}\n---\n\n${[...cells, ...charts].join("\n")}`;
}
