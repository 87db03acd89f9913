-- title: 节点数
-- description: |
--   各文件的节点总数、有节点的项数，以及每项节点最少和最多的数目。
-- params:
--   region: { default: null, label: 地区；不填为全部 }
--   year: { type: integer, default: null, label: 年份；不填为全部 }
-- examples:
--   - milestone-counts --region 开平市 --year 2024
WITH p AS MATERIALIZED (SELECT the_region($region) AS region, the_year($region, $year) AS year),
counts AS (SELECT i.region, i.year, i.document_id, i.item_id, (SELECT count(*) FROM milestones m WHERE m.item_id = i.item_id) AS n FROM items i)
SELECT c.region AS 地区, c.year AS 年份, sum(c.n)::INTEGER AS 节点数, count(*) FILTER (c.n > 0) AS 有节点的项数, count(*) AS 总项数, min(c.n) AS 每项最少, max(c.n) AS 每项最多
FROM counts c, p
WHERE (p.region IS NULL OR c.region = p.region) AND (p.year IS NULL OR c.year = p.year)
GROUP BY c.region, c.year, c.document_id ORDER BY c.region, c.year, c.document_id
